"""What the bakery's answers come to in an edition: the result that the first page shows, and the report's source."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from assessments.bank.types import Depth, Edition
from assessments.presentation.answer_record import RecordedAnswer
from assessments.scope_facts import facts_to_json
from assessments.scoring.engine import score
from assessments.scoring.plan import do_first, plan_gain
from assessments.scoring.scope import ScopeFacts, find_tags
from assessments.scoring.terms import asks
from assessments.scoring.types import Run, ScoredAnswer, ScoredAnswerKind
from reports.document import Source
from reports.sample.bakery import BAKERY, LEFT_OUT, LEVELS, bakery_answer, bakery_facts

# Where the bakery has something to say about fewer of the questions, the bank is not the one it was written for.
FITS_FROM = 0.9


@lru_cache(maxsize=4)
def sample_source(edition: Edition, day: date, language: str) -> Source | None:
    """The bakery's result at standard depth on this day; None where the edition asks other things than the shipped one.

    Cached: a published edition never changes.
    """
    facts = bakery_facts(edition.scope)
    tags = find_tags(edition.scope, facts)
    run = Run(Depth.STANDARD, tags.on, tags.provisional)
    asked = [question for question in edition.questions if asks(question, run.depth, run.tags)]
    known = [question for question in asked if question.id in LEVELS or question.id in LEFT_OUT]
    if not asked or len(known) < FITS_FROM * len(asked):
        return None
    answers = {question.id: bakery_answer(question, run.tags) for question in asked}
    return _source(edition, run, answers, facts, day, language)


def sample_day(edition: Edition, today: date) -> date:
    """The first of the month, so that the report is made anew once a month; no earlier than the law it is about."""
    return max(today.replace(day=1), edition.law_status_as_of)


def _source(
    edition: Edition,
    run: Run,
    answers: Mapping[str, RecordedAnswer],
    facts: ScopeFacts,
    day: date,
    language: str,
) -> Source:
    scored = {question: _scored(answer) for question, answer in answers.items()}
    outcome = score(edition, run, scored, day)
    return Source(
        organisation=BAKERY,
        finished_on=day,
        language=language,
        edition=edition,
        facts=facts_to_json(facts),
        outcome=outcome,
        first_gain=plan_gain(edition, run, scored, do_first(outcome), day).pillars,
        answers=answers,
    )


def _scored(answer: RecordedAnswer) -> ScoredAnswer:
    kind = ScoredAnswerKind(answer.kind)
    return ScoredAnswer(kind, answer.level, answer.reason, has_evidence=bool(answer.evidence))
