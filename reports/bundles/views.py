"""Asking for the reports of several clients in one file, waiting for it, getting it."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import organisation_for
from accounts.paging import address_again, list_page
from accounts.permissions import Capability
from accounts.requests import SignedInRequest, actor_of
from reports.bundles.access import BundleSelection, bundle_ask, bundle_read, out_of_reach
from reports.bundles.page import bundle_lines, bundle_page
from reports.bundles.queries import counts_of, kept_at
from reports.bundles.services import record_bundle_download, request_bundle, retry_bundle
from reports.file_views import requested_format, requested_kind, send_file, show_status
from reports.kinds.registry import bundled_kinds
from reports.models import ReportState


@require_http_methods(["GET", "HEAD", "POST"])
def bundles(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Those that the consultancy has, and requests for a new one."""
    return _ask(request, pk) if request.method == "POST" else _kept(request, pk)


def _kept(request: SignedInRequest, pk: UUID) -> HttpResponse:
    consultancy = organisation_for(request.user, pk, Capability.SEE_CLIENTS).organisation
    page = list_page(kept_at(consultancy), request.GET)
    context = {"organisation": consultancy, "page": page, "lines": bundle_lines(page.rows)}
    return render(request, "reports/bundles.html", context)


def _ask(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """`pk` is the consultancy's; the field `client` is repeated, `kind` and `format` are those of the reports."""
    asked = bundle_ask(request.user, pk, request.POST.getlist("client"))
    _name_left_out(request, asked)
    if not asked.results:
        messages.error(request, _("Choose at least one client with a finished assessment."))
        return redirect(address_again(reverse("desk", args=[pk]), request.POST.get("back", "")))
    bundle = request_bundle(
        consultancy=asked.consultancy,
        results=asked.results,
        requested_by=request.user,
        language=get_language() or "en-gb",
        now=timezone.now(),
        kind=requested_kind(request, among=bundled_kinds()),
        report_format=requested_format(request),
    )
    return redirect("bundle", pk=bundle.pk)


@require_safe
@never_cache
def bundle_status(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """How far the file is. htmx polls the changing part, and gets nothing while it has not changed."""
    bundle = bundle_read(request.user, pk)
    gone = out_of_reach(request.user, bundle) if bundle.state == ReportState.READY else []
    return show_status(
        request,
        bundle_page(bundle, counts_of(bundle), len(gone)),
        template="reports/bundle.html",
        part="reports/_bundle_status.html",
        organisation=bundle.consultancy,
    )


@require_safe
@never_cache
def bundle_download(request: SignedInRequest, pk: UUID) -> HttpResponseBase:
    """The file, if this person may see every client inside at this moment; otherwise nothing of it."""
    bundle = bundle_read(request.user, pk)
    gone = out_of_reach(request.user, bundle)
    if gone:
        # People who joined the consultancy later never knew of a client that has left.
        names = gone if bundle.requested_by_id == request.user.pk else []
        context = {"names": names, "count": len(gone), "organisation": bundle.consultancy}
        return render(request, "reports/bundle_refused.html", context, status=409)
    return send_file(
        request,
        bundle,
        status_page="bundle",
        make_again=partial(retry_bundle, bundle=bundle, requested_by=request.user, now=timezone.now()),
        record_download=partial(record_bundle_download, bundle=bundle, by=actor_of(request)),
    )


def _name_left_out(request: SignedInRequest, asked: BundleSelection) -> None:
    if asked.unfinished:
        names = ", ".join(asked.unfinished)
        messages.warning(request, _("Left out because they have no finished assessment: %(names)s.") % {"names": names})
    if asked.not_allowed:
        names = ", ".join(asked.not_allowed)
        messages.warning(request, _("Left out because you have read-only access: %(names)s.") % {"names": names})
