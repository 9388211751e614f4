"""An owner chooses times, sees what that deletes, and saves."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import organisation_for
from accounts.models import Organisation
from accounts.own_terms.forms import OwnTermsForm
from accounts.own_terms.page import pending_words, terms_check
from accounts.own_terms.queries import chosen_in, first_run, terms_of
from accounts.own_terms.services import choose_terms
from accounts.people_data.own_terms import NOTICE_OF_A_CHANGE
from accounts.permissions import Capability
from accounts.requests import SignedInRequest, actor_of
from accounts.views.form_pages import form_methods

SAVE, CHANGE = "save", "change"


@form_methods
def organisation_terms(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """For owners. Nothing is saved before the page has said what it deletes."""
    organisation = organisation_for(request.user, pk, Capability.MANAGE_ORGANISATION).organisation
    terms = terms_of(organisation)
    form = OwnTermsForm(request.POST if request.method == "POST" else None, chosen=chosen_in(terms))
    step = request.POST.get("step")
    if not form.is_valid() or step == CHANGE:
        context = {"form": form, "organisation": organisation, "pending": pending_words(terms, timezone.now())}
        status = 422 if form.errors else 200
        return render(request, "accounts/own_terms/choose.html", context, status=status)
    if step != SAVE:
        return _check(request, organisation, form)
    if choose_terms(organisation=organisation, chosen=form.days, by=actor_of(request), now=timezone.now()):
        saved = _("Saved. It takes effect in %(days)d days; until then every owner can choose otherwise.")
        messages.success(request, saved % {"days": NOTICE_OF_A_CHANGE.days})
    else:
        messages.info(request, _("Everything stays as it was."))
    return redirect("organisation_terms", pk=pk)


def _check(request: HttpRequest, organisation: Organisation, form: OwnTermsForm) -> HttpResponse:
    now = timezone.now()
    check = terms_check(form.days, first_run(organisation, form.days, now), now)
    return render(
        request, "accounts/own_terms/check.html", {"form": form, "organisation": organisation, "check": check}
    )
