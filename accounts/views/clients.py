"""A consultancy's clients: who they are, adding one, giving one up."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import engagement_at_consultancy, organisation_for
from accounts.forms.organisations import ClientForm
from accounts.forms.people_data import TypedNameForm
from accounts.models import Invitation
from accounts.paging import list_page, searched
from accounts.people_data.organisations import TIME_TO_UNDO, WrongName, ask_deletion, may_delete
from accounts.people_data.terms import kept_for
from accounts.permissions import Capability
from accounts.queries import client_engagements_of, former_clients_of, invitations_to_clients
from accounts.refused.rights import missing_in
from accounts.requests import SignedInRequest, actor_of
from accounts.services.engagements import end_access, is_last_way_in
from accounts.services.organisations import SameName, set_up_client
from accounts.views.form_pages import FormPage, confirm_page, form_methods, form_of, form_page


@require_safe
def clients(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The consultancy's engagements and, for those who manage them, its open invitations; `?q=` searches both."""
    standing = organisation_for(request.user, pk, Capability.SEE_CLIENTS)
    works = standing.can(Capability.LOOK_AFTER_CLIENTS)
    search, consultancy = searched(request.GET), standing.organisation
    invited = invitations_to_clients(consultancy, search) if works else Invitation.objects.none()
    return render(
        request,
        "accounts/clients.html",
        {
            "organisation": consultancy,
            "engagements": list_page(client_engagements_of(consultancy, search), request.GET),
            "invitations": list_page(invited, request.GET, name="invitations"),
            "search": search,
            "works": works,
        },
    )


@form_methods
def client_add(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Sets up a client that is not on this site yet."""
    consultancy = organisation_for(request.user, pk, Capability.LOOK_AFTER_CLIENTS).organisation
    form, button = form_of(request, ClientForm), _("Add the client")
    if form.is_valid():
        known = form.cleaned_data["known"] or 0
        name = form.cleaned_data["client_name"]
        try:
            client = set_up_client(consultancy=consultancy, name=name, by=actor_of(request), known=known)
        except SameName as same:
            form.add_error("client_name", same.message)
            form.tell_of(same.count)
            button = _("Add it anyway")
        else:
            messages.success(
                request, _("%(client)s is set up. Hand it over to its owner when you are ready.") % {"client": client}
            )
            return redirect("organisation", pk=client.pk)
    return form_page(
        request,
        form,
        FormPage(
            title=_("Add a client"),
            text=_(
                "For a client who does not use Evenkeel yet. You answer for them, and hand over to the owner later."
            ),
            button=button,
            back=reverse("clients", args=[pk]),
            organisation=consultancy,
        ),
    )


@form_methods
def client_end(request: SignedInRequest, pk: UUID, engagement: int) -> HttpResponse:
    """Asks before the consultancy gives up its access to a client."""
    found = engagement_at_consultancy(request.user, pk, engagement)
    names = {"client": found.client}
    if is_last_way_in(found):
        context = {"engagement": found, "organisation": found.consultancy}
        status = 409 if request.method == "POST" else 200
        return render(request, "accounts/client_stop.html", context, status=status)
    if request.method == "POST":
        end_access(engagement=found, by=actor_of(request))
        messages.success(request, _("You no longer advise %(client)s.") % names)
        return redirect("clients", pk=pk)
    return confirm_page(
        request,
        FormPage(
            title=_("Stop advising %(client)s?") % names,
            text=_(
                "Nobody at your consultancy sees it from then on; its owner is told. If they let you in again, your "
                "tags and the date are there again."
            ),
            button=_("Stop"),
            back=reverse("clients", args=[pk]),
            organisation=found.consultancy,
            danger=True,
        ),
    )


@form_methods
def client_delete(request: SignedInRequest, pk: UUID, engagement: int) -> HttpResponse:
    """A consultancy asks to delete a client that it set up and that has no owner yet, and types its name."""
    found = engagement_at_consultancy(request.user, pk, engagement)
    client = found.client
    if not may_delete(request.user, client):
        raise missing_in(None)
    form = form_of(request, TypedNameForm)
    if form.is_valid():
        try:
            ask_deletion(organisation=client, typed=form.cleaned_data["name"], by=actor_of(request), now=timezone.now())
        except WrongName as refused:
            form.add_error("name", refused.message)
        else:
            return redirect("organisation_keep", pk=client.pk)
    page = FormPage(
        title=_("Delete %(client)s?") % {"client": client},
        text=_("After %(days)d days everything in it is deleted. Until then you can undo this.")
        % {"days": TIME_TO_UNDO.days},
        button=_("Delete it in %(days)d days") % {"days": TIME_TO_UNDO.days},
        back=reverse("client_end", args=[pk, found.pk]),
        organisation=found.consultancy,
        danger=True,
    )
    return form_page(request, form, page)


@require_safe
def former_clients(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Clients whose access has ended, by name, with the dates; `?q=` searches them."""
    consultancy = organisation_for(request.user, pk, Capability.SEE_CLIENTS).organisation
    kept, search = kept_for("former_clients"), searched(request.GET)
    context = {
        "organisation": consultancy,
        "clients": list_page(former_clients_of(consultancy, timezone.now() - kept, search), request.GET),
        "search": search,
        "days": kept.days,
    }
    return render(request, "accounts/former_clients.html", context)
