"""Runs of a small business on the published bank, made by the services behind the pages."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from accounts.models import Organisation, User
from assessments.bank.types import Depth, Question
from assessments.editions.stored import edition_of
from assessments.models import Answer, AnsweredAs, AnswerKind, Assessment, Result, StandingAnswer
from assessments.queries import run_of
from assessments.scoring.scope import FactAnswer
from assessments.scoring.terms import asks
from assessments.services.answers import Given, save_answer
from assessments.services.runs import choose_depth, finish_assessment, save_scope, start_assessment
from assessments.standing.services import save_standing_answer
from assessments.standing_answers import standing_answers_of
from tests.factories import OrganisationFactory, member
from tests.scope_facts import SHOP, facts_of

NOW = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)


def started_run(organisation: Organisation | None = None, *, by: User | None = None) -> Assessment:
    """Started by `by`, or by a new owner of the organisation. The bank must be published."""
    organisation = organisation or OrganisationFactory.create()
    return start_assessment(organisation=organisation, started_by=by or member(organisation))


def scoped_run(
    organisation: Organisation | None = None,
    *,
    by: User | None = None,
    depth: Depth = Depth.QUICK,
    facts: Mapping[str, str | FactAnswer] = SHOP,
) -> Assessment:
    run = started_run(organisation, by=by)
    edition = edition_of(run.edition)
    given = facts_of(edition, **facts)
    save_scope(assessment=run, edition=edition, given=given, seen_version=run.scope_version)
    return choose_depth(assessment=run, depth=depth)


def answered_run(
    organisation: Organisation | None = None,
    depth: Depth = Depth.QUICK,
    levels: int | Mapping[str, int] = 2,
    **more: Any,
) -> Assessment:
    """Every asked question answered at one level, or only the given ones at their levels."""
    run = scoped_run(organisation, depth=depth, **more)
    asked = asked_questions(run)
    named = dict.fromkeys((question.id for question in asked), levels) if isinstance(levels, int) else levels
    for question, level in named.items():
        give(run, question, level)
    return run


def finished_run(
    organisation: Organisation | None = None, depth: Depth = Depth.QUICK, levels: int = 2, **more: Any
) -> Result:
    return finish(answered_run(organisation, depth, levels, **more))


def finish(run: Assessment) -> Result:
    return finish_assessment(assessment=run, edition=edition_of(run.edition), finished_by=run.started_by, now=NOW)


def asked_questions(run: Assessment) -> list[Question]:
    fixed = run_of(run)
    return [question for question in edition_of(run.edition).questions if asks(question, fixed.depth, fixed.tags)]


def answer_again(result_of: Assessment, question: str, level: int, *, by: User, **more: Any) -> StandingAnswer:
    """Answer one question again on top of a finished run, knowing the latest version."""
    stored = standing_answers_of(result_of).get(question)
    parts: dict[str, Any] = {"kind": AnswerKind.LEVEL, "level": level, "reason": "", "note": "", "evidence": ""}
    now = more.pop("now", timezone.now())
    return save_standing_answer(
        basis=result_of,
        stored=stored,
        given=Given(question=question, seen_version=stored.version if stored else 0, **{**parts, **more}),
        saved_by=by,
        answered_as=AnsweredAs.BUSINESS,
        now=now,
    )


def give(run: Assessment, question: str, level: int | None = None, *, by: User | None = None, **more: Any) -> None:
    """Save one answer as whoever started the run, or as `by` for its consultancy, knowing the latest version."""
    stored = Answer.objects.filter(assessment=run, question=question).first()
    kind = AnswerKind.OPEN if level is None else AnswerKind.LEVEL
    parts = {"kind": kind, "level": level, "reason": "", "note": "", "evidence": "", **more}
    given = Given(question=question, seen_version=stored.version if stored else 0, **parts)
    save_answer(
        assessment=run,
        stored=stored,
        given=given,
        saved_by=by or run.started_by,
        answered_as=AnsweredAs.CONSULTANCY if by else AnsweredAs.BUSINESS,
        now=NOW,
    )
