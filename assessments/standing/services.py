"""Answering single questions again on top of a result, taking that back, and making an interim result of it."""

import secrets
from datetime import datetime

from django.db import transaction

from accounts.models import User
from assessments.bank.types import Edition
from assessments.models import AnsweredAs, Assessment, AssessmentState, Result, StandingAnswer
from assessments.services.answers import Given
from assessments.services.runs import finish_assessment, take_over_answers
from assessments.standing.errors import StandingAnswerChanged
from assessments.standing_answers import standing_answers_of

FIRST_VERSIONS = 2**30
"""Where the versions of an answer begin is left to chance: it may be taken back and given again, and a page that shows
the one before must not be taken for up to date."""


def save_standing_answer(
    *,
    basis: Assessment,
    stored: StandingAnswer | None,
    given: Given,
    saved_by: User,
    answered_as: AnsweredAs,
    now: datetime,
) -> StandingAnswer:
    """The caller holds the lock on `basis`, the assessment behind the newest result; `given` has a choice in it.

    The same answer again is an answer: it says that this is how it is today. Only a page that is sent twice changes
    nothing. Raises StandingAnswerChanged where somebody answered after the page was made.
    """
    row = stored or StandingAnswer(assessment=basis, question=given.question, version=0)
    if row.version != given.seen_version:
        if stored and given.same_as(stored) and stored.saved_by_id == saved_by.pk:
            return stored
        raise StandingAnswerChanged
    row.kind, row.level, row.reason = given.kind, given.level, given.reason
    row.note, row.evidence, row.note_left_out = given.note, given.evidence, given.note_left_out
    row.version = row.version + 1 if stored else secrets.randbelow(FIRST_VERSIONS) + 1
    row.saved_by, row.saved_at, row.answered_as = saved_by, now, answered_as
    row.save()
    return row


def undo_standing_answer(*, basis: Assessment, question: str, seen_version: int) -> None:
    """Back to the answer of the result; nothing happens where the question was not answered again.

    The caller holds the lock on `basis`. Raises StandingAnswerChanged where somebody answered after the page was made.
    """
    again = StandingAnswer.objects.filter(assessment=basis, question=question)
    row = again.only("version").first()
    if row and row.version != seen_version:
        raise StandingAnswerChanged
    again.delete()


@transaction.atomic
def make_interim_result(*, basis: Assessment, edition: Edition, by: User, now: datetime) -> Result | None:
    """A result of its own from the answers of `basis` and those given again since; None where there are none of these.

    The caller holds the lock on `basis`. What was not answered again is marked as taken over. A run that is open
    stays as it is.
    """
    again = standing_answers_of(basis)
    if not again:
        return None
    run = Assessment.objects.create(
        organisation=basis.organisation,
        edition_id=basis.edition_id,
        state=AssessmentState.ANSWERING,
        depth=basis.depth,
        facts=basis.facts,
        tags=basis.tags,
        provisional=basis.provisional,
        started_by=by,
        previous=basis,
        interim=True,
    )
    take_over_answers(finished=basis, run=run, anew=again.keys())
    return finish_assessment(assessment=run, edition=edition, finished_by=by, now=now)
