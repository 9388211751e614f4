from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.forms.settings import NameForm
from accounts.paging import list_page
from accounts.queries import own_standings_of
from accounts.requests import SignedInRequest
from accounts.services.names import NameRefused, rename_person
from accounts.sign_in.mfa import lacks_required_mfa
from accounts.views.form_pages import form_methods


@form_methods
def settings_page(request: SignedInRequest) -> HttpResponse:
    """The person's name, how they sign in, and their organisations (hidden until a required MFA is set up)."""
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if form.is_valid():
        try:
            rename_person(user=request.user, name=form.cleaned_data["name"])
        except NameRefused as refused:
            form.add_error("name", refused.message)
        else:
            messages.success(request, _("Your name is saved."))
            return redirect("settings")
    missing = lacks_required_mfa(request.user)
    standings = list_page([] if missing else own_standings_of(request.user), request.GET)
    return render(
        request,
        "accounts/settings.html",
        {"form": form, "standings": standings, "second_step_missing": missing},
    )
