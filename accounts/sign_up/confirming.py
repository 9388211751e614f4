"""The page behind the link that confirms an address. The link proves the mailbox, and nothing that was set before."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login
from allauth.account.internal.flows.logout import logout
from allauth.account.models import EmailAddress, Login, get_emailconfirmation_model
from allauth.account.stages import EmailVerificationStage, LoginStageController
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts.audit import Actor
from accounts.forms.organisations import kind_of
from accounts.models import User
from accounts.requests import ip_address_of
from accounts.services.organisations import create_organisation
from accounts.sign_up.forms import StartOverForm
from accounts.sign_up.same_browser import browser_is_known
from accounts.sign_up.unconfirmed import confirm_by_mailbox, release_address, unused_accounts
from accounts.views.form_pages import form_methods


@login_not_required
@never_cache
@sensitive_post_parameters()
@form_methods
def confirm_email(request: HttpRequest, key: str) -> HttpResponse:
    """Opening the link changes nothing (mail scanners open links too); the button confirms.

    It signs in where the account was signed up or its password typed. Anywhere else a new account is started over; a
    changed address is confirmed by the person whose address changes, signed in.
    """
    address = _waiting_address(key)
    if address is None:
        return _gone(request)
    if address.email != address.user.email and request.user != address.user:
        address = _signed_up_with(address.email) or address
    if address.email != address.user.email:
        return _confirm_change(request, address)
    if browser_is_known(request, address.user):
        return _confirm_here(request, address)
    if unused_accounts().filter(pk=address.user_id).exists():
        return _confirm_elsewhere(request, address)
    return render(request, "accounts/sign_up/sign_in_first.html", {"address": address, "is_new_address": False})


def _waiting_address(key: str) -> EmailAddress | None:
    """The one that a link was mailed to, if it still waits and nobody else has confirmed it."""
    found = get_emailconfirmation_model().from_key(key)
    if found is None or not found.email_address.user.is_active or not found.email_address.can_set_verified():
        return None
    return found.email_address


def _signed_up_with(email: str) -> EmailAddress | None:
    """The unused account of the address itself: any link that was mailed there proves the mailbox.

    While a change of address that somebody else asked for uses up the limit of mails, it gets none of its own.
    """
    return EmailAddress.objects.filter(
        email=email, user__in=unused_accounts().filter(email=email, is_active=True)
    ).first()


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/sign_up/link_gone.html")


def _confirm_here(request: HttpRequest, address: EmailAddress) -> HttpResponse:
    if request.method != "POST":
        return render(request, "account/email_confirm.html", {"address": address})
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=address.user_id)
        if not browser_is_known(request, person):
            # Somebody signed up anew a moment ago: what this browser knew is gone.
            return redirect(request.path)
        get_adapter().confirm_email(request, address)
    return _sign_in(request, person)


def _confirm_elsewhere(request: HttpRequest, address: EmailAddress) -> HttpResponse:
    person: User = address.user
    form = StartOverForm(
        request.POST if request.method == "POST" else None,
        person=person,
        with_organisation=person.memberships.exists(),
    )
    if not form.is_valid():
        context = {"form": form, "address": address}
        return render(request, "accounts/sign_up/start_over.html", context, status=422 if form.errors else 200)
    with transaction.atomic():
        if not confirm_by_mailbox(person):
            return redirect(request.path)
        if form.cleaned_data["password1"]:
            person.set_password(form.cleaned_data["password1"])
            person.save(update_fields=["password"])
        if "organisation_name" in form.cleaned_data:
            by = Actor(person, ip_address_of(request))
            create_organisation(name=form.cleaned_data["organisation_name"], kind=kind_of(form), by=by)
    words = "account/messages/email_confirmed.txt"
    get_adapter().add_message(request, messages.SUCCESS, words, {"email": address.email})
    return _sign_in(request, person)


def _confirm_change(request: HttpRequest, address: EmailAddress) -> HttpResponse:
    person: User = address.user
    if request.user != person:
        return render(request, "accounts/sign_up/sign_in_first.html", {"address": address, "is_new_address": True})
    if request.method != "POST":
        return render(request, "account/email_confirm.html", {"address": address})
    try:
        with transaction.atomic():
            if not release_address(email=address.email, to=person):
                return _gone(request)
            get_adapter().confirm_email(request, address)
    except IntegrityError:
        # Somebody signed up with the address at this very moment.
        return redirect(request.path)
    return redirect(get_adapter().get_email_verification_redirect_url(address))


def _sign_in(request: HttpRequest, person: User) -> HttpResponse:
    """With what is still to be done, such as making the passkey; on to the page that the sign-up came from."""
    stage = LoginStageController.enter(request, EmailVerificationStage.key)
    if stage and stage.login.user == person:
        resumed: HttpResponse = stage.exit()
        return resumed
    if request.user.is_authenticated:
        logout(request)
    signed_in: HttpResponse = perform_login(request, Login(user=person, signup=True))
    return signed_in
