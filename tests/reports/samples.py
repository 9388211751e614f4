"""Sources of reports without a database: a business of any tags, answered by a fixed rule."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from assessments.bank.types import Depth, Edition, Question
from assessments.results.recorded_answers import RecordedAnswer, RecordedComment, RecordedReview
from assessments.scope_facts import facts_to_json
from assessments.scoring.engine import score
from assessments.scoring.plan import do_first, plan_gain
from assessments.scoring.scope import find_tags
from assessments.scoring.terms import asks
from assessments.scoring.types import Run, ScoredAnswer, ScoredAnswerKind
from reports.document import Source
from tests.runs import SHOP, facts_of

DAY = date(2026, 11, 21)
QUESTIONED = RecordedReview("questions", "Which list?\nOn paper?", "Noor Haddad", "Haddad & Søn", "2026-11-21")
UNKNOWN = RecordedAnswer("", ScoredAnswerKind.UNKNOWN, None, "", "", "")


def level(value: int, *, note: str = "", evidence: str = "") -> RecordedAnswer:
    return RecordedAnswer("", ScoredAnswerKind.LEVEL, value, "", note, evidence)


def left_out(reason: str) -> RecordedAnswer:
    return RecordedAnswer("", ScoredAnswerKind.NOT_APPLICABLE, None, reason, "", "")


def source(
    edition: Edition,
    *,
    answers: Mapping[str, RecordedAnswer] | None = None,
    otherwise: RecordedAnswer | None = None,
    depth: Depth = Depth.QUICK,
    organisation: str = "Boulangerie Lumière",
    facts: Mapping[str, Any] = SHOP,
) -> Source:
    """`otherwise` is given wherever `answers` names nothing; None leaves those questions open."""
    given = facts_of(edition, **facts)
    finding = find_tags(edition.scope, given)
    run = Run(depth, finding.on, finding.provisional)
    recorded = {
        question.id: _named(found, question)
        for question in asked(edition, run)
        if (found := (answers or {}).get(question.id, otherwise))
    }
    scored = {name: _scored(answer) for name, answer in recorded.items()}
    outcome = score(edition, run, scored, DAY)
    return Source(
        organisation=organisation,
        finished_on=DAY,
        language="en-gb",
        edition=edition,
        facts=facts_to_json(given),
        outcome=outcome,
        first_gain=plan_gain(edition, run, scored, do_first(outcome), DAY).pillars,
        answers=recorded,
    )


def asked(edition: Edition, run: Run) -> list[Question]:
    return [question for question in edition.questions if asks(question, run.depth, run.tags)]


def mixed(edition: Edition, **more: Any) -> Source:
    """Every kind of answer: levels in turn, some unknown, some left out, some reviewed, notes and proof."""
    kinds = (
        level(3, note="Marie looks after it.\nShe checks on Fridays.", evidence="Blue binder, page 4"),
        replace(level(1), review=QUESTIONED, comments=(RecordedComment("Bo", "In hand.\nSee the list."),)),
        level(4, evidence="Contract with the host"),
        UNKNOWN,
        left_out("We have no such thing."),
        level(2, note="Since last spring"),
        level(3),
    )
    answers = {question.id: kinds[place % len(kinds)] for place, question in enumerate(edition.questions)}
    return source(edition, answers=answers, **more)


def _named(answer: RecordedAnswer, question: Question) -> RecordedAnswer:
    return replace(answer, question=question.id)


def _scored(answer: RecordedAnswer) -> ScoredAnswer:
    return ScoredAnswer(ScoredAnswerKind(answer.kind), answer.level, answer.reason, bool(answer.evidence))
