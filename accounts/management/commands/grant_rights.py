"""Gives the role that web, worker and scheduler use exactly what they need. Run as the owner, after migrating."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.database.roles import NotTheOwner, grant_application_role


class Command(BaseCommand):
    help = "Make the database role of APPLICATION_DATABASE_URL, or set its password, and give it what it needs."

    def handle(self, *args: Any, **options: Any) -> None:
        url = urlsplit(settings.APPLICATION_DATABASE_URL)
        if not url.username or not url.password:
            raise CommandError("APPLICATION_DATABASE_URL must name a role and its password.")
        try:
            grant_application_role(role=unquote(url.username), password=unquote(url.password))
        except (NotTheOwner, ValueError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"The role {unquote(url.username)} can read and write rows, and nothing else.")
