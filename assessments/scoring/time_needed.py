"""How long a run takes, honestly: by the words to read, or as long as it really took others on this installation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from assessments.bank.types import Question
from assessments.scoring.progress import PER_MINUTE, PER_WORD, time_to_read

# So many in a hundred are looked up at once; the others are answered, or noted as things to find out.
LOOKED_UP = 3
# Who does nothing for so long does something else.
BREAK = timedelta(minutes=15)
ENOUGH_RUNS = 20
# Measured times may be so many times shorter or longer than the estimate: anybody can finish runs in no time.
LIKELY = 3
ROUNDED_TO = 5


@dataclass(frozen=True, slots=True)
class TimeNeeded:
    """In minutes, rounded to five; `low` and `high` may be the same."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds for one question: a quarter of the runs were faster than `low`, a quarter slower than `high`."""

    low: float
    high: float


def time_needed(questions: Sequence[Question], pace: Pace | None = None) -> TimeNeeded:
    """With a measured pace by that, within what is likely. Without: from reading the questions alone, to reading the
    help and looking up.
    """
    estimate = _estimated(questions)
    if pace is None:
        return estimate
    low, high = (seconds * len(questions) / 60 for seconds in (pace.low, pace.high))
    return TimeNeeded(
        low=_rounded(min(max(low, estimate.low / LIKELY), estimate.high * LIKELY)),
        high=_rounded(min(max(high, estimate.low / LIKELY), estimate.high * LIKELY)),
    )


def _estimated(questions: Sequence[Question]) -> TimeNeeded:
    low = sum(time_to_read(question) for question in questions)
    help_texts = sum(PER_WORD * len(question.help.split()) for question in questions)
    minutes = sum(question.find_out.minutes for question in questions if question.find_out)
    return TimeNeeded(
        low=_rounded(low / PER_MINUTE),
        high=_rounded((low + help_texts) / PER_MINUTE + minutes * LOOKED_UP / 100),
    )


def measured_pace(runs: Iterable[Sequence[datetime]]) -> Pace | None:
    """`runs` are the moments at which the answers of each finished run were saved; None for too few runs.

    The gaps between saves are the time that was spent, except breaks. A run of one answer says nothing.
    """
    paces = sorted(_seconds_per_answer(sorted(run)) for run in runs if len(run) > 1)
    if len(paces) < ENOUGH_RUNS:
        return None
    quarter = len(paces) // 4
    return Pace(paces[quarter], paces[-1 - quarter])


def _seconds_per_answer(saved: Sequence[datetime]) -> float:
    gaps = [later - earlier for earlier, later in pairwise(saved)]
    spent = sum((gap for gap in gaps if gap < BREAK), timedelta())
    worked = sum(gap < BREAK for gap in gaps)
    return spent.total_seconds() / worked if worked else 0.0


def _rounded(minutes: float) -> int:
    """Up: nobody minds being done early."""
    return max(ROUNDED_TO, -int(-minutes // ROUNDED_TO) * ROUNDED_TO)
