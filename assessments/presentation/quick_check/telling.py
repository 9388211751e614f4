"""From the answers of a quick check to its statements."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from assessments.bank.types import Depth, Edition
from assessments.bank.whole_levels import whole_level
from assessments.presentation.laws.cards import LawCard, law_cards
from assessments.presentation.named_values import named_gate, question_ref
from assessments.presentation.open_points import tell_find_out
from assessments.presentation.placeholders import BusinessPlace, country_in
from assessments.presentation.quick_check.asked import check_questions, check_run
from assessments.presentation.quick_check.statements import (
    CheckCounts,
    ConcernedLaw,
    FitStep,
    GapStatement,
    NotAsked,
    OpenAnswer,
    SolidStatement,
    StandsOutStatement,
    ToldCheck,
    ToldInsight,
)
from assessments.presentation.step_values import BusinessSteps, business_steps
from assessments.scoring.engine import score
from assessments.scoring.scope import ScopeFacts, find_tags
from assessments.scoring.terms import prepare_questions, settles
from assessments.scoring.types import Answers, MustFix, Run, ScoredResult, Todo, Trace

FIT_STEPS = 3
INSIGHT_AFTER = 3
"""So many answers make a first insight."""


@dataclass(frozen=True, slots=True)
class CheckAnswers:
    """What a guest has said: about the business, and to the questions."""

    facts: ScopeFacts
    answers: Answers


def tell_check(edition: Edition, given: CheckAnswers, today: date) -> ToldCheck:
    """What the answers say. Questions that were skipped are neither good nor bad: they are not counted."""
    asked = check_questions(edition, given.facts, today)
    answered = [own for own in asked if settles(given.answers.get(own.question.id), own.may_be_left_out)]
    run = check_run(edition, given.facts)
    result = score(edition, run, given.answers, today, among={own.question.id for own in answered})
    place = BusinessPlace(country_in(given.facts), run.tags, today)
    gaps = tuple(_gaps(edition, result))
    return ToldCheck(
        counts=_counts(result, len(asked), len(gaps)),
        solid=tuple(_solid(result)),
        steps=tuple(_steps(result, business_steps(edition, result, place))),
        gaps=gaps,
        open_answers=tuple(_open_answers(edition, result, place)),
        laws=tuple(_laws(edition, given.facts, place)),
        not_asked=_not_asked(edition, run, {own.question.id for own in asked}, today),
    )


def tell_insight(edition: Edition, given: CheckAnswers, today: date) -> ToldInsight:
    """What is known before all is answered."""
    told = tell_check(edition, given, today)
    return ToldInsight(
        answered=told.counts.answered,
        solid=told.solid,
        stands_out=_stands_out(told),
        unknown=told.counts.unknown,
        left=told.counts.asked - told.counts.answered,
    )


def _stands_out(told: ToldCheck) -> StandsOutStatement | None:
    """An urgent gap before anything else: of several the one that the first of the steps deals with."""
    if told.gaps:
        first = {step.question.id: place for place, step in reversed(list(enumerate(told.steps)))}
        gap = min(told.gaps, key=lambda own: first.get(own.question.id, len(first)))
        return StandsOutStatement(gap.question, gap.reason, urgent=True)
    if told.steps:
        return StandsOutStatement(told.steps[0].question, told.steps[0].means, urgent=False)
    return None


def _counts(result: ScoredResult, asked: int, gaps: int) -> CheckCounts:
    counts = result.counts
    return CheckCounts(
        asked=asked,
        answered=result.answered,
        in_place=counts.in_place if counts else 0,
        counted=counts.counted if counts else 0,
        unknown=len(result.find_out),
        urgent_gaps=gaps,
    )


def _solid(result: ScoredResult) -> Iterator[SolidStatement]:
    for trace in _traces(result):
        if trace.in_place and trace.low is not None:
            yield SolidStatement(question_ref(trace.question), whole_level(trace.question, trace.low))


def _gaps(edition: Edition, result: ScoredResult) -> Iterator[GapStatement]:
    """Closed gates alone: a duty that is met in part is no urgent gap."""
    for item in _found(result):
        if item.gate is not None:
            gate = named_gate(edition, item.gate)
            yield GapStatement(question_ref(item.question), gate.name, gate.reason)


def _found(result: ScoredResult) -> tuple[MustFix, ...]:
    return (*result.must_fix, *result.on_the_day)


def _steps(result: ScoredResult, steps: BusinessSteps) -> Iterator[FitStep]:
    for todo in result.todo[:FIT_STEPS]:
        step = replace(steps[todo.question.id][0], to=None)
        yield FitStep(question_ref(todo.question), step, _means(todo))


def _means(todo: Todo) -> str:
    return todo.gate.reason if todo.gate else todo.question.weight_reason


def _open_answers(edition: Edition, result: ScoredResult, place: BusinessPlace) -> Iterator[OpenAnswer]:
    for item in tell_find_out(edition, result, place, {}):
        yield OpenAnswer(item.question, item.who_knows, item.hint.text if item.hint else "")


def _laws(edition: Edition, facts: ScopeFacts, place: BusinessPlace) -> Iterator[ConcernedLaw]:
    cards = law_cards(edition, find_tags(edition.scope, facts), place, facts)
    for applies, own in ((True, cards.applies), (False, cards.may_apply)):
        for card in own:
            yield _law(card, applies=applies)


def _law(card: LawCard, *, applies: bool) -> ConcernedLaw:
    return ConcernedLaw(
        code=card.law.code,
        name=card.law.name,
        applies=applies,
        reasons=card.reasons,
    )


def _not_asked(edition: Edition, run: Run, asked: set[str], today: date) -> NotAsked:
    """Against a standard run of the same business, counting only what certainly concerns it."""
    standard = Run(Depth.STANDARD, run.tags, run.provisional)
    topics, more = [], 0
    for code, questions in prepare_questions(edition, standard, today).domains:
        certain = {own.question.id for own in questions if not own.provisional}
        more += len(certain - asked)
        if certain and not certain & asked:
            topics.append(edition.domain[code].title)
    return NotAsked(more, tuple(topics))


def _traces(result: ScoredResult) -> Iterator[Trace]:
    return (trace for domain in result.domains for trace in domain.traces)
