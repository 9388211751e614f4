from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts.forms.organisations import OrganisationForm, kind_of
from accounts.requests import SignedInRequest, actor_of
from accounts.services.organisations import create_organisation
from accounts.views.form_pages import FormPage, form_methods, form_of, form_page


@form_methods
def organisation_add(request: SignedInRequest) -> HttpResponse:
    """Sets up one more organisation, owned by the person."""
    form = form_of(request, OrganisationForm)
    if form.is_valid():
        name = form.cleaned_data["organisation_name"]
        made = create_organisation(name=name, kind=kind_of(form), by=actor_of(request))
        messages.success(request, _("%(organisation)s is set up. You are its owner.") % {"organisation": made})
        return redirect(_next(request) or reverse("organisation", args=[made.pk]))
    page = FormPage(title=_("Add an organisation"), button=_("Add it"), back=_next(request) or reverse("settings"))
    return form_page(request, form, page)


def _next(request: SignedInRequest) -> str:
    """The URL of an invitation that waits for this organisation, on this site only; "" if there is none."""
    wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else ""
