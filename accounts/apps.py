from django.apps import AppConfig
from django.contrib import admin
from django.contrib.admin import apps as admin_apps


class AccountsConfig(AppConfig):
    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
    default = True

    def ready(self) -> None:
        from accounts.sign_in import events, sessions

        sessions.connect_signals()
        events.record_sign_in_signals()


class AdministrationConfig(admin_apps.AdminConfig):
    """Django's administration with our own admin site."""

    default = False
    default_site = "accounts.admin_site.AdministrationSite"

    def ready(self) -> None:
        super().ready()
        from allauth.account.models import EmailAddress
        from allauth.mfa.models import Authenticator
        from allauth.usersessions.models import UserSession
        from django.contrib.auth.models import Group

        from accounts.admin.sign_in import AuthenticatorAdmin, EmailAddressAdmin

        # Rights come from memberships, not from groups; and where people signed in from is private.
        admin.site.unregister([Group, UserSession, EmailAddress, Authenticator])
        admin.site.register(EmailAddress, EmailAddressAdmin)
        admin.site.register(Authenticator, AuthenticatorAdmin)
