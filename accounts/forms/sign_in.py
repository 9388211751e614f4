"""The forms for signing up and in: allauth's, in the product's words, and our own."""

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from allauth.account import forms as account
from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.audit import Actor
from accounts.forms.organisations import advises_others_field, kind_of, organisation_name_field
from accounts.invitations.rules import mask_email
from accounts.models import Invitation, User
from accounts.requests import actor_of
from accounts.services.organisations import create_organisation
from accounts.sign_in.passwords import refuse_guessable

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class FieldWords(NamedTuple):
    """A field's label, its error when left empty, and its hint."""

    label: "StrOrPromise"
    missing: "StrOrPromise"
    hint: "StrOrPromise" = ""


EMAIL = FieldWords(_("E-mail address"), _("Enter your e-mail address."))
PASSWORD = FieldWords(_("Password"), _("Enter your password."))
STRENGTH = _("At least 12 characters. Three or four unrelated words work well.")
NEW_PASSWORD = FieldWords(_("New password"), _("Choose a new password."), STRENGTH)


class PlainFieldWords(forms.Form):
    """Gives each field our words, and removes placeholders, which only repeat the label."""

    words: ClassVar[dict[str, FieldWords]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        for name in self.words.keys() & self.fields.keys():
            field, words = self.fields[name], self.words[name]
            field.label, field.help_text, field.error_messages["required"] = words.label, words.hint, words.missing


class SignUpForm(PlainFieldWords, account.SignupForm):
    """With an invitation, the address is the invited one and no organisation is asked for: it is the inviter's."""

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
        return str(super().clean_email())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        password, organisation = cleaned.get("password1"), cleaned.get("organisation_name")
        if password and organisation:
            try:
                refuse_guessable(password, [organisation])
            except forms.ValidationError as guessable:
                self.add_error("password1", guessable)
        return cleaned

    def save(self, request: HttpRequest) -> User:
        """The person, the organisation and the ownership: all or nothing."""
        if self.invitation and self.invitation.by_mail:
            # The link was only sent to this mailbox, so opening it has confirmed the address.
            account.get_adapter().stash_verified_email(request, self.invitation.email)
        with transaction.atomic():
            user: User = super().save(request)
            if not self.invitation:
                by = Actor(user, actor_of(request).ip_address)
                create_organisation(name=self.cleaned_data["organisation_name"], kind=kind_of(self), by=by)
        return user

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        if self.account_already_exists:
            # Hash the password as for a new account, so that the response takes as long.
            User().set_password(self.cleaned_data["password1"])
        try:
            made: tuple[User | None, HttpResponse | None] = super().try_save(request)
            return made
        except IntegrityError:
            # The same form was sent twice at the same moment: the first one created the account.
            messages.info(request, account.get_adapter().error_messages["email_taken"])
            return None, redirect("account_login")


class SignInForm(PlainFieldWords, account.LoginForm):
    words = {"login": EMAIL, "password": PASSWORD}


class ReauthenticateForm(PlainFieldWords, account.ReauthenticateForm):
    words = {"password": PASSWORD}


class ChangePasswordForm(PlainFieldWords, account.ChangePasswordForm):
    words = {
        "oldpassword": FieldWords(_("Current password"), _("Enter your current password.")),
        "password1": NEW_PASSWORD,
    }
    password2 = None


class SetPasswordForm(PlainFieldWords, account.SetPasswordForm):
    words = {"password1": NEW_PASSWORD}
    password2 = None


class ResetPasswordForm(PlainFieldWords, account.ResetPasswordForm):
    words = {"email": EMAIL}


class ResetPasswordKeyForm(PlainFieldWords, account.ResetPasswordKeyForm):
    words = {"password1": NEW_PASSWORD}
    password2 = None


class ChangeEmailForm(PlainFieldWords, account.AddEmailForm):
    words = {
        "email": FieldWords(
            _("New e-mail address"),
            _("Enter the new e-mail address."),
            _("We send a link there. Your address changes once you open it."),
        )
    }
