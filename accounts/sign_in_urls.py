"""The pages of django-allauth that the product uses, by name; nothing else of it can be reached."""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.usersessions import views as sessions
from django.urls import path, re_path

from accounts.mail import needs_mail

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-up/", account.signup, name="account_signup"),
    path("suspended/", account.account_inactive, name="account_inactive"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("email/", needs_mail(account.email), name="account_email"),
    path("email/sent/", account.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^email/confirm/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", needs_mail(account.password_reset), name="account_reset_password"),
    path("password/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    path("password/reset/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("second-step/", second_step.index, name="mfa_index"),
    path("second-step/code/", second_step.authenticate, name="mfa_authenticate"),
    path("second-step/confirm/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path("second-step/app/add/", app.activate_totp, name="mfa_activate_totp"),
    path("second-step/app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-step/recovery/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second-step/recovery/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("second-step/recovery/file/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/sign-in/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("passkeys/confirm/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkeys/<int:pk>/name/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("sessions/", sessions.list_usersessions, name="usersessions_list"),
]
