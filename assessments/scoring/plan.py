"""What a plan brings: the promised gain is a scoring of the answers as they would be then."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assessments.bank.types import Edition
from assessments.scoring.engine import score
from assessments.scoring.types import (
    Answer,
    AnswerKind,
    Answers,
    DomainResult,
    Figure,
    PillarResult,
    Result,
    Run,
    Todo,
)

TOGETHER = 3


@dataclass(frozen=True, slots=True)
class Change:
    """The figure of one domain or pillar before and after."""

    code: str
    before: Figure
    after: Figure

    @property
    def moves(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Gain:
    """What some steps change; `overall` labels are None when no pillar is assessed."""

    steps: tuple[Todo, ...]
    pillars: tuple[Change, ...]
    domains: tuple[Change, ...]
    overall_before: int | None
    overall_after: int | None


def do_first(result: Result, n: int = TOGETHER) -> tuple[Todo, ...]:
    """The head of the to-do list."""
    return result.todo[:n]


def gain(edition: Edition, run: Run, answers: Answers, steps: Iterable[Todo], today: date) -> Gain:
    """What raising the questions of these steps to their targets changes, all else as answered."""
    steps = tuple(steps)
    before = score(edition, run, answers, today)
    after = score(edition, run, raised(answers, steps), today)
    return Gain(
        steps=steps,
        pillars=changes(before.pillars, after.pillars),
        domains=changes(before.domains, after.domains),
        overall_before=before.overall,
        overall_after=after.overall,
    )


def changes(
    before: Sequence[DomainResult] | Sequence[PillarResult], after: Sequence[DomainResult] | Sequence[PillarResult]
) -> tuple[Change, ...]:
    """Of what is assessed in both, in the order of the first."""
    figures = {part.code: part.low.figure for part in after if part.low}
    return tuple(
        Change(part.code, part.low.figure, figures[part.code]) for part in before if part.low and part.code in figures
    )


def raised(answers: Answers, steps: Iterable[Todo]) -> dict[str, Answer]:
    """The answers with each step done; what is named as proof stays as it is."""
    return {**answers, **{step.question.id: _raised(answers[step.question.id], step.target) for step in steps}}


def _raised(answer: Answer, target: int) -> Answer:
    return replace(answer, kind=AnswerKind.LEVEL, level=max(target, answer.level or 0), reason="")
