"""Gives the roles of the services exactly what they need. Run as the owner, after migrating."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.database.roles import NotTheOwner, grant_service_roles, role_name


class Command(BaseCommand):
    help = "Make the database roles of the services, or set their passwords, and give them what they need."

    def handle(self, *args: Any, **options: Any) -> None:
        missing = [service for service, password in settings.ROLE_PASSWORDS.items() if not password]
        if missing:
            raise CommandError(f"{missing[0].upper()}_DATABASE_PASSWORD is missing: the password of that role.")
        try:
            grant_service_roles(passwords=settings.ROLE_PASSWORDS)
        except NotTheOwner as error:
            raise CommandError(str(error)) from error
        roles = ", ".join(role_name(service) for service in settings.ROLE_PASSWORDS)
        self.stdout.write(f"These roles can do what their services need, and nothing else: {roles}.")
