"""A consultancy's access, changed or ended by the client."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import engagement_at_client
from accounts.forms.people import AccessForm
from accounts.models import AccessLevel
from accounts.people_data.terms import kept_for
from accounts.requests import SignedInRequest, actor_of
from accounts.services.engagements import change_access, end_access
from accounts.views.form_pages import FormPage, confirm_page, form_methods, form_of, form_page


@form_methods
def access(request: SignedInRequest, pk: UUID, engagement: int) -> HttpResponse:
    """What the consultancy may do."""
    found = engagement_at_client(request.user, pk, engagement)
    form = form_of(request, AccessForm, level=found.level)
    names = {"consultancy": found.consultancy}
    if form.is_valid():
        change_access(engagement=found, level=AccessLevel(form.cleaned_data["level"]), by=actor_of(request))
        messages.success(request, _("The access for %(consultancy)s is saved.") % names)
        return redirect("people", pk=pk)
    return form_page(
        request,
        form,
        FormPage(
            title=_("Access for %(consultancy)s") % names,
            button=_("Save the access"),
            back=reverse("people", args=[pk]),
            organisation=found.client,
            also=((reverse("engagement_end", args=[pk, found.pk]), _("End the access")),),
        ),
    )


@form_methods
def access_end(request: SignedInRequest, pk: UUID, engagement: int) -> HttpResponse:
    """Asks before the consultancy loses its access."""
    found = engagement_at_client(request.user, pk, engagement)
    names = {"consultancy": found.consultancy}
    if request.method == "POST":
        end_access(engagement=found, by=actor_of(request))
        messages.success(request, _("%(consultancy)s can no longer see your organisation.") % names)
        return redirect("people", pk=pk)
    return confirm_page(
        request,
        FormPage(
            title=_("End the access of %(consultancy)s?") % names,
            text=_(
                "Its people lose access at once, downloads included, and are told. What they answered stays. For "
                "%(days)d days the consultancy keeps your name, the dates and its own notes, in case you let it in "
                "again."
            )
            % {"days": kept_for("former_clients").days},
            button=_("End the access"),
            back=reverse("people", args=[pk]),
            organisation=found.client,
            danger=True,
        ),
    )
