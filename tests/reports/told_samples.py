"""Frozen results in the database that hold every kind of statement, or next to none."""

from dataclasses import asdict
from datetime import UTC, date, datetime

from accounts.models import Organisation, User
from assessments.models import Assessment, AssessmentState, EditionRow, Result
from assessments.presentation.told_result import ToldResult, tell_result
from assessments.results.json_values import unstructure
from assessments.scope_facts import facts_from_json
from assessments.scoring.stored import dump_result
from reports.document import Source
from tests.factories import OrganisationFactory, member


def frozen(given: Source, row: EditionRow, organisation: Organisation | None = None) -> Result:
    """The result as submission would have stored it."""
    organisation = organisation or OrganisationFactory.create(name=given.organisation)
    run, by = given.outcome.run, _owner(organisation)
    assessment = Assessment.objects.create(
        organisation=organisation,
        edition=row,
        started_by=by,
        state=AssessmentState.FINISHED,
        depth=run.depth.value,
        facts=given.facts,
        tags=sorted(run.tags),
        provisional=sorted(run.provisional),
        finished_at=_noon(given.finished_on),
    )
    return Result.objects.create(
        assessment=assessment,
        outcome={**dump_result(given.outcome), "first_gain": unstructure(given.first_gain)},
        answers=[asdict(answer) for answer in given.answers.values()],
        finished_at=_noon(given.finished_on),
        finished_by=by,
    )


def told(given: Source) -> ToldResult:
    return tell_result(
        given.edition,
        given.outcome,
        given.first_gain,
        given.answers,
        facts=facts_from_json(dict(given.facts)),
        day=given.finished_on,
    )


def _owner(organisation: Organisation) -> User:
    membership = organisation.memberships.first()
    return membership.user if membership else member(organisation)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
