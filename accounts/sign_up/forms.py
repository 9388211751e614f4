"""The forms for signing up, and for starting an account over once its address is proven."""

from typing import Any

from allauth.account import forms as account
from allauth.account.internal.flows.signup import prevent_enumeration
from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.audit import Actor
from accounts.forms.organisations import advises_others_field, kind_of, organisation_name_field
from accounts.forms.sign_in import EMAIL, NEW_PASSWORD, STRENGTH, FieldWords, PlainFieldWords, clean_address
from accounts.invitations.rules import mask_email
from accounts.models import Invitation, User
from accounts.passwords.guessable import refuse_guessable
from accounts.requests import actor_of
from accounts.services.organisations import create_organisation
from accounts.sign_up.unconfirmed import address_is_taken, lock_unused_account, start_account_over

BY_PASSKEY = "passkey"
"""The name of the button that asks for a passkey in place of a password."""


class PasswordOrPasskey(forms.Form):
    """A form with `password1`, which is not looked at when the button for a passkey is pressed.

    With `organisation_name`, the password must not be guessable from it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.with_passkey = BY_PASSKEY in self.data
        self.fields["password1"].required = not self.with_passkey

    def clean_password1(self) -> str:
        return "" if self.with_passkey else str(self.cleaned_data["password1"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        password, organisation = cleaned.get("password1"), cleaned.get("organisation_name")
        if password and organisation:
            try:
                refuse_guessable(password, [organisation])
            except forms.ValidationError as guessable:
                self.add_error("password1", guessable)
        return cleaned


class SignUpForm(PlainFieldWords, PasswordOrPasskey, account.SignupForm):  # type: ignore[misc]
    """With an invitation, the address is the invited one and no organisation is asked for: it is the inviter's.

    An account that was signed up with the address and never used is replaced: nobody has proven that it is theirs.
    """

    organisation_name = organisation_name_field()
    advises_others = advises_others_field()

    field_order = ("email", "password1", "organisation_name", "advises_others")
    words = {"email": EMAIL, "password1": FieldWords(_("Password"), _("Choose a password."), STRENGTH)}

    def __init__(self, *args: Any, invitation: Invitation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        if invitation:
            # The link may fall into the wrong hands: the address is masked for everybody who does not know it.
            self.fields["email"] = forms.CharField(label=self.fields["email"].label, disabled=True)
            self.initial["email"] = mask_email(invitation.email)
            del self.fields["organisation_name"], self.fields["advises_others"]

    def clean_email(self) -> str:
        if self.invitation:
            self.cleaned_data["email"] = self.invitation.email
        else:
            clean_address(self)
        return str(super().clean_email())

    def validate_unique_email(self, value: str) -> str:
        if address_is_taken(value):
            return str(super().validate_unique_email(value))
        return str(account.get_adapter().validate_unique_email(value))

    @transaction.atomic
    def save(self, request: HttpRequest) -> User:
        """The person, the organisation and the ownership: all or nothing."""
        unused = lock_unused_account(self.cleaned_data["email"])
        user = self._replace(request, unused) if unused else self._make(request)
        if not self.invitation:
            by = Actor(user, actor_of(request).ip_address)
            create_organisation(name=self.cleaned_data["organisation_name"], kind=kind_of(self), by=by)
        return user

    def _make(self, request: HttpRequest) -> User:
        if self._proves_the_address:
            account.get_adapter().stash_verified_email(request, self.cleaned_data["email"])
        user: User = super().save(request)
        return user

    def _replace(self, request: HttpRequest, unused: User) -> User:
        start_account_over(person=unused)
        user: User = account.get_adapter().save_user(request, unused, self)
        if self._proves_the_address:
            EmailAddress.objects.filter(user=user).update(verified=True, primary=True)
        return user

    @property
    def _proves_the_address(self) -> bool:
        """The link was only sent to this mailbox, so opening it has confirmed the address."""
        return self.invitation is not None and self.invitation.by_mail

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        if self.account_already_exists and not self.with_passkey:
            # Hash the password as for a new account, so that the response takes as long.
            User().set_password(self.cleaned_data["password1"])
        try:
            made: tuple[User | None, HttpResponse | None] = super().try_save(request)
            return made
        except IntegrityError:
            # The same form was sent twice at the same moment: the first one created the account.
            if settings.MAIL_CONFIGURED:
                return None, prevent_enumeration(request, email=self.cleaned_data["email"])
            messages.info(request, account.get_adapter().error_messages["email_taken"])
            return None, redirect("account_login")


class StartOverForm(PlainFieldWords, PasswordOrPasskey):
    """What is asked of whoever proves the address in another browser than the one that signed up."""

    password1 = account.PasswordField(autocomplete="new-password")
    organisation_name = organisation_name_field()
    advises_others = advises_others_field()
    words = {"password1": NEW_PASSWORD}

    def __init__(self, *args: Any, person: User, with_organisation: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        if not with_organisation:
            del self.fields["organisation_name"], self.fields["advises_others"]

    def clean_password1(self) -> str:
        password = super().clean_password1()
        return str(account.get_adapter().clean_password(password, user=self.person)) if password else ""


class PasswordInsteadForm(PlainFieldWords):
    """For a browser without passkeys, or somebody who changed their mind."""

    password1 = account.SetPasswordField()
    words = {"password1": NEW_PASSWORD}

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].user = person  # type: ignore[attr-defined]
