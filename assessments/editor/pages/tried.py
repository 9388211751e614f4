"""A question tried out on sample businesses: is it asked, what would a closed gate do, how do its steps read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessments.bank.document.step_entry import TOP_STEP
from assessments.bank.types import Depth, Edition, Gate, Question
from assessments.editions.samples import SAMPLES, sample_tags
from assessments.editor.pages.steps import fitted_step_words
from assessments.scoring.engine import score
from assessments.scoring.steps import steps_to
from assessments.scoring.terms import asks
from assessments.scoring.types import Run, ScoredAnswer, ScoredAnswerKind, ScoredResult, Sum
from assessments.wording import figure_change_text, gate_name

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

USUAL_LEVEL = 3
"""The level of every other answer of a sample."""


@dataclass(frozen=True, slots=True)
class ClosedGateEffect:
    """What closing the gate does to one figure, such as "Solid 3.0 → Beginning 1.9"."""

    name: str
    moves: str


@dataclass(frozen=True, slots=True)
class SampleBusinessLine:
    """`steps` are those to each level as this business reads them; none if it is not asked."""

    name: "StrOrPromise"
    asked: bool
    gate: str
    effects: tuple[ClosedGateEffect, ...]
    steps: tuple[str, ...]


def try_out(edition: Edition, question: Question, today: date) -> tuple[SampleBusinessLine, ...]:
    """`question` must be in the edition."""
    return tuple(_lines(edition, question, today))


def _lines(edition: Edition, question: Question, today: date) -> Iterator[SampleBusinessLine]:
    for sample in SAMPLES:
        tags = sample_tags(edition.scope, sample)
        asked = asks(question, Depth.FULL, tags)
        gate = question.active_gate(tags) if asked else None
        yield SampleBusinessLine(
            name=sample.name,
            asked=asked,
            gate=_gate_words(edition, gate) if gate else "",
            effects=tuple(_effects(edition, question, gate, Run(Depth.FULL, tags), today)) if gate else (),
            steps=tuple(_steps(edition, question, tags)) if asked else (),
        )


def _steps(edition: Edition, question: Question, tags: frozenset[str]) -> Iterator[str]:
    for step in steps_to(edition, question, 0, TOP_STEP, tags):
        yield fitted_step_words(step)


def _gate_words(edition: Edition, gate: Gate) -> str:
    return _("%(kind)s, closed below level %(level)d") % {"kind": gate_name(edition, gate), "level": gate.min_level}


def _effects(edition: Edition, question: Question, gate: Gate, run: Run, today: date) -> Iterator[ClosedGateEffect]:
    asked = [own for own in edition.questions if asks(own, run.depth, run.tags)]
    usual = {own.id: ScoredAnswer(ScoredAnswerKind.LEVEL, USUAL_LEVEL, has_evidence=True) for own in asked}

    def result_at(level: int) -> ScoredResult:
        return score(
            edition, run, {**usual, question.id: ScoredAnswer(ScoredAnswerKind.LEVEL, level, has_evidence=True)}, today
        )

    before, after = result_at(max(USUAL_LEVEL, gate.min_level)), result_at(gate.min_level - 1)
    for own, then in zip(before.domains, after.domains, strict=True):
        if own.code == question.domain:
            yield from _effect(edition, edition.domain[own.code].title, own.low, then.low)
    names = {pillar.code: pillar.name for pillar in edition.pillars}
    for pillar, later in zip(before.pillars, after.pillars, strict=True):
        if pillar.code in {*gate.pillars, edition.domain[question.domain].pillar}:
            yield from _effect(edition, names[pillar.code], pillar.low, later.low)


def _effect(edition: Edition, name: str, before: Sum | None, after: Sum | None) -> Iterator[ClosedGateEffect]:
    if before and after:
        yield ClosedGateEffect(name, figure_change_text(edition, before.figure, after.figure))
