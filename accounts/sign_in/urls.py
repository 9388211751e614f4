"""The pages of django-allauth that the product uses, listed one by one, and our own; no other can be reached.

All of them stay open to people who still have to set up MFA (accounts/sign_in/mfa.py).
"""

from collections.abc import Callable

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.mfa.base import views as second_step
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import URLPattern, path, re_path
from django.views.decorators.http import require_http_methods

from accounts.second_step.passkeys import refuses_malformed_credentials
from accounts.second_step.views import ActivateApp, AddPasskey, ConfirmWithPasskey, recovery_codes, recovery_codes_new
from accounts.sign_in.constant_time import constant_time
from accounts.sign_in.mail import MailView, needs_mail
from accounts.sign_in.rate_limits import rate_limited
from accounts.sign_up.confirming import confirm_email
from accounts.sign_up.views import SignUp, sign_up_passkey
from accounts.views.mfa import mfa_postpone, mfa_required
from accounts.views.sessions import sessions, signed_in_as
from accounts.views.sign_in_activity import sign_in_activity, sign_in_not_me
from accounts.views.sign_in_link import confirm_by_new_link

# allauth's views would take PUT for POST, and DELETE for "yes, remove it".
page_only: Callable[[MailView], MailView] = require_http_methods(["GET", "HEAD", "POST"])


def page(route: str, view: MailView, *, name: str) -> URLPattern:
    return path(route, page_only(view), name=name)


# Each challenge is kept in a session of its own, for anybody who asks.
_passkey_sign_in = rate_limited("passkey_challenge", reading=True)(
    refuses_malformed_credentials(passkeys.login_webauthn)
)

urlpatterns = [
    page("sign-in/", constant_time(account.login), name="account_login"),
    page("sign-out/", account.logout, name="account_logout"),
    page("sign-up/", constant_time(SignUp.as_view()), name="account_signup"),
    page("sign-up/passkey/", refuses_malformed_credentials(sign_up_passkey), name="account_signup_passkey"),
    page("suspended/", account.account_inactive, name="account_inactive"),
    page("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("confirm/link/", confirm_by_new_link, name="account_reauthenticate_link"),
    page("email/", needs_mail(constant_time(account.email)), name="account_email"),
    page("email/sent/", account.email_verification_sent, name="account_email_verification_sent"),
    path("email/confirm/<key>/", confirm_email, name="account_confirm_email"),
    page("password/", account.password_change, name="account_change_password"),
    page("password/set/", reauthentication_required(account.password_set), name="account_set_password"),
    page("password/reset/", needs_mail(constant_time(account.password_reset)), name="account_reset_password"),
    page("password/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    page("password/reset/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        page_only(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    page("second-step/", second_step.index, name="mfa_index"),
    path("second-step/needed/", mfa_required, name="mfa_required"),
    path("second-step/later/", mfa_postpone, name="mfa_postpone"),
    page("second-step/code/", refuses_malformed_credentials(second_step.authenticate), name="mfa_authenticate"),
    page("second-step/confirm/", refuses_malformed_credentials(second_step.reauthenticate), name="mfa_reauthenticate"),
    page("second-step/app/add/", ActivateApp.as_view(), name="mfa_activate_totp"),
    page("second-step/app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-step/recovery/", recovery_codes, name="mfa_view_recovery_codes"),
    path("second-step/recovery/new/", recovery_codes_new, name="mfa_generate_recovery_codes"),
    page("passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    page("passkeys/add/", refuses_malformed_credentials(AddPasskey.as_view()), name="mfa_add_webauthn"),
    page("passkeys/sign-in/", _passkey_sign_in, name="mfa_login_webauthn"),
    page(
        "passkeys/confirm/",
        refuses_malformed_credentials(ConfirmWithPasskey.as_view()),
        name="mfa_reauthenticate_webauthn",
    ),
    page("passkeys/<int:pk>/name/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    page("passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("sessions/", sessions, name="usersessions_list"),
    path("signed-in/", signed_in_as, name="signed_in_as"),
    path("activity/", sign_in_activity, name="sign_in_activity"),
    path("activity/not-me/", sign_in_not_me, name="sign_in_not_me"),
]
