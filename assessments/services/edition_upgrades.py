"""An open run and a newer edition: move to it, or stay. Nothing that was answered is lost either way."""

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


@transaction.atomic
def upgrade_edition(*, assessment: Assessment, new: EditionRow, by: User, now: datetime) -> EditionUpgrade:
    """`assessment` is held by the caller. Answers whose question means something else now stay stored and count again
    once someone has looked at them; those to questions that are gone stay stored.

    Raises AlreadySubmitted: a finished run never moves.
    """
    must_be_open(assessment)
    was_on = assessment.edition
    carried = preview_upgrade(assessment, new, now.date())
    asked = edition_of(new).question
    again = [
        row.pk
        for row in answers_of(assessment).values()
        if row.given_under_id is None and row.question in asked and row.question not in carried.answers
    ]
    # Another version: a page that was loaded before must not save over it unseen.
    Answer.objects.filter(pk__in=again).update(given_under=was_on, version=F("version") + 1)
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
    must_be_open(assessment)
    _choose(assessment, assessment.edition, offered, UpgradeDecision.STAYED, by, now)


def preview_upgrade(assessment: Assessment, new: EditionRow, today: date) -> EditionUpgrade:
    """What would become of the run; nothing is stored."""
    chosen = meanings_between(assessment.edition, new)
    return upgrade_preview(assessment, answers_of(assessment).values(), edition_of(new), chosen, today)


def _choose(
    assessment: Assessment, was_on: EditionRow, offered: EditionRow, choice: UpgradeDecision, by: User, now: datetime
) -> None:
    EditionUpgradeDecision.objects.update_or_create(
        assessment=assessment,
        offered=offered,
        defaults={"was_on": was_on, "choice": choice, "by": by, "at": now},
    )
