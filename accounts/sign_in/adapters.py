"""The product's answers to django-allauth: its messages and where to go next."""

import time
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal.ratelimit import consume
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.addresses import mailbox_of, normal_address
from accounts.sign_up.same_browser import remember_browser
from accounts.site_urls import absolute_url


class AccountAdapter(DefaultAccountAdapter):
    """Named in the settings; its messages are those of the second step too."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is suspended."),
        "duplicate_email": _("This is already the address of your account."),
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "email_taken": _("This e-mail address already has an account. Sign in instead."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": _("This code is not right. Enter the one that the app shows now."),
        "incorrect_password": _("This password is not right."),
        "rate_limited": _("Too many attempts. Wait a moment and try again."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes and try again."),
    }

    ways_to_confirm = {
        "reauthenticate": _("Use my password"),
        "mfa_reauthenticate": _("Use a code from my app, or a recovery code"),
        "mfa_reauthenticate:webauthn": _("Use my passkey"),
    }
    by_new_link = "account_reauthenticate_link"
    """The page for people who have nothing to confirm with: neither password nor second step."""

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Raises ReauthenticationRequired for people who have nothing to confirm with and signed in a while ago.

        django-allauth takes it that these need not confirm anything; they sign in by a new link first.
        """
        required: bool = super().is_reauthentication_required(app=app, **more)
        if required and self.lacks_ways_to_confirm(self.request.user) and not _signed_in_lately(self.request):
            raise ReauthenticationRequired
        return required

    def lacks_ways_to_confirm(self, user: AbstractBaseUser | AnonymousUser) -> bool:
        return user.is_authenticated and not super().get_reauthentication_methods(user)

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if not ways and user.is_authenticated:
            return [{"id": self.by_new_link, "url": reverse(self.by_new_link), "description": _("Use a new link")}]
        return [{**way, "description": self.ways_to_confirm[way["id"]]} for way in ways]

    def get_login_stages(self) -> list[str]:
        return [*super().get_login_stages(), "accounts.sign_up.passkey_stage.NewPasskeyStage"]

    def pre_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse | None:
        """Signed up or typed the right password: where an address is to be confirmed, this browser may confirm it."""
        if more["email_verification"] == EmailVerificationMethod.MANDATORY:
            remember_browser(request, user)
        refused: HttpResponse | None = super().pre_login(request, user, **more)
        return refused

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every link leads to SITE_URL: django-allauth builds it from the request, whose host its sender chooses.

        Not sent if the mailbox has had enough of these mails today: anybody may type an address that is not theirs.
        """
        if not _has_room_for(self.request, template_prefix, email):
            return
        site = {"current_site": {"domain": urlsplit(settings.SITE_URL).netloc}}
        links = {name: absolute_url(_path_of(value)) for name, value in context.items() if name.endswith("_url")}
        super().send_mail(template_prefix, email, {**context, **links, **site})

    def is_safe_url(self, url: str) -> bool:
        """What is no address at all leads nowhere either: django-allauth lets its error through, which told people with
        an account from others.
        """
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("settings")


_BY_ANYBODY = {
    "account/email/unknown_account": "mail_to_stranger",
    "account/email/account_already_exists": "mail_to_mailbox",
    "account/email/password_reset_key": "mail_to_mailbox",
    "account/email/email_confirmation": "mail_to_mailbox",
    "account/email/email_confirmation_signup": "mail_to_mailbox",
}
"""The mails that a stranger can have sent, and the rate limit of each."""


def _has_room_for(request: HttpRequest | None, template_prefix: str, email: str) -> bool:
    action = _BY_ANYBODY.get(template_prefix)
    if action is None or request is None:
        return True
    key = f"{template_prefix} {_counted_address(action, email)}"
    return bool(consume(request, app="allauth.account", action=action, key=key, limit_get=True))


def _counted_address(action: str, email: str) -> str:
    """An address without a plus counts by itself, all others of its mailbox together: whoever types a hundred of these
    uses up no mail of the person who has the plain one.
    """
    mailbox = mailbox_of(email)
    return mailbox if action == "mail_to_stranger" or normal_address(email) == mailbox else f"{mailbox} with a plus"


def _signed_in_lately(request: HttpRequest) -> bool:
    """So lately that whoever sits at this browser has just shown who they are."""
    records = get_authentication_records(request, request.user)
    latest = max((record["at"] for record in records), default=0)
    return bool(time.time() - latest < app_settings.REAUTHENTICATION_TIMEOUT)


def _path_of(url: str) -> str:
    return urlunsplit(("", "", *urlsplit(url)[2:]))
