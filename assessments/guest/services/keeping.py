"""A quick check becomes the beginning of an assessment: its facts and answers are carried over, and it is gone."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.audit import Actor
from accounts.permissions import Capability
from accounts.services.locks import lock_organisation_for
from assessments.bank.types import Depth
from assessments.editions.newest import newest_offered_or_none
from assessments.editions.stored import edition_of
from assessments.errors import ChangeRefused, NothingOffered
from assessments.guest.queries import given_in
from assessments.models import Answer, AnsweredAs, AnswerKind, Assessment, AssessmentState, GuestCheck
from assessments.presentation.quick_check.asked import check_questions
from assessments.queries import open_runs
from assessments.scoring.scope import find_tags
from assessments.scoring.terms import settles
from assessments.scoring.types import ScoredAnswer
from assessments.services.banks import hold_while_offered
from assessments.services.edition_upgrades import upgrade_edition


class RunIsOpen(ChangeRefused):
    """The organisation has an open assessment already: nothing is put into it, and nothing is lost of the check."""

    def __init__(self, run: Assessment | None) -> None:
        self.run = run
        super().__init__(
            _(
                "This organisation has an assessment in progress, and nothing was changed in it. Finish or delete it, "
                "or keep the quick check for another organisation."
            )
        )


@transaction.atomic
def keep_check(*, check: GuestCheck, organisation: UUID, depth: Depth, by: Actor, now: datetime) -> Assessment:
    """A new open assessment of the organisation with the facts and answers of the check, given by this person now.

    The caller holds the lock on `check`, which is deleted. What is not known about the business is asked next.
    Raises RunIsOpen, and NothingOffered where the edition of the check was withdrawn and no other is offered.
    """
    place = lock_organisation_for(organisation, by, Capability.EDIT_SCOPE)
    edition, given = edition_of(check.edition), given_in(check)
    finding = find_tags(edition.scope, given.facts)
    run = Assessment(
        organisation=place,
        edition=check.edition,
        state=AssessmentState.ANSWERING,
        depth=depth.value,
        facts=check.facts,
        tags=sorted(finding.on),
        provisional=sorted(finding.provisional),
        scope_version=1,
        started_by=by.person,
    )
    _start(run)
    asked = check_questions(edition, given.facts, now.date())
    answers = [(own.question.id, given.answers.get(own.question.id), own.may_be_left_out) for own in asked]
    Answer.objects.bulk_create(
        _answer(run, question, answer, by, now)
        for question, answer, may_be_left_out in answers
        if answer is not None and settles(answer, may_be_left_out)
    )
    _onto_what_is_offered(run, by, now)
    check.delete()
    return run


def _start(run: Assessment) -> None:
    """Never in place of an open one: also not if somebody else starts one at this moment."""
    try:
        with transaction.atomic():
            run.save(force_insert=True)
    except IntegrityError:
        raise RunIsOpen(open_runs(Assessment.objects.filter(organisation=run.organisation)).first()) from None


def _answer(run: Assessment, question: str, answer: ScoredAnswer, by: Actor, now: datetime) -> Answer:
    return Answer(
        assessment=run,
        question=question,
        kind=AnswerKind(answer.kind.value),
        level=answer.level,
        reason=answer.reason,
        saved_by=by.person,
        saved_at=now,
        answered_as=AnsweredAs.BUSINESS,
    )


def _onto_what_is_offered(run: Assessment, by: Actor, now: datetime) -> None:
    """An edition that was withdrawn since the check began is left for the newest that is offered."""
    if hold_while_offered(run.edition_id):
        return
    newest = newest_offered_or_none()
    if newest is None:
        raise NothingOffered
    upgrade_edition(assessment=run, new=newest, by=by.person, now=now)
