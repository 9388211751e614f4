"""The product's answers to django-allauth: its messages, where to go next, names and encryption."""

import logging
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.errors import ChangeRefused
from accounts.sign_in import encryption
from accounts.site_urls import absolute_url

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is suspended."),
        "duplicate_email": _("This is already the address of your account."),
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "email_taken": _("This e-mail address already has an account. Sign in instead."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": _("This code is not right. Codes change every 30 seconds: try the one shown now."),
        "incorrect_password": _("This password is not right."),
        "rate_limited": _("Too many attempts. Wait a moment and try again."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes and try again."),
    }

    ways_to_confirm = {
        "reauthenticate": _("Use my password"),
        "mfa_reauthenticate": _("Use a code from my app, or a recovery code"),
        "mfa_reauthenticate:webauthn": _("Use my passkey"),
    }

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [{**way, "description": self.ways_to_confirm[way["id"]]} for way in ways]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every link leads to SITE_URL: django-allauth builds it from the request, whose host its sender chooses."""
        site = {"current_site": {"domain": urlsplit(settings.SITE_URL).netloc}}
        links = {name: absolute_url(_path_of(value)) for name, value in context.items() if name.endswith("_url")}
        super().send_mail(template_prefix, email, {**context, **links, **site})

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("settings")


def _path_of(url: str) -> str:
    return urlunsplit(("", "", *urlsplit(url)[2:]))


class MfaAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": _("Set up an authenticator app or a passkey first."),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "unverified_email": _("Confirm your e-mail address first, then set up the second step."),
    }

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Raises ChangeRefused, which is a page, when the key that wrote it is not given any more."""
        try:
            return encryption.decrypt(encrypted_text)
        except InvalidToken as error:
            logger.exception("a second step cannot be read: is the old key missing in DATA_KEY_FALLBACKS?")
            raise ChangeRefused(
                gettext("Your second step cannot be checked at the moment. Please tell whoever runs this site.")
            ) from error

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey") if number == 1 else gettext("Passkey %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Evenkeel"}
