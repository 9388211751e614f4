"""The forms for signing in: allauth's, in the product's words, and our own."""

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from allauth.account import forms as account
from django import forms
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.addresses import normal_address
from accounts.sign_up.unconfirmed import prove_mailbox

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


def clean_address(form: forms.Form) -> str:
    """What was typed, in the one way that addresses are stored; ValidationError if that is none."""
    email: str = normal_address(form.cleaned_data["email"])
    validate_email(email)
    form.cleaned_data["email"] = email
    return email


class SignInForm(PlainFieldWords, account.LoginForm):
    words = {"login": EMAIL, "password": PASSWORD}

    def clean_login(self) -> str:
        return normal_address(super().clean_login())


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

    def clean_email(self) -> str:
        """Only for an address that somebody signs in with: one they want to change to may be another's mailbox."""
        clean_address(self)
        email = str(super().clean_email())
        self.users: list[User] = [user for user in self.users if user.email == email]
        return email


class ResetPasswordKeyForm(PlainFieldWords, account.ResetPasswordKeyForm):
    words = {"password1": NEW_PASSWORD}
    password2 = None

    def save(self) -> None:
        """The link came by mail, so an unconfirmed account is confirmed by it, without what else was set before."""
        with transaction.atomic():
            prove_mailbox(self.user)
            super().save()


class ChangeEmailForm(PlainFieldWords, account.AddEmailForm):
    words = {
        "email": FieldWords(
            _("New e-mail address"),
            _("Enter the new e-mail address."),
            _("We send a link there. Your address changes once you open it."),
        )
    }

    def clean_email(self) -> str:
        clean_address(self)
        return str(super().clean_email())
