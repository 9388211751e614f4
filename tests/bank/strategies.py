"""Random banks, runs and answers for property tests.

Every part is read from a few drawn bytes: hundreds of single draws an example would take most of the time,
and bytes still shrink towards the plainest bank.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st

from assessments.bank.types import (
    ALWAYS,
    Clause,
    Condition,
    Depth,
    Duty,
    Edition,
    Effort,
    Gate,
    GateKind,
    NotApplicable,
    Question,
)
from assessments.scoring.types import Run, ScoredAnswer, ScoredAnswerKind
from tests.bank.making import PILLAR_OF, duty, edition, gate, question, when

# How long one example takes says nothing on a shared machine. CI tries the same examples every time.
settings.register_profile("evenkeel", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("evenkeel")

Item = TypeVar("Item")

TAGS = ("gdpr", "ccpa", "uses_ai", "large_scale")
TODAY = date(2026, 11, 21)
TOMORROW = date(2026, 11, 22)
YESTERDAY = date(2026, 11, 20)

CONDITIONS = (
    ALWAYS,
    ALWAYS,
    when("gdpr"),
    when("uses_ai"),
    Condition((Clause(any=("gdpr", "ccpa")),)),
    Condition((Clause(none=("large_scale",)),)),
    Condition((Clause(all=("uses_ai",), any=("ccpa", "large_scale"), none=("gdpr",)),)),
    Condition((Clause(all=("gdpr",)), Clause(all=("large_scale",), none=("uses_ai",)))),
)
LEVELS = tuple(
    ScoredAnswer(ScoredAnswerKind.LEVEL, level, has_evidence=proof) for level in range(5) for proof in (False, True)
)
UNKNOWN = ScoredAnswer(ScoredAnswerKind.UNKNOWN)
LEFT_OUT = ScoredAnswer(ScoredAnswerKind.NOT_APPLICABLE, reason="we have none")
ANSWERS = (*LEVELS, UNKNOWN, LEFT_OUT, LEFT_OUT, ScoredAnswer(ScoredAnswerKind.NOT_APPLICABLE, reason=" "), None)

BYTES_PER_QUESTION = 27


def _pick(read: Iterator[int], items: Sequence[Item]) -> Item:
    return items[next(read) % len(items)]


def _gate(read: Iterator[int]) -> Gate:
    return gate(
        _pick(read, list(GateKind)),
        _pick(read, (1, 2, 3, 4)),
        caps_pillar=_pick(read, (False, True)),
        pillars=_pick(read, ((), ("privacy", "security"), ("responsible_ai",))),
        on=_pick(read, CONDITIONS),
    )


def _duty(read: Iterator[int]) -> Duty:
    return duty(
        _pick(read, ("gdpr", "ccpa")),
        _pick(read, (1, 2, 3, 4)),
        starts=_pick(read, (None, TODAY, TOMORROW)),
        on=_pick(read, CONDITIONS),
    )


def _question(question_id: str, domains: Sequence[str], drawn: bytes) -> Question:
    """Some stand in another domain than the one their id begins with."""
    read = iter(drawn)
    domain = question_id.partition("-")[0]
    not_applicable = _pick(read, list(NotApplicable))
    return question(
        question_id,
        domain=_pick(read, (domain, domain, *domains)),
        weight=_pick(read, (1, 2, 3)),
        depth=_pick(read, (Depth.QUICK, Depth.QUICK, Depth.STANDARD, Depth.FULL)),
        gates=tuple(_gate(read) for _ in range(_pick(read, (0, 1, 2)))),
        duties=tuple(_duty(read) for _ in range(_pick(read, (0, 1, 2)))),
        applies_when=_pick(read, CONDITIONS),
        not_applicable=not_applicable,
        not_applicable_hint="" if not_applicable is NotApplicable.NEVER else "When there is none.",
        effort=_pick(read, list(Effort)),
        ai_lens=_pick(read, (False, True)),
    )


@st.composite
def editions(draw: st.DrawFn) -> Edition:
    domains = draw(st.lists(st.sampled_from(list(PILLAR_OF)), min_size=1, max_size=5, unique=True))
    made = []
    for domain in domains:
        for number in range(1, draw(st.integers(2, 5))):
            drawn = draw(st.binary(min_size=BYTES_PER_QUESTION, max_size=BYTES_PER_QUESTION))
            made.append(_question(f"{domain}-{number:02}", domains, drawn))
    return edition(*made)


@st.composite
def runs(draw: st.DrawFn) -> Run:
    states = draw(st.lists(st.sampled_from(["on", "off", "to check"]), min_size=len(TAGS), max_size=len(TAGS)))
    on = frozenset(tag for tag, state in zip(TAGS, states, strict=True) if state != "off")
    to_check = frozenset(tag for tag, state in zip(TAGS, states, strict=True) if state == "to check")
    return Run(draw(st.sampled_from([Depth.FULL, Depth.STANDARD, Depth.QUICK])), on, to_check)


@st.composite
def answers(draw: st.DrawFn, bank: Edition, among: Sequence[ScoredAnswer | None] = ANSWERS) -> dict[str, ScoredAnswer]:
    """None among the answers leaves questions open."""
    size = len(bank.questions)
    drawn = draw(st.binary(min_size=size, max_size=size))
    chosen = {own.id: among[byte % len(among)] for own, byte in zip(bank.questions, drawn, strict=True)}
    return {question_id: answer for question_id, answer in chosen.items() if answer is not None}


@st.composite
def scored(draw: st.DrawFn) -> tuple[Edition, Run, dict[str, ScoredAnswer]]:
    """A bank, a run and answers to it."""
    bank = draw(editions())
    return bank, draw(runs()), draw(answers(bank))


def without(bank: Edition, question_id: str) -> Edition:
    return replace(bank, questions=tuple(own for own in bank.questions if own.id != question_id))
