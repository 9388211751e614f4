"""Results without a database: a business of any tags, answered by a fixed rule."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assessments.bank.types import Depth, Edition, NotApplicable, Question
from assessments.presentation.answer_record import RecordedAnswer, RecordedComment, RecordedReview
from assessments.scoring.engine import score
from assessments.scoring.plan import FigureBeforeAfter, do_first, plan_gain
from assessments.scoring.scope import FactAnswer, find_tags
from assessments.scoring.terms import asks
from assessments.scoring.types import Run, ScoredAnswer, ScoredAnswerKind, ScoredResult
from tests.scope_facts import NOT_SURE, SHOP, facts_of

DAY = date(2026, 11, 21)
LATER = date(2028, 1, 3)
QUESTIONED = RecordedReview("questions", "Which list?\nOn paper?", "Noor Haddad", "Haddad & Søn", "2026-11-21")
UNKNOWN = RecordedAnswer("", ScoredAnswerKind.UNKNOWN, None, "", "", "")


@dataclass(frozen=True)
class ResultSample:
    """What a told result and a report are made of."""

    edition: Edition
    facts: Mapping[str, FactAnswer]
    day: date
    outcome: ScoredResult
    first_gain: tuple[FigureBeforeAfter, ...]
    answers: Mapping[str, RecordedAnswer]


def level(value: int, *, note: str = "", evidence: str = "") -> RecordedAnswer:
    return RecordedAnswer("", ScoredAnswerKind.LEVEL, value, "", note, evidence)


def left_out(reason: str) -> RecordedAnswer:
    return RecordedAnswer("", ScoredAnswerKind.NOT_APPLICABLE, None, reason, "", "")


def result_sample(
    edition: Edition,
    *,
    answers: Mapping[str, RecordedAnswer] | None = None,
    otherwise: RecordedAnswer | None = None,
    depth: Depth = Depth.QUICK,
    facts: Mapping[str, Any] = SHOP,
    day: date = DAY,
) -> ResultSample:
    """`otherwise` is given wherever `answers` names nothing; None leaves those questions open."""
    given = facts_of(edition, **facts)
    run = run_of(edition, depth, facts)
    recorded = {
        question.id: _named(found, question)
        for question in asked(edition, run)
        if (found := (answers or {}).get(question.id, otherwise))
    }
    scored = {name: scored_answer(answer) for name, answer in recorded.items()}
    outcome = score(edition, run, scored, day)
    first_gain = plan_gain(edition, run, scored, do_first(outcome), day).pillars
    return ResultSample(edition, given, day, outcome, first_gain, recorded)


def run_of(edition: Edition, depth: Depth, facts: Mapping[str, Any]) -> Run:
    finding = find_tags(edition.scope, facts_of(edition, **facts))
    return Run(depth, finding.on, finding.provisional)


def asked(edition: Edition, run: Run) -> list[Question]:
    return [question for question in edition.questions if asks(question, run.depth, run.tags)]


def mixed_result(
    edition: Edition, depth: Depth = Depth.QUICK, facts: Mapping[str, Any] = SHOP, **more: Any
) -> ResultSample:
    """Every kind of answer: levels in turn, some unknown, some left out, some reviewed, notes and proof; some given
    by the consultancy, some by nobody knows whom, some taken over from an earlier run.
    """
    kinds = (
        replace(
            level(3, note="Marie looks after it.\nShe checks on Fridays.", evidence="Blue binder, page 4"),
            answered_as="business",
        ),
        replace(
            level(1),
            answered_as="business",
            review=QUESTIONED,
            comments=(RecordedComment("Bo", "In hand.\nSee the list."),),
        ),
        replace(level(4, evidence="Contract with the host"), answered_as="consultancy"),
        UNKNOWN,
        left_out("We have no such thing."),
        replace(level(2, note="Since last spring"), taken_over_from="2026-05-03"),
        level(3),
    )
    questions = asked(edition, run_of(edition, depth, facts))
    answers = {question.id: kinds[place % len(kinds)] for place, question in enumerate(questions)}
    return result_sample(edition, answers=answers, depth=depth, facts=facts, **more)


UNSURE = {
    "country": "fr",
    "california": NOT_SURE,
    "people": "to9",
    "setup": "website",
    "ai": "tools",
    "ai_data": "yes",
    "ai_does": "chat",
    "ai_people": "hiring",
    "ai_last_word": "mixed",
    "special": NOT_SURE,
    "yes_first": "newsletter",
    "trackers": "pixels",
}
AGENCY = {
    "country": "us_ca",
    "people": "to49",
    "setup": "website",
    "ccpa_size": "revenue",
    "ai": "tools",
    "ai_data": "yes",
    "ai_people": "hiring",
    "ai_last_word": "ai",
    "trackers": "pixels",
    "pass_on": "sell",
}


def stress_result(edition: Edition, *, seed: int = 1257, **more: Any) -> ResultSample:
    """Much applies and half of that is not sure; every kind of answer, as chance has it. On that day laws
    count that did not before, and much is left out. The seed is one with every kind of statement in it.
    """
    chance = random.Random(seed)  # noqa: S311
    kinds = [level(value, evidence="" if value == 3 else "A list") for value in (1, 2, 3, 4)]
    drawn = chance.choices([level(0), *kinds, UNKNOWN], (6, 8, 10, 20, 30, 8), k=len(edition.questions))
    given = {question.id: answer for question, answer in zip(edition.questions, drawn, strict=True)}
    may_go = [question for question in edition.questions if question.not_applicable is NotApplicable.ALWAYS]
    given |= {question.id: left_out(f"Not us: {question.id} <&>") for question in may_go if chance.random() < 0.3}
    return result_sample(edition, answers=given, depth=Depth.FULL, facts=UNSURE, day=LATER, **more)


def coming_result(edition: Edition, **more: Any) -> ResultSample:
    """A Californian business two weeks before new rules begin, which has hardly begun itself."""
    return result_sample(edition, otherwise=level(0), depth=Depth.FULL, facts=AGENCY, day=date(2026, 12, 15), **more)


def quick_things_done(edition: Edition, **more: Any) -> ResultSample:
    """A full run of a business that did all that a quick one asks, and nothing else."""
    answers = {own.id: level(4) for own in edition.questions if own.depth is Depth.QUICK}
    return result_sample(edition, answers=answers, otherwise=level(0), depth=Depth.FULL, **more)


def _named(answer: RecordedAnswer, question: Question) -> RecordedAnswer:
    return replace(answer, question=question.id)


def scored_answer(answer: RecordedAnswer) -> ScoredAnswer:
    return ScoredAnswer(ScoredAnswerKind(answer.kind), answer.level, answer.reason, bool(answer.evidence))
