"""How far a run is and how long the rest takes, counted over the questions that scoring asks."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from assessments.bank.types import Depth, Edition, Question
from assessments.scoring.edition_index import IndexedQuestion, edition_index
from assessments.scoring.terms import asks, settles
from assessments.scoring.types import Answers, Run, ScoredAnswer, ScoredAnswerKind

# Time in tenths of a second: reading at 200 words a minute, and 12 seconds to decide.
PER_WORD = 3
TO_DECIDE = 120
PER_MINUTE = 600
# To read an answer again and see that it still holds.
TO_CONFIRM = 120


class ProgressState(StrEnum):
    """Done is what is answered and needs no confirming."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class DomainProgress:
    """`answered` counts every answer, "don't know" (`unknown`) and "not applicable" too.

    `taken_over` of them come from an earlier run and wait to be confirmed: until then nothing is done with them.
    """

    code: str
    asked: int
    answered: int
    unknown: int
    minutes_left: int
    state: ProgressState
    taken_over: int = 0

    @property
    def confirmed(self) -> int:
        """Answers that somebody gave or confirmed in this run."""
        return self.answered - self.taken_over


@dataclass(frozen=True, slots=True)
class Progress:
    """The total and all domains of the edition, also those where nothing is asked."""

    asked: int
    answered: int
    unknown: int
    minutes_left: int
    state: ProgressState
    domains: tuple[DomainProgress, ...]
    taken_over: int = 0

    @property
    def confirmed(self) -> int:
        """As in DomainProgress."""
        return self.answered - self.taken_over

    @property
    def walk(self) -> tuple[DomainProgress, ...]:
        """The domains in which something is asked, in the order in which every page lists and leads through them."""
        return tuple(part for part in self.domains if part.asked)


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
    taken_over: int = 0
    time: int = 0

    def add(self, other: "_Count") -> None:
        self.asked += other.asked
        self.answered += other.answered
        self.unknown += other.unknown
        self.taken_over += other.taken_over
        self.time += other.time

    @property
    def state(self) -> ProgressState:
        done = self.answered - self.taken_over
        if done == self.asked:
            return ProgressState.DONE
        return ProgressState.IN_PROGRESS if done else ProgressState.NOT_STARTED


def progress(edition: Edition, run: Run, answers: Answers, taken_over: Collection[str] = ()) -> Progress:
    """Counts asked and answered questions and estimates the minutes left. Answers to other questions are ignored.

    `taken_over` are the questions whose answers come from an earlier run and are not confirmed yet.
    """
    total = _Count()
    domains = []
    for code, lines in _outline(edition, run):
        own = _count(lines, answers, taken_over)
        total.add(own)
        counts = (own.asked, own.answered, own.unknown, _minutes(own.time))
        domains.append(DomainProgress(code, *counts, own.state, own.taken_over))
    return Progress(
        asked=total.asked,
        answered=total.answered,
        unknown=total.unknown,
        minutes_left=_minutes(total.time),
        state=total.state,
        domains=tuple(domains),
        taken_over=total.taken_over,
    )


def questions_at(edition: Edition, depth: Depth, tags: frozenset[str]) -> tuple[Question, ...]:
    """What a depth would ask of a business with these tags, in bank order."""
    return tuple(question for question in edition.questions if asks(question, depth, tags))


def next_unanswered(
    edition: Edition, run: Run, answers: Answers, after: str | None = None, taken_over: Collection[str] = ()
) -> Question | None:
    """The first unanswered question after the one with the id `after`, else the first of all.

    Where none is left, the same among those with an answer that is taken over and not confirmed.
    """
    order: dict[str | None, int] = {question.id: place for place, question in enumerate(edition.questions)}
    start = order.get(after, -1)
    lines = [line for _, lines in _outline(edition, run) for line in lines]
    unanswered = [line.question for line in lines if not settles(answers.get(line.id), line.may_be_left_out)]
    left = unanswered or [line.question for line in lines if line.id in taken_over]
    behind = (question for question in left if order[question.id] > start)
    return next(behind, left[0] if left else None)


def first_unanswered_in(edition: Edition, run: Run, answers: Answers, domain: str) -> Question | None:
    """In bank order; None if the domain has none."""
    lines = dict(_outline(edition, run)).get(domain, ())
    return next((line.question for line in lines if not settles(answers.get(line.id), line.may_be_left_out)), None)


def _outline(edition: Edition, run: Run) -> list[tuple[str, list[_Line]]]:
    """The asked questions of each domain of the edition, in bank order."""
    index = edition_index(edition)
    on = index.bits_of(run.tags)
    return [(domain.code, _lines(domain.questions, on)) for domain in index.domains[run.depth]]


def _lines(questions: tuple[IndexedQuestion, ...], on: int) -> list[_Line]:
    found = [_line_if(own, on & own.asking_bits) for own in questions]
    return [line for line in found if line]


# 1,000 businesses with random facts make 930 entries of 0.25 kB.
@lru_cache(maxsize=4_096)
def _line_if(indexed: IndexedQuestion, on: int) -> _Line | None:
    """None if the question is not asked of a business in these circumstances."""
    tags, question = indexed.circumstances(on), indexed.question
    if not question.applies_when.holds(tags):
        return None
    return _Line(question, question.id, question.offers_not_applicable(tags), time_to_read(question))


def _count(lines: Iterable[_Line], answers: Answers, taken_over: Collection[str]) -> _Count:
    count = _Count()
    for line in lines:
        answer: ScoredAnswer | None = answers.get(line.id)
        count.asked += 1
        if not settles(answer, line.may_be_left_out):
            count.time += line.time
        else:
            count.answered += 1
            count.unknown += answer is not None and answer.kind is ScoredAnswerKind.UNKNOWN
            if line.id in taken_over:
                count.taken_over += 1
                count.time += TO_CONFIRM
    return count


def time_to_read(question: Question) -> int:
    """In tenths of a second: the question and its levels, and a moment to decide."""
    words = sum(len(text.split()) for text in (question.text, *question.levels))
    return PER_WORD * words + TO_DECIDE


def _minutes(time: int) -> int:
    """Rounded up: a minute begun is a minute."""
    return -(-time // PER_MINUTE)
