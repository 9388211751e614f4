"""A new assessment that begins with what a file holds. The file's result stays where it came from."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.audit import Actor
from accounts.models import User
from accounts.permissions import Capability, can
from accounts.services.locks import lock_organisation_for, require_capability
from assessments.editions.newest import newest_in, offered
from assessments.editions.stored import edition_of
from assessments.errors import ChangeRefused, NothingOffered
from assessments.file_import.offers import FileOffer, OfferIsOver
from assessments.models import Answer, AnsweredAs, AnswerKind, Assessment, AssessmentState, EditionRow
from assessments.queries import open_runs
from assessments.scope_facts import facts_from_json
from assessments.scoring.scope import find_tags
from assessments.services.banks import hold_while_offered
from assessments.services.edition_upgrades import upgrade_edition
from assessments.signed_assessment.types import FileAnswer


class AnotherRunIsOpen(ChangeRefused):
    """Nothing is put into an assessment that somebody is working on."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This organisation has an assessment in progress, and nothing was changed in it. Finish or delete it, "
                "then go on from the file."
            )
        )


@transaction.atomic
def start_from_file(*, organisation: UUID, offer: FileOffer, by: Actor, now: datetime) -> Assessment:
    """An open assessment with the facts and answers of the offer. Each answer is taken over until it is confirmed.

    Where the edition is not offered for new assessments, the run goes on with the newest of its bank. Raises
    AnotherRunIsOpen, NothingOffered, and OfferIsOver where the edition is gone.
    """
    place = lock_organisation_for(organisation, by, Capability.EDIT_SCOPE)
    answered_as = _answers_as(by, organisation)
    row = EditionRow.objects.filter(code=offer.edition, published_at__isnull=False).first()
    if row is None:
        raise OfferIsOver
    if open_runs(Assessment.objects.filter(organisation=place, interim=False)).exists():
        raise AnotherRunIsOpen
    finding = find_tags(edition_of(row).scope, facts_from_json(offer.facts))
    run = Assessment(
        organisation=place,
        edition=row,
        state=AssessmentState.ANSWERING,
        depth=offer.depth,
        facts=offer.facts,
        tags=sorted(finding.on),
        provisional=sorted(finding.provisional),
        scope_version=1,
        started_by=by.person,
    )
    try:
        with transaction.atomic():
            run.save(force_insert=True)
    except IntegrityError:
        raise AnotherRunIsOpen from None
    brought = _Bringing(by.person, answered_as, offer.finished_on, now)
    Answer.objects.bulk_create(_answer(run, answer, brought) for answer in offer.answers)
    _onto_an_offered_edition(run, by, now)
    return run


def _answers_as(by: Actor, organisation: UUID) -> AnsweredAs:
    standing = require_capability(by, organisation, Capability.ANSWER)
    return AnsweredAs.BUSINESS if can(standing.role, Capability.ANSWER) else AnsweredAs.CONSULTANCY


@dataclass(frozen=True, slots=True)
class _Bringing:
    by: User
    answered_as: AnsweredAs
    finished_on: date
    at: datetime


def _answer(run: Assessment, answer: FileAnswer, brought: _Bringing) -> Answer:
    """From the day of the file's result, or from the day that it had been taken over from; never from the future."""
    day = date.fromisoformat(answer.taken_over_from) if answer.taken_over_from else brought.finished_on
    given_on = min(datetime.combine(day, time(), UTC), brought.at)
    return Answer(
        assessment=run,
        question=answer.question,
        kind=AnswerKind(answer.kind),
        level=answer.level,
        reason=answer.reason,
        note=answer.note,
        evidence=answer.evidence,
        taken_over_from=None if answer.kind == AnswerKind.OPEN else given_on,
        saved_by=brought.by,
        saved_at=brought.at,
        answered_as=brought.answered_as,
    )


def _onto_an_offered_edition(run: Assessment, by: Actor, now: datetime) -> None:
    if hold_while_offered(run.edition_id):
        return
    instead = newest_in(run.edition.bank_id, offered())
    if instead is None:
        raise NothingOffered
    upgrade_edition(assessment=run, new=instead, by=by.person, now=now)
