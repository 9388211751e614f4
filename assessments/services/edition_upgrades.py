"""Upgrading an open run to a newer edition, or staying. Either way no answer is lost."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from accounts.models import User
from assessments.editions.stored import edition_of
from assessments.editions.upgrades import meanings_between, upgrade_preview
from assessments.errors import must_be_open
from assessments.models import Answer, Assessment, EditionRow, EditionUpgradeDecision, UpgradeDecision
from assessments.queries import answers_of
from assessments.scope_facts import facts_to_json
from assessments.scoring.edition_upgrade import EditionUpgrade
from assessments.scoring.scope import ScopeFacts


@transaction.atomic
def upgrade_edition(
    *, assessment: Assessment, new: EditionRow, by: User, now: datetime, given: ScopeFacts | None = None
) -> EditionUpgrade:
    """The caller holds the lock on `assessment`. Every answer stays stored. If its question means something else now,
    it counts again once someone has looked at it; if the question is gone, it no longer counts. `given` are answers
    to scope questions of the new edition.

    Raises AssessmentFinished: a finished run keeps its edition.
    """
    must_be_open(assessment)
    was_on = assessment.edition
    carried = preview_upgrade(assessment, new, now.date(), given)
    asked = edition_of(new).question
    again = [
        row.pk
        for row in answers_of(assessment).values()
        if row.given_under_id is None and row.question in asked and row.question not in carried.answers
    ]
    # A new version, so that a page loaded before the upgrade cannot overwrite it unseen.
    Answer.objects.filter(pk__in=again).update(given_under=was_on, taken_over_from=None, version=F("version") + 1)
    assessment.edition = new
    assessment.facts = facts_to_json(carried.facts)
    assessment.tags = sorted(carried.run.tags)
    assessment.provisional = sorted(carried.run.provisional)
    assessment.scope_version += 1
    assessment.save(update_fields=["edition", "facts", "tags", "provisional", "scope_version"])
    _choose(assessment, was_on, new, UpgradeDecision.UPGRADED, by, now)
    return carried


@transaction.atomic
def decline_upgrade(*, assessment: Assessment, offered: EditionRow, by: User, now: datetime) -> None:
    """Record that the run stays with its edition; it can still be upgraded later. Raises AssessmentFinished."""
    must_be_open(assessment)
    _choose(assessment, assessment.edition, offered, UpgradeDecision.STAYED, by, now)


def preview_upgrade(
    assessment: Assessment, new: EditionRow, today: date, given: ScopeFacts | None = None
) -> EditionUpgrade:
    """What an upgrade would make of the run, with these answers to scope questions of `new`; nothing is stored."""
    chosen = meanings_between(assessment.edition, new)
    return upgrade_preview(assessment, answers_of(assessment).values(), edition_of(new), chosen, today, given)


def _choose(
    assessment: Assessment, was_on: EditionRow, offered: EditionRow, choice: UpgradeDecision, by: User, now: datetime
) -> None:
    EditionUpgradeDecision.objects.update_or_create(
        assessment=assessment,
        offered=offered,
        defaults={"was_on": was_on, "choice": choice, "by": by, "at": now},
    )
