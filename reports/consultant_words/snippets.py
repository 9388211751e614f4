"""What can happen to a snippet of a consultancy."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import Actor
from accounts.models import Organisation
from accounts.permissions import Capability
from accounts.services.locks import lock_organisation_for
from assessments.errors import ChangeRefused
from assessments.models import Bank
from reports.models import Snippet

MOST_SNIPPETS = 1_000
"""Of one consultancy: several for each answer to each question."""


@dataclass(frozen=True, slots=True)
class SnippetTerms:
    """For which answer it is, and what it says. No `level` is for “don’t know”."""

    question: str
    level: int | None
    text: str


class SnippetChanged(Exception):
    """Somebody saved or removed it after the page was made. `stored` is how it is now, None for gone."""

    def __init__(self, stored: Snippet | None) -> None:
        super().__init__(str(stored.pk) if stored else "")
        self.stored = stored


@transaction.atomic
def add_snippet(*, consultancy: Organisation, bank: Bank, terms: SnippetTerms, by: Actor, now: datetime) -> Snippet:
    """The same again is the one that is there. Raises ChangeRefused after MOST_SNIPPETS."""
    lock_organisation_for(consultancy.pk, by, Capability.LOOK_AFTER_CLIENTS)
    own = Snippet.objects.filter(consultancy=consultancy)
    same = own.filter(bank=bank, question=terms.question, level=terms.level, text=terms.text).first()
    if same is not None:
        return same
    if own.count() >= MOST_SNIPPETS:
        raise ChangeRefused(
            _("You have %(most)d snippets, as many as a consultancy can have. Remove one that nobody uses.")
            % {"most": MOST_SNIPPETS}
        )
    return Snippet.objects.create(
        consultancy=consultancy,
        bank=bank,
        question=terms.question,
        level=terms.level,
        text=terms.text,
        written_by=by.person,
        written_at=now,
    )


@transaction.atomic
def change_snippet(*, snippet: Snippet, terms: SnippetTerms, seen_version: int, by: Actor, now: datetime) -> None:
    """Texts that were written from it stay as they are. Raises SnippetChanged if it changed since `seen_version`."""
    lock_organisation_for(snippet.consultancy_id, by, Capability.LOOK_AFTER_CLIENTS)
    stored = Snippet.objects.filter(pk=snippet.pk).first()
    if stored is not None and terms == SnippetTerms(stored.question, stored.level, stored.text):
        return
    if stored is None or stored.version != seen_version:
        raise SnippetChanged(stored)
    stored.question, stored.level, stored.text = terms.question, terms.level, terms.text
    stored.version += 1
    stored.written_by, stored.written_at = by.person, now
    stored.save()


@transaction.atomic
def remove_snippet(*, snippet: Snippet, by: Actor) -> None:
    """Doing it again changes nothing."""
    lock_organisation_for(snippet.consultancy_id, by, Capability.LOOK_AFTER_CLIENTS)
    Snippet.objects.filter(pk=snippet.pk).delete()
