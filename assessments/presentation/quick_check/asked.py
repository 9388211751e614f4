"""What a quick check asks one business: a few facts on at most three screens, then the questions that decide most."""

from collections.abc import Iterator
from datetime import date

from assessments.bank.scope_types import ScopeQuestion
from assessments.bank.types import Depth, Edition
from assessments.scoring.scope import ScopeFacts, find_tags, surely_asked
from assessments.scoring.terms import PreparedQuestion, prepare_questions
from assessments.scoring.types import Run

MOST_FACT_SCREENS = 3

FactScreens = tuple[tuple[ScopeQuestion, ...], ...]


def fact_screens(edition: Edition, facts: ScopeFacts) -> FactScreens:
    """The facts to ask, screen by screen. Those that take one choice share a screen; several choices need their own."""
    check = edition.quick_check
    asked = {question.id: question for question in surely_asked(edition.scope, facts)}
    wanted = [asked[fact] for fact in check.facts if fact in asked] if check else []
    screens: list[tuple[ScopeQuestion, ...]] = list(_screens(wanted))
    last = tuple(question for screen in screens[MOST_FACT_SCREENS - 1 :] for question in screen)
    return (*screens[: MOST_FACT_SCREENS - 1], *([last] if last else []))


def _screens(questions: list[ScopeQuestion]) -> Iterator[tuple[ScopeQuestion, ...]]:
    together: list[ScopeQuestion] = []
    for question in questions:
        if question.many:
            if together:
                yield tuple(together)
            yield (question,)
            together = []
        else:
            together.append(question)
    if together:
        yield tuple(together)


def first_open_fact_screen(edition: Edition, facts: ScopeFacts) -> int | None:
    """The number, from 1, of the first screen with a fact that is not told yet; None when all are."""
    screens = enumerate(fact_screens(edition, facts), start=1)
    return next((number for number, screen in screens if any(own.id not in facts for own in screen)), None)


def check_run(edition: Edition, facts: ScopeFacts) -> Run:
    """As scoring sees the business of a quick check: what was not asked about it is to be checked."""
    finding = find_tags(edition.scope, facts)
    return Run(Depth.FULL, finding.on, finding.provisional)


def certain_count(edition: Edition, facts: ScopeFacts, depth: Depth, today: date) -> int:
    """How many questions of this depth certainly concern the business: further facts may add some, and take none."""
    run = check_run(edition, facts)
    prepared = prepare_questions(edition, Run(depth, run.tags, run.provisional), today).domains
    return sum(not own.provisional for _, asked in prepared for own in asked)


def check_questions(edition: Edition, facts: ScopeFacts, today: date) -> tuple[PreparedQuestion, ...]:
    """The questions in the order of the edition: of those that certainly concern this business the first few."""
    check = edition.quick_check
    if check is None:
        return ()
    prepared = prepare_questions(edition, check_run(edition, facts), today).domains
    certain = {own.question.id: own for _, asked in prepared for own in asked if not own.provisional}
    return tuple([certain[question] for question in check.questions if question in certain][: check.most])
