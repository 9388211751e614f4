"""Rules for the quick check: short questions that a guest's few facts decide for sure."""

from collections.abc import Iterator
from itertools import product
from math import prod

from assessments.bank.checks.scope import repeated, scope_is_sound
from assessments.bank.errors import Problem
from assessments.bank.logic import ScopeLogic, Truth, truth_of
from assessments.bank.reach import MOST_WORK, names_in
from assessments.bank.scope_types import ScopeQuestion
from assessments.bank.types import Depth, Edition, Question, QuickCheck

FEWEST_ASKED = 6
"""Fewer answers carry no advice."""

_PLACE = "quick_check"


def check_quick_check(edition: Edition) -> Iterator[Problem]:
    check = edition.quick_check
    if check is None:
        return
    wrong = (*_facts(check, edition), *_questions(check, edition))
    yield from wrong
    tags = {tag.id for tag in edition.scope.tags}
    known = all(
        edition.question[own].applies_when.names() <= tags for own in check.questions if own in edition.question
    )
    if not wrong and known and scope_is_sound(edition.scope):
        yield from _asked_of_guests(check, edition)


def _facts(check: QuickCheck, edition: Edition) -> Iterator[Problem]:
    known = {own.id for screen in edition.scope.screens for own in screen.questions}
    yield from repeated(f"{_PLACE}, facts", check.facts)
    for fact in check.facts:
        if fact not in known:
            yield Problem(f"{_PLACE}, facts", f"{fact} is not a scope question of this document")


def _questions(check: QuickCheck, edition: Edition) -> Iterator[Problem]:
    yield from repeated(f"{_PLACE}, questions", check.questions)
    for name in check.questions:
        question = edition.question.get(name)
        if question is None:
            yield Problem(f"{_PLACE}, questions", f"{name} is not a question of this document")
        elif question.depth is not Depth.QUICK:
            yield Problem(f"{_PLACE}, questions", f"{name} is not a quick question")


def _asked_of_guests(check: QuickCheck, edition: Edition) -> Iterator[Problem]:
    """Each way to answer the facts on which something hangs: one option at a time is enough for conditions."""
    questions = [edition.question[name] for name in check.questions]
    facts = [own for screen in edition.scope.screens for own in screen.questions if own.id in check.facts]
    unsure: dict[str, None] = {}
    fewest = len(questions)
    ways = prod(len(own.options) for own in facts)
    if ways * names_in(edition.scope) > MOST_WORK:
        yield Problem(f"{_PLACE}, facts", f"can be answered in {ways} ways, too many to try: ask for fewer facts")
        return
    for chosen in product(*([(own.id, option.id) for option in own.options] for own in facts)):
        truths = _applying(questions, edition, dict(chosen))
        unsure |= {own.id: None for own, truth in zip(questions, truths, strict=True) if truth is Truth.MAYBE}
        fewest = min(fewest, truths.count(Truth.YES))
    for name in unsure:
        message = (
            f"{name}: these facts do not settle whether it applies; ask for another fact, or take another question"
        )
        yield Problem(f"{_PLACE}, questions", message)
    if fewest < FEWEST_ASKED and not unsure:
        yield Problem(f"{_PLACE}, questions", f"some businesses would be asked {fewest} only: at least {FEWEST_ASKED}")
    if check.most < FEWEST_ASKED:
        yield Problem(f"{_PLACE}, most", f"expected at least {FEWEST_ASKED}")


def _applying(questions: list[Question], edition: Edition, chosen: dict[str, str]) -> list[Truth]:
    """Whether each applies, as far as the chosen options tell."""

    def fact(asked: ScopeQuestion, option: str) -> Truth:
        if asked.id not in chosen:
            return Truth.MAYBE
        return Truth.YES if chosen[asked.id] == option else Truth.NO

    logic = ScopeLogic(edition.scope, fact)
    return [truth_of(question.applies_when, logic.tag) for question in questions]
