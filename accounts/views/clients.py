"""A consultancy's clients: who they are, adding one, giving one up."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import engagement_at_consultancy, organisation_for
from accounts.forms.organisations import ClientForm
from accounts.models import Invitation
from accounts.paging import list_page, searched
from accounts.permissions import Capability
from accounts.queries import client_engagements_of, invitations_to_clients
from accounts.requests import SignedInRequest, actor_of
from accounts.services.engagements import end_access
from accounts.services.organisations import set_up_client
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
    form = form_of(request, ClientForm)
    if form.is_valid():
        client = set_up_client(consultancy=consultancy, name=form.cleaned_data["client_name"], by=actor_of(request))
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
            button=_("Add the client"),
            back=reverse("clients", args=[pk]),
            organisation=consultancy,
        ),
    )


@form_methods
def client_end(request: SignedInRequest, pk: UUID, engagement: int) -> HttpResponse:
    """Asks before the consultancy gives up its access to a client."""
    found = engagement_at_consultancy(request.user, pk, engagement)
    names = {"client": found.client}
    if request.method == "POST":
        end_access(engagement=found, by=actor_of(request))
        messages.success(request, _("You no longer advise %(client)s.") % names)
        return redirect("clients", pk=pk)
    text = _("Nobody at your consultancy sees it from then on. Its owner can invite you again.")
    if not found.client.memberships.exists():
        text = _("Nobody else can see this client yet: without you, nobody can ever reach its answers again.")
    return confirm_page(
        request,
        FormPage(
            title=_("Stop advising %(client)s?") % names,
            text=text,
            button=_("Stop"),
            back=reverse("clients", args=[pk]),
            organisation=found.consultancy,
            danger=True,
        ),
    )
