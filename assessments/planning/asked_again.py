"""Which questions are due to be asked again, and what answers given since a result change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from assessments.bank.types import Duty, Gate, Question
from assessments.scoring.compare import traces_of
from assessments.scoring.types import ScoredResult

GATES_AGAIN = timedelta(days=90)
OTHERS_AGAIN = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class DueQuestion:
    """Answered on `given_on`, to be asked again since `due_on`; `gate` is the one active for this business."""

    question: Question
    gate: Gate | None
    given_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class AnswerChanges:
    """What moved between two sets of answers to the same questions, in counts.

    A question is better or worse by the level that counts: not known counts as 0. Where it is left out in one of them,
    it is neither. Gaps are urgent ones.
    """

    better: int
    worse: int
    gaps_closed: int
    gaps_opened: int
    duties_met: int
    duties_opened: int

    @property
    def none(self) -> bool:
        return not any(
            (self.better, self.worse, self.gaps_closed, self.gaps_opened, self.duties_met, self.duties_opened)
        )


def due_again(result: ScoredResult, given_on: Mapping[str, date], day: date) -> tuple[DueQuestion, ...]:
    """Of the answered questions of `result`, those whose time is up on `day`; the longest overdue first.

    A gate is asked every 90 days, any other question every 365. `given_on` says by question when it was answered or
    last confirmed; what is not in it was never answered, and is not due.
    """
    found = [
        DueQuestion(trace.question, trace.gate, given_on[trace.question.id], due_on)
        for trace in traces_of(result).values()
        if trace.question.id in given_on
        and (due_on := given_on[trace.question.id] + (GATES_AGAIN if trace.gate else OTHERS_AGAIN)) <= day
    ]
    return tuple(sorted(found, key=lambda due: due.due_on))


def answer_changes(before: ScoredResult, after: ScoredResult) -> AnswerChanges:
    """Both must be of the same edition, scope and day."""
    earlier, later = traces_of(before), traces_of(after)
    moves = [
        now.low - was.low
        for question, was in earlier.items()
        if (now := later.get(question)) and was.low is not None and now.low is not None
    ]
    gaps, gaps_after = _gaps(before), _gaps(after)
    duties, duties_after = _duties(before), _duties(after)
    return AnswerChanges(
        better=sum(move > 0 for move in moves),
        worse=sum(move < 0 for move in moves),
        gaps_closed=len(gaps - gaps_after),
        gaps_opened=len(gaps_after - gaps),
        duties_met=len(duties - duties_after),
        duties_opened=len(duties_after - duties),
    )


def _gaps(result: ScoredResult) -> set[tuple[str, Gate]]:
    """As `Counts.urgent_gaps` counts them."""
    return {(item.question.id, item.gate) for item in (*result.must_fix, *result.on_the_day) if item.gate}


def _duties(result: ScoredResult) -> set[tuple[str, Duty]]:
    """As `Counts.open_duties` counts them."""
    return {(item.question.id, item.duty) for item in result.open_duties}
