"""Runs of a small business on the published bank, made by the services that people's clicks use."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from accounts.models import Organisation, User
from assessments.bank.types import Depth, Edition, Question, ScopeQuestion
from assessments.editions.stored import edition_of
from assessments.models import Answer, AnswerKind, Assessment, Result
from assessments.queries import run_of
from assessments.scoring.scope import FactAnswer, visible_questions
from assessments.scoring.terms import asks
from assessments.services.answers import Given, save_answer
from assessments.services.runs import choose_depth, finish_assessment, save_scope, start_assessment
from tests.factories import OrganisationFactory, member

NOW = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)
NOT_SURE = FactAnswer(not_sure=True)
# A shop in the EU with staff, a website and ready-made AI tools.
SHOP = {"base": "eu", "offers": "eu", "people": "yes", "setup": "website", "ai": "tools", "ai_data": "yes"}


def fact(*options: str) -> FactAnswer:
    return FactAnswer(frozenset(options))


def facts_of(edition: Edition, **chosen: str | FactAnswer) -> dict[str, FactAnswer]:
    """Answers to every scope question shown: as chosen, else "none of these" or "no"."""
    questions = [question for screen in edition.scope.screens for question in screen.questions]
    given = {q.id: _fact(chosen.get(q.id) or _none_of(q)) for q in questions}
    visible = {question.id for question in visible_questions(edition.scope, given)}
    return {question: answer for question, answer in given.items() if question in visible}


def _fact(value: str | FactAnswer) -> FactAnswer:
    return fact(value) if isinstance(value, str) else value


def _none_of(question: ScopeQuestion) -> str:
    exclusive = [option.id for option in question.options if option.exclusive]
    return exclusive[0] if exclusive else question.options[-1].id


def started_run(organisation: Organisation | None = None, *, by: User | None = None) -> Assessment:
    """Started by one of the organisation's owners, made for it if need be. The bank must be published."""
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
    """Every asked question answered at one level, or those named at their levels."""
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


def give(run: Assessment, question: str, level: int | None = None, **more: Any) -> None:
    """Save one answer as whoever started the run, knowing the latest version."""
    stored = Answer.objects.filter(assessment=run, question=question).first()
    kind = AnswerKind.OPEN if level is None else AnswerKind.LEVEL
    parts = {"kind": kind, "level": level, "reason": "", "note": "", "evidence": "", **more}
    given = Given(question=question, seen_version=stored.version if stored else 0, **parts)
    save_answer(assessment=run, stored=stored, given=given, saved_by=run.started_by, now=NOW)
