"""The kinds of statements of a quick check. None has a level, a label or a number out of four."""

from dataclasses import dataclass

from assessments.presentation.named_values import QuestionRef
from assessments.presentation.step_values import StepValue


@dataclass(frozen=True, slots=True)
class SolidStatement:
    """Something that is in place, in the words of the answer, read whole."""

    question: QuestionRef
    answer: str


@dataclass(frozen=True, slots=True)
class GapStatement:
    """What good work elsewhere cannot make up for. `kind` names what kind of gap it is, `reason` why it matters."""

    question: QuestionRef
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class StandsOutStatement:
    """What needs attention first of what was answered so far, and what it usually means."""

    question: QuestionRef
    means: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class FitStep:
    """The next thing to do at one question, and what it usually means to leave it. Its step says no level."""

    question: QuestionRef
    step: StepValue
    means: str


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """Nobody knew the answer: whom to ask and how to find out; `how` is empty where the edition does not say."""

    question: QuestionRef
    who_knows: str
    how: str


@dataclass(frozen=True, slots=True)
class ConcernedLaw:
    """A law that applies for these reasons, or would under any of these conditions."""

    code: str
    name: str
    applies: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckCounts:
    """`counted` are the answered questions that are not left out; the `unknown` ones among them are not in place."""

    asked: int
    answered: int
    in_place: int
    counted: int
    unknown: int
    urgent_gaps: int


@dataclass(frozen=True, slots=True)
class NotAsked:
    """What a quick check leaves out: how many more questions a standard run asks, and topics without a question."""

    questions: int
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldCheck:
    """All that a quick check says, in the order of the page."""

    counts: CheckCounts
    solid: tuple[SolidStatement, ...]
    steps: tuple[FitStep, ...]
    gaps: tuple[GapStatement, ...]
    open_answers: tuple[OpenAnswer, ...]
    laws: tuple[ConcernedLaw, ...]
    not_asked: NotAsked


@dataclass(frozen=True, slots=True)
class ToldInsight:
    """What the first answers say already; `stands_out` is None where all that is known is in place."""

    answered: int
    solid: tuple[SolidStatement, ...]
    stands_out: StandsOutStatement | None
    unknown: int
    left: int
