"""The gain of a plan: the answers are scored again as they would be after its steps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assessments.bank.types import Edition
from assessments.scoring.engine import score
from assessments.scoring.types import (
    Answers,
    Counts,
    DomainResult,
    Figure,
    PillarResult,
    Run,
    ScoredAnswer,
    ScoredAnswerKind,
    ScoredResult,
    Todo,
)

FIRST_STEPS = 3


@dataclass(frozen=True, slots=True)
class FigureBeforeAfter:
    """The figure of one domain or pillar before and after."""

    code: str
    before: Figure
    after: Figure

    @property
    def moves(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class PlanGain:
    """What some steps change, in counts and figures; `overall` labels are None when no pillar has one."""

    steps: tuple[Todo, ...]
    pillars: tuple[FigureBeforeAfter, ...]
    domains: tuple[FigureBeforeAfter, ...]
    overall_before: int | None
    overall_after: int | None
    counts_before: Counts | None = None
    counts_after: Counts | None = None


def do_first(result: ScoredResult, n: int = FIRST_STEPS) -> tuple[Todo, ...]:
    """The first entries of the to-do list."""
    return result.todo[:n]


def plan_gain(edition: Edition, run: Run, answers: Answers, steps: Iterable[Todo], today: date) -> PlanGain:
    """What changes when the questions of these steps reach their targets, all else as answered."""
    steps = tuple(steps)
    before = score(edition, run, answers, today)
    after = score(edition, run, raise_answers(answers, steps), today)
    return PlanGain(
        steps=steps,
        pillars=figures_before_after(before.pillars, after.pillars),
        domains=figures_before_after(before.domains, after.domains),
        overall_before=before.overall,
        overall_after=after.overall,
        counts_before=before.counts,
        counts_after=after.counts,
    )


def figures_before_after(
    before: Sequence[DomainResult] | Sequence[PillarResult], after: Sequence[DomainResult] | Sequence[PillarResult]
) -> tuple[FigureBeforeAfter, ...]:
    """Of what is assessed in both, in the order of the first."""
    figures = {part.code: part.low.figure for part in after if part.low}
    return tuple(
        FigureBeforeAfter(part.code, part.low.figure, figures[part.code])
        for part in before
        if part.low and part.code in figures
    )


def raise_answers(answers: Answers, steps: Iterable[Todo]) -> dict[str, ScoredAnswer]:
    """The answers with each step done; what is named as proof stays as it is."""
    return {**answers, **{step.question.id: _raised(answers[step.question.id], step.target) for step in steps}}


def _raised(answer: ScoredAnswer, target: int) -> ScoredAnswer:
    return replace(answer, kind=ScoredAnswerKind.LEVEL, level=max(target, answer.level or 0), reason="")
