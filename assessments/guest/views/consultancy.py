"""A consultancy's links to the quick check, and what guests shared with it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import require
from accounts.permissions import Capability
from accounts.requests import SignedInRequest, actor_of
from accounts.views.form_pages import FormPage, confirm_page, form_methods
from assessments.forms.errors import error_links
from assessments.guest.access import checks_manage, checks_read, link_at, shared_check_at
from assessments.guest.forms import CheckLinkForm
from assessments.guest.pages.shared import check_links_page, shared_check_line, shared_check_page, shared_checks_page
from assessments.guest.queries import offered_check
from assessments.guest.services.links import make_check_link, revoke_check_link
from assessments.guest.services.sharing import delete_shared_check


@form_methods
def check_links(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The consultancy's links; whoever looks after clients makes one here."""
    standing = checks_read(request.user, pk)
    form = CheckLinkForm(request.POST if request.method == "POST" else None, today=timezone.localdate())
    if request.method == "POST":
        require(standing, Capability.LOOK_AFTER_CLIENTS)
        if form.is_valid():
            consultancy, by = standing.organisation, actor_of(request)
            make_check_link(consultancy=consultancy, by=by, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("The link is ready. Copy it to where your prospects find it."))
            return redirect("check_links", pk=pk)
    context = {
        "organisation": standing.organisation,
        "form": form,
        "errors": error_links(form),
        "page": check_links_page(standing.organisation, request.GET, timezone.now()),
        "can_work": standing.can(Capability.LOOK_AFTER_CLIENTS),
        "offered": offered_check() is not None,
    }
    return render(request, "guest/links.html", context, status=422 if form.errors else 200)


@require_POST
def check_link_revoke(request: SignedInRequest, pk: UUID, link: UUID) -> HttpResponse:
    found = link_at(checks_manage(request.user, pk), link)
    revoke_check_link(link=found, by=actor_of(request), now=timezone.now())
    messages.success(request, _("“%(name)s” opens nothing any more.") % {"name": found.name})
    return redirect("check_links", pk=pk)


@require_safe
def shared_checks(request: SignedInRequest, pk: UUID) -> HttpResponse:
    standing = checks_read(request.user, pk)
    context = {
        "organisation": standing.organisation,
        "page": shared_checks_page(standing.organisation, request.GET),
        "can_work": standing.can(Capability.LOOK_AFTER_CLIENTS),
    }
    return render(request, "guest/shared_list.html", context)


@require_safe
def shared_check(request: SignedInRequest, pk: UUID, shared: UUID) -> HttpResponse:
    standing = checks_read(request.user, pk)
    found = shared_check_at(standing.organisation, shared)
    context = {
        "organisation": standing.organisation,
        "line": shared_check_line(found),
        "shown": shared_check_page(found),
        "can_work": standing.can(Capability.LOOK_AFTER_CLIENTS),
    }
    return render(request, "guest/shared.html", context)


@form_methods
def shared_check_delete(request: SignedInRequest, pk: UUID, shared: UUID) -> HttpResponse:
    consultancy = checks_manage(request.user, pk)
    found = shared_check_at(consultancy, shared)
    if request.method == "POST":
        delete_shared_check(shared=found, by=actor_of(request))
        messages.success(request, _("It is deleted."))
        return redirect("shared_checks", pk=pk)
    return confirm_page(
        request,
        FormPage(
            title=_("Delete the quick check of %(business)s?") % {"business": found.business},
            text=_("Name, address, phone number and answers are deleted at once. There is no way back."),
            button=_("Delete it"),
            back=reverse("shared_check", args=[pk, shared]),
            organisation=consultancy,
            danger=True,
        ),
    )
