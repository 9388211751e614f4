"""Stores and publishes the bank editions that ship with Evenkeel."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from assessments.bank.errors import DocumentError
from assessments.editions.shipped import shipped_editions
from assessments.services.editions import LoadOutcome, load_published

MESSAGES = {
    LoadOutcome.NEW: "Edition {id} is published, with {count} questions.",
    LoadOutcome.UNCHANGED: "Edition {id} is published already.",
    LoadOutcome.KEPT: "Edition {id} is published already with other content than the shipped file; it stays as it is.",
    LoadOutcome.DRAFT: "There is a draft named {id}. It stays as it is, and the shipped edition is not published.",
}


class Command(BaseCommand):
    help = "Publish the shipped bank editions. Can be run any number of times; a published edition is never touched."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            editions = shipped_editions()
        except DocumentError as error:
            raise CommandError(f"The shipped bank cannot be read:\n{error}") from error
        for edition in editions:
            done = load_published(edition=edition, now=timezone.now())
            self.stdout.write(MESSAGES[done].format(id=edition.id, count=len(edition.questions)))
