"""Stores and publishes the bank editions that ship with Evenkeel."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from assessments.bank.errors import DocumentError
from assessments.editions.shipped import shipped_carry_overs, shipped_editions
from assessments.services.editions import LoadOutcome, load_published

MESSAGES = {
    LoadOutcome.NEW: "Edition {id} is published, with {count} questions.",
    LoadOutcome.NOT_OFFERED: "Edition {id} is published, with {count} questions. New assessments do not start on it "
    "yet, because many of today's questions are not in it: look at it in the question bank, and offer it there.",
    LoadOutcome.UNCHANGED: "Edition {id} is already published.",
    LoadOutcome.KEPT: "Edition {id} is already published with content that differs from the shipped file. It is kept.",
    LoadOutcome.DRAFT: "There is a draft named {id}. It stays as it is, and the shipped edition is not published.",
}


class Command(BaseCommand):
    help = "Publish the shipped bank editions. Can be run any number of times; a published edition is never changed."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            editions = shipped_editions()
            carry_overs = shipped_carry_overs(editions)
        except DocumentError as error:
            raise CommandError(f"Cannot read the shipped bank:\n{error}") from error
        for edition in editions:
            done = load_published(edition=edition, now=timezone.now(), carry_over=carry_overs.get(edition.id))
            self.stdout.write(MESSAGES[done].format(id=edition.id, count=len(edition.questions)))
