"""Random banks, runs and answers for property tests.

Every part is read from a few drawn bytes: hundreds of draws per example would take most of the time,
and bytes still shrink towards the plainest bank.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any, TypeVar

from hypothesis import Phase, settings
from hypothesis import strategies as st

from assessments.bank.conditions import ALWAYS, Clause, Condition
from assessments.bank.steps import Effort, Step, StepCost, StepDoer, StepLink, StepVariant
from assessments.bank.types import Depth, Edition, FindingKind, GateKind, NotApplicable, Question
from assessments.scoring.types import Run, ScoredAnswer, ScoredAnswerKind
from tests.bank.making import PILLAR_OF, SMALL_SCOPE, duty, edition, gate, question, tag, when

# How long one example takes means nothing on a shared machine. CI tries the same examples every time; so does
# ./run mutants, which only needs to know whether a test fails: shrinking the example would take minutes.
settings.register_profile("evenkeel", deadline=None, derandomize="CI" in os.environ)
settings.register_profile(
    "mutation", deadline=None, derandomize=True, database=None, phases=[Phase.generate], max_examples=30
)
settings.load_profile("mutation" if "EVENKEEL_MUTATION" in os.environ else "evenkeel")

Item = TypeVar("Item")

TAGS = ("gdpr", "ccpa", "uses_ai", "large_scale", "has_staff")
TODAY = date(2026, 11, 21)
TOMORROW = date(2026, 11, 22)
YESTERDAY = date(2026, 11, 20)
FAR_OFF = date(2027, 12, 2)

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

MAX_DOMAINS = 5
MAX_QUESTIONS = MAX_DOMAINS * 4
BYTES_PER_QUESTION = 13

# Everything a question can have, made once; a byte or two choose. The plainest of each comes first.
GATES = tuple(
    replace(gate(kind, level, caps_pillar=caps_pillar, pillars=pillars, on=on), starts=starts, severity=severity)
    for on, (starts, severity), caps_pillar, pillars, level, kind in product(
        CONDITIONS,
        ((None, None), (None, 3), (None, 1), (TOMORROW, 2), (TODAY, 2), (FAR_OFF, None)),
        (False, True),
        ((), ("privacy", "security"), ("responsible_ai",)),
        (1, 2, 3, 4),
        GateKind,
    )
    if severity is None or kind in (GateKind.LEGAL_STOP, GateKind.LEGAL)
)
DUTIES = tuple(
    replace(duty(law, level, starts=starts, on=on), finding=finding)
    for on, starts, finding, level, law in product(
        CONDITIONS, (None, TODAY, TOMORROW, FAR_OFF), FindingKind, (1, 2, 3, 4), ("gdpr", "ccpa")
    )
)


def _steps(minutes: Sequence[int], cost: StepCost, solo: str, variants: tuple[StepVariant, ...]) -> tuple[Step, ...]:
    return tuple(
        Step(
            to=level,
            text=f"Go to {level}.",
            done_when=f"It is at {level}.",
            minutes=own,
            cost=cost,
            who=StepDoer.OWNER,
            pays_for="" if cost is StepCost.NONE else "a tool",
            solo=solo,
            variants=variants,
        )
        for level, own in enumerate(minutes, 1)
    )


VARIANTS = (
    StepVariant(when("gdpr"), "Go there as the law says.", minutes=90),
    StepVariant(when("ccpa"), "Go west.", "You are there.", links=(StepLink("web", "The way", path="Menu > West"),)),
)
# Without steps it is a question of an older edition.
STEPS = (
    (),
    _steps((5, 10, 20, 40), StepCost.NONE, "", ()),
    _steps((5, 10, 20, 40), StepCost.NONE, "Go alone.", ()),
    _steps((60, 60, 240, 2400), StepCost.SMALL, "Go alone.", VARIANTS),
    _steps((10, 10, 10, 10), StepCost.LARGER, "", VARIANTS[1:]),
)
FRAMES: tuple[dict[str, Any], ...] = tuple(
    {
        "ai_lens": ai_lens,
        "effort": effort,
        "depth": depth,
        "weight": weight,
        "not_applicable": not_applicable,
        "not_applicable_hint": "" if not_applicable is NotApplicable.NEVER else "When there is none.",
    }
    for ai_lens, effort, depth, weight, not_applicable in product(
        (False, True), Effort, (Depth.QUICK, Depth.QUICK, Depth.STANDARD, Depth.FULL), (1, 2, 3), NotApplicable
    )
)
COUNTS = tuple(product((0, 1, 2), (0, 1, 2)))
# One tag follows from others.
SCOPE = replace(
    SMALL_SCOPE,
    tags=tuple(
        replace(own, settled_by="ai" if own.id == "uses_ai" else "base")
        for own in (
            *SMALL_SCOPE.tags[:3],
            tag("large_scale", when("tag:gdpr", "tag:uses_ai")),
            tag("has_staff", when("base.eu")),
        )
    ),
)


def _bytes(size: int) -> st.SearchStrategy[bytes]:
    return st.binary(min_size=size, max_size=size)


# Made once: making a strategy takes longer than drawing from it.
LAYOUT_BYTES = _bytes(1 + 2 * MAX_DOMAINS)
QUESTION_BYTES = tuple(_bytes(count * BYTES_PER_QUESTION) for count in range(MAX_QUESTIONS + 1))
ANSWER_BYTES = tuple(_bytes(count) for count in range(MAX_QUESTIONS + 1))


def _pick(read: Iterator[int], items: Sequence[Item]) -> Item:
    """Among more items than a byte has values, two bytes choose."""
    index = next(read) if len(items) <= 256 else next(read) * 256 + next(read)
    return items[index % len(items)]


def _question(question_id: str, domains: Sequence[str], drawn: bytes) -> Question:
    """Some are in another domain than the one their id begins with."""
    read = iter(drawn)
    domain = question_id.partition("-")[0]
    gates, duties = _pick(read, COUNTS)
    made = question(
        question_id,
        domain=_pick(read, (domain, domain, *domains)),
        applies_when=_pick(read, CONDITIONS),
        **_pick(read, FRAMES),
        gates=tuple(_pick(read, GATES) for _ in range(gates)),
        duties=tuple(_pick(read, DUTIES) for _ in range(duties)),
    )
    steps = _pick(read, STEPS)
    return replace(made, steps=steps, first_step="", effort=None) if steps else made


def _layout(drawn: bytes) -> tuple[Sequence[str], Sequence[str]]:
    """One to five domains, and the ids of one to four questions in each."""
    read = iter(drawn)
    left = list(PILLAR_OF)
    domains = [left.pop(next(read) % len(left)) for _ in range(_pick(read, range(1, MAX_DOMAINS + 1)))]
    return domains, [f"{own}-{number:02}" for own in domains for number in range(1, _pick(read, range(2, 6)))]


@st.composite
def _drawn_editions(draw: st.DrawFn) -> Edition:
    domains, ids = _layout(draw(LAYOUT_BYTES))
    drawn = draw(QUESTION_BYTES[len(ids)])
    size = BYTES_PER_QUESTION
    questions = [_question(own, domains, drawn[at * size : (at + 1) * size]) for at, own in enumerate(ids)]
    return edition(*questions, scope=SCOPE, damage_first=tuple(own for own in reversed(ids) if own.endswith("-02")))


EDITIONS = _drawn_editions()


def editions() -> st.SearchStrategy[Edition]:
    return EDITIONS


def _runs() -> Iterator[Run]:
    """Every depth with every state of every tag: off, on, to be checked; the plainest first."""
    for depth in (Depth.FULL, Depth.STANDARD, Depth.QUICK):
        for states in product(("on", "off", "to check"), repeat=len(TAGS)):
            on = frozenset(tag for tag, state in zip(TAGS, states, strict=True) if state != "off")
            to_check = frozenset(tag for tag, state in zip(TAGS, states, strict=True) if state == "to check")
            yield Run(depth, on, to_check)


RUNS = st.sampled_from(tuple(_runs()))


def runs() -> st.SearchStrategy[Run]:
    return RUNS


def answers(
    bank: Edition, among: Sequence[ScoredAnswer | None] = ANSWERS
) -> st.SearchStrategy[dict[str, ScoredAnswer]]:
    """To a bank that `editions` made. None among the answers leaves questions open."""

    def chosen(drawn: bytes) -> dict[str, ScoredAnswer]:
        made = {own.id: among[byte % len(among)] for own, byte in zip(bank.questions, drawn, strict=True)}
        return {question_id: answer for question_id, answer in made.items() if answer is not None}

    return ANSWER_BYTES[len(bank.questions)].map(chosen)


@st.composite
def _drawn_scored(draw: st.DrawFn) -> tuple[Edition, Run, dict[str, ScoredAnswer]]:
    bank = draw(EDITIONS)
    return bank, draw(RUNS), draw(answers(bank))


SCORED = _drawn_scored()


def scored() -> st.SearchStrategy[tuple[Edition, Run, dict[str, ScoredAnswer]]]:
    """A bank, a run and answers to it."""
    return SCORED


def without(bank: Edition, question_id: str) -> Edition:
    return replace(bank, questions=tuple(own for own in bank.questions if own.id != question_id))
