from django.apps import AppConfig
from django.contrib import admin
from django.contrib.admin import apps as admin_apps
from django.db.backends.signals import connection_created


class AccountsConfig(AppConfig):
    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
    default = True

    def ready(self) -> None:
        from accounts.people_data import without_text
        from accounts.people_data.addresses import remember_changed_addresses
        from accounts.sign_in import events, sessions

        sessions.connect_signals()
        events.record_sign_in_signals()
        remember_changed_addresses()
        connection_created.connect(without_text.add_functions, dispatch_uid="accounts.people_data.add_functions")


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
