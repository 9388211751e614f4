"""Making, seeing and revoking links to reports."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import Capability
from accounts.requests import SignedInRequest, actor_of
from accounts.site_urls import absolute_url
from accounts.views.form_pages import form_methods
from reports.models import Report, ReportState
from reports.share_links.access import report_to_share, share_link_of, share_links_of
from reports.share_links.forms import ShareLinkForm
from reports.share_links.keys import key_of, new_attempt
from reports.share_links.pages import organisation_links_page, report_links_page, report_title
from reports.share_links.services import make_share_link, revoke_share_link


@form_methods
@never_cache
def report_links(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The links to one report, and the form for a new one. Its address is on the page that answers alone."""
    report, standing = report_to_share(request.user, pk)
    posted = request.method == "POST"
    form = ShareLinkForm(request.POST if posted else None, initial={"attempt": new_attempt()})
    if posted and form.is_valid():
        return _made(request, report, form)
    context = {
        "organisation": standing.organisation,
        "report": report,
        "title": report_title(report),
        "ready": report.state == ReportState.READY,
        "shareable": report.report_kind.shareable,
        "form": form,
        "links": report_links_page(report, request.user, standing, request.GET, timezone.now()),
    }
    return render(request, "share_links/report_links.html", context, status=422 if form.errors else 200)


@require_safe
@never_cache
def share_links(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Who has a link to a report of the organisation."""
    standing = share_links_of(request.user, pk)
    context = {
        "organisation": standing.organisation,
        "report": None,
        "links": organisation_links_page(request.user, standing, request.GET, timezone.now()),
        "sees_all": standing.can(Capability.MANAGE_ORGANISATION),
    }
    return render(request, "share_links/organisation_links.html", context)


@require_POST
def share_link_revoke(request: SignedInRequest, pk: UUID, link: UUID) -> HttpResponse:
    found = share_link_of(request.user, pk, link)
    revoke_share_link(link=found, by=actor_of(request), now=timezone.now())
    messages.success(request, _("The link opens nothing any more."))
    if "report" in request.POST:
        return redirect("report_links", pk=found.report_id)
    return redirect("share_links", pk=pk)


def _made(request: SignedInRequest, report: Report, form: ShareLinkForm) -> HttpResponse:
    given = form.cleaned_data
    key = key_of(given["attempt"], request.user, report)
    link = make_share_link(
        report=report, key=key, days=given["days"], label=given["label"], by=actor_of(request), now=timezone.now()
    )
    context = {
        "organisation": report.result.assessment.organisation,
        "report": report,
        "link": link,
        "title": report_title(report),
        "address": absolute_url(reverse("shared_report", args=[key])),
    }
    return render(request, "share_links/made.html", context)
