from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from accounts.sign_in.links import create_sign_in_link
from accounts.site_urls import absolute_url
from reports.demo import demo_people, make_demo

LINK_LIFETIME = timedelta(hours=12)


class Command(BaseCommand):
    help = "Creates the demo once and prints new one-time sign-in links for its people. Only for the embedded default."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError("The demo is only for the embedded default of ./run, never for production.")
        make_demo(now=timezone.now())
        for person in demo_people():
            token = create_sign_in_link(user=person.user, lifetime=LINK_LIFETIME)
            url = absolute_url(reverse("sign_in_link", args=[token]))
            self.stdout.write(f"  {person.part:<14} {person.user.name}: {url}")
