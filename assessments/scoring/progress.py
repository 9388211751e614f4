"""How far a run is and how long the rest takes: the same questions that scoring asks, counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from assessments.bank.types import Depth, Edition, Question
from assessments.scoring.terms import asks, settles
from assessments.scoring.types import Answers, Run, ScoredAnswer, ScoredAnswerKind

# Time in tenths of a second: reading at 200 words a minute, and 12 seconds to decide.
PER_WORD = 3
TO_DECIDE = 120
PER_MINUTE = 600


class ProgressState(StrEnum):
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class DomainProgress:
    """`answered` counts every answer, "don't know" (`unknown`) and "not applicable" too."""

    code: str
    asked: int
    answered: int
    unknown: int
    minutes_left: int
    state: ProgressState


@dataclass(frozen=True, slots=True)
class Progress:
    """The total and all domains of the edition, also those where nothing is asked."""

    asked: int
    answered: int
    unknown: int
    minutes_left: int
    state: ProgressState
    domains: tuple[DomainProgress, ...]


@dataclass(frozen=True, slots=True)
class DepthSize:
    questions: int
    minutes: int


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    question: Question
    id: str
    may_be_left_out: bool
    time: int


@dataclass(slots=True)
class _Count:
    asked: int = 0
    answered: int = 0
    unknown: int = 0
    time: int = 0

    def add(self, other: "_Count") -> None:
        self.asked += other.asked
        self.answered += other.answered
        self.unknown += other.unknown
        self.time += other.time

    @property
    def state(self) -> ProgressState:
        if self.answered == self.asked:
            return ProgressState.DONE
        return ProgressState.IN_PROGRESS if self.answered else ProgressState.NOT_STARTED


def progress(edition: Edition, run: Run, answers: Answers) -> Progress:
    total = _Count()
    domains = []
    for code, lines in _outline(edition, run):
        own = _count(lines, answers)
        total.add(own)
        domains.append(DomainProgress(code, own.asked, own.answered, own.unknown, _minutes(own.time), own.state))
    return Progress(
        asked=total.asked,
        answered=total.answered,
        unknown=total.unknown,
        minutes_left=_minutes(total.time),
        state=total.state,
        domains=tuple(domains),
    )


def depth_sizes(edition: Edition, tags: frozenset[str]) -> dict[Depth, DepthSize]:
    """What each depth would ask of a business with these tags."""
    sizes = {}
    for depth in Depth:
        questions = [question for question in edition.questions if asks(question, depth, tags)]
        sizes[depth] = DepthSize(len(questions), _minutes(sum(_time(question) for question in questions)))
    return sizes


def next_unanswered(edition: Edition, run: Run, answers: Answers, after: str | None = None) -> Question | None:
    """The first unanswered question behind the one with the id `after`, else the first of all."""
    order = {question.id: place for place, question in enumerate(edition.questions)}
    start = order.get(after, -1) if after else -1
    lines = [line for _, lines in _outline(edition, run) for line in lines]
    unanswered = [line.question for line in lines if not settles(answers.get(line.id), line.may_be_left_out)]
    behind = (question for question in unanswered if order[question.id] > start)
    return next(behind, unanswered[0] if unanswered else None)


def first_unanswered_in(edition: Edition, run: Run, answers: Answers, domain: str) -> Question | None:
    lines = dict(_outline(edition, run)).get(domain, ())
    return next((line.question for line in lines if not settles(answers.get(line.id), line.may_be_left_out)), None)


@lru_cache(maxsize=128)
def _outline(edition: Edition, run: Run) -> tuple[tuple[str, tuple[_Line, ...]], ...]:
    return tuple(
        (code, tuple(_line(question, run) for question in questions if asks(question, run.depth, run.tags)))
        for code, questions in edition.by_domain.items()
    )


def _line(question: Question, run: Run) -> _Line:
    return _Line(question, question.id, question.offers_not_applicable(run.tags), _time(question))


def _count(lines: Iterable[_Line], answers: Answers) -> _Count:
    count = _Count()
    for line in lines:
        answer: ScoredAnswer | None = answers.get(line.id)
        count.asked += 1
        if not settles(answer, line.may_be_left_out):
            count.time += line.time
        else:
            count.answered += 1
            count.unknown += answer is not None and answer.kind is ScoredAnswerKind.UNKNOWN
    return count


def _time(question: Question) -> int:
    words = sum(len(text.split()) for text in (question.text, *question.levels))
    return PER_WORD * words + TO_DECIDE


def _minutes(time: int) -> int:
    """Rounded up: a minute begun is a minute."""
    return -(-time // PER_MINUTE)
