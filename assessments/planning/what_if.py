"""What some steps of the plan would change, all at once: counts, labels and ranges. Nothing is stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assessments.bank.types import Edition
from assessments.planning.gaps import gaps_of
from assessments.scoring.engine import score
from assessments.scoring.plan import raise_answers
from assessments.scoring.types import Counts, PillarResult, ScoredAnswer, ScoredResult, Todo


@dataclass(frozen=True, slots=True)
class PillarMove:
    """A pillar that is assessed, before and after."""

    before: PillarResult
    after: PillarResult


@dataclass(frozen=True, slots=True)
class WhatIf:
    """`minutes` are those of all steps together; without steps before and after are the same."""

    before: ScoredResult
    after: ScoredResult
    minutes: int

    @property
    def pillars(self) -> tuple[PillarMove, ...]:
        both = zip(self.before.pillars, self.after.pillars, strict=True)
        return tuple(PillarMove(before, after) for before, after in both if before.low)

    @property
    def counts(self) -> tuple[Counts, Counts]:
        """Before and after."""
        before, after = self.before.counts, self.after.counts
        if before is None or after is None:
            raise ValueError("Scoring always counts.")
        return before, after


def what_if(edition: Edition, result: ScoredResult, steps: Iterable[Todo], day: date) -> WhatIf:
    """With these entries of the plan done. Both are scored on `day`, so that they differ by nothing else."""
    steps = tuple(steps)
    answers = answers_in(result)
    before = score(edition, result.run, answers, day)
    after = score(edition, result.run, raise_answers(answers, steps), day) if steps else before
    chosen = {step.question.id for step in steps}
    return WhatIf(
        before=before,
        after=after,
        minutes=sum(gap.options[-1].minutes for gap in gaps_of(result) if gap.todo.question.id in chosen),
    )


def answers_in(result: ScoredResult) -> dict[str, ScoredAnswer]:
    """The answers that a result was scored from, to the questions that were asked."""
    traces = [trace for domain in result.domains for trace in domain.traces]
    return {trace.question.id: trace.answer for trace in traces if trace.answer}
