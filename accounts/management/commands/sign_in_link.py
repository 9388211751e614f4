from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from accounts.audit import Actor, record
from accounts.models import AuditKind, User
from accounts.models.addresses import normal_address
from accounts.sign_in.links import create_sign_in_link
from accounts.site_urls import absolute_url


class Command(BaseCommand):
    help = "Prints a one-time link that signs in the person with this e-mail address."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--hours", type=int, default=1, help="how long the link works (1 to 168, default 1)")

    def handle(self, *args: Any, email: str, hours: int, **options: Any) -> None:
        if not 1 <= hours <= 168:
            raise CommandError("--hours must be between 1 and 168.")
        user = User.objects.filter(email=normal_address(email)).first()
        if user is None:
            raise CommandError(f"No account has the e-mail address {email}.")
        if not user.is_active:
            raise CommandError(f"{user.email} is suspended. Make the account active first.")
        with transaction.atomic():
            token = create_sign_in_link(user=user, lifetime=timedelta(hours=hours))
            record(by=Actor(None), kind=AuditKind.SIGN_IN_LINK_MADE, subject=user.email, hours=hours)
        self.stdout.write(absolute_url(reverse("sign_in_link", args=[token])))
