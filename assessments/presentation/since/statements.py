"""The statements about what has changed; every list is in the order of the bank."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from assessments.presentation.named_values import NamedFigure, NamedGate, NamedLevel, QuestionRef
from assessments.scoring.types import Counts


class SinceKind(StrEnum):
    """What a statement of a comparison is about; the values are stable names in the JSON form."""

    FIGURE = "figure_since"
    GAP = "gap_since"
    DUTY = "duty_since"
    QUESTION = "question_since"
    APART = "question_apart"


class Movement(StrEnum):
    """Of a figure NO_CLEAR_CHANGE also means a difference too small to mean anything, of a question the same level."""

    BETTER = "better"
    WORSE = "worse"
    NO_CLEAR_CHANGE = "no_clear_change"


class Cause(StrEnum):
    """Why an urgent gap or a duty is open in one of the results and not in the other."""

    ANSWER = "answer"
    """The answer is at another level."""
    NOT_KNOWN = "not_known"
    """In the other result nobody knew the answer."""
    CIRCUMSTANCES = "circumstances"
    """The answer would leave it open in both: a law began to count, or the facts about the business are others."""


class ApartCause(StrEnum):
    """Why a question counts in one of the results only."""

    NOT_ASKED = "not_asked"
    LEFT_OUT = "left_out"
    MEANING = "meaning"
    """It means something else in the newer edition, so the old answer says nothing about it."""


@dataclass(frozen=True, slots=True)
class FigureSince:
    """A pillar or domain; None where nothing was assessed, or too little for a label."""

    kind: ClassVar[SinceKind] = SinceKind.FIGURE
    code: str
    name: str
    before: NamedFigure | None
    after: NamedFigure | None
    direction: Movement


@dataclass(frozen=True, slots=True)
class GapSince:
    """An urgent gap that only one of the results has."""

    kind: ClassVar[SinceKind] = SinceKind.GAP
    question: QuestionRef
    gate: NamedGate
    cause: Cause


@dataclass(frozen=True, slots=True)
class DutySince:
    """A duty that is open in only one of the results; `starts` is the day from which the law asks it."""

    kind: ClassVar[SinceKind] = SinceKind.DUTY
    question: QuestionRef
    law: str
    asks: str
    starts: date | None
    cause: Cause


@dataclass(frozen=True, slots=True)
class QuestionSince:
    """A question whose answer, or whose place above or below its target, differs.

    A level is None where nobody knows. With the same level, it is found out or no longer known, or the target moved.
    """

    kind: ClassVar[SinceKind] = SinceKind.QUESTION
    question: QuestionRef
    domain: str
    before: NamedLevel | None
    after: NamedLevel | None
    in_place_before: bool
    in_place_after: bool
    note_before: str
    note_after: str
    direction: Movement


@dataclass(frozen=True, slots=True)
class QuestionApart:
    """A question that counts in one result only, with its level there; None where nobody knows."""

    kind: ClassVar[SinceKind] = SinceKind.APART
    question: QuestionRef
    level: NamedLevel | None
    cause: ApartCause


@dataclass(frozen=True, slots=True)
class ToldSince:
    """Everything there is to say about two results, the earlier one first.

    Figures, counts, gaps, duties and `questions` are over the `compared` questions that count in both; the others are
    `only_before` and `only_after`. `earlier_edition` is the id of the edition of the earlier result where its answers
    were scored in another, else empty. `figures_differ`: some figure or count here is not that of the result itself.
    `gaps_closed` and `duties_met` are open before and not after, `gaps_new` and `duties_new` the other way round.
    """

    edition: str
    earlier_edition: str
    before_day: date
    after_day: date
    compared: int
    figures_differ: bool
    counts_before: Counts
    counts_after: Counts
    pillars: tuple[FigureSince, ...]
    domains: tuple[FigureSince, ...]
    gaps_closed: tuple[GapSince, ...]
    gaps_new: tuple[GapSince, ...]
    duties_met: tuple[DutySince, ...]
    duties_new: tuple[DutySince, ...]
    questions: tuple[QuestionSince, ...]
    only_before: tuple[QuestionApart, ...]
    only_after: tuple[QuestionApart, ...]

    @property
    def better(self) -> tuple[QuestionSince, ...]:
        return self._moved(Movement.BETTER)

    @property
    def worse(self) -> tuple[QuestionSince, ...]:
        return self._moved(Movement.WORSE)

    @property
    def otherwise(self) -> tuple[QuestionSince, ...]:
        """At the same level, and yet not as before."""
        return self._moved(Movement.NO_CLEAR_CHANGE)

    @property
    def gaps_worked_on(self) -> tuple[GapSince, ...]:
        """The urgent gaps that a better answer closed: not those that nobody knows now, or that no longer apply."""
        return tuple(gap for gap in self.gaps_closed if gap.cause is Cause.ANSWER)

    @property
    def fell(self) -> bool:
        """Whether a pillar is clearly lower, or an answer opened an urgent gap."""
        lower = any(pillar.direction is Movement.WORSE for pillar in self.pillars)
        return lower or any(gap.cause is Cause.ANSWER for gap in self.gaps_new)

    def _moved(self, direction: Movement) -> tuple[QuestionSince, ...]:
        return tuple(each for each in self.questions if each.direction is direction)
