"""What goes into scoring and what comes out. "No score" is None, never 0."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assessments.bank.laws import Citation, Law
from assessments.bank.types import Depth, Duty, Gate, Question


class ScoredAnswerKind(StrEnum):
    """A level, "don't know", or "not applicable"."""

    LEVEL = "level"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class ScoredAnswer:
    """One answer as scoring sees it. `level` is given exactly for LEVEL, `reason` for NOT_APPLICABLE."""

    kind: ScoredAnswerKind
    level: int | None = None
    reason: str = ""
    has_evidence: bool = False


Answers = Mapping[str, ScoredAnswer]


@dataclass(frozen=True, slots=True)
class Run:
    """What a run fixes besides its edition: how deep it asks, and the scope tags that are on.

    `provisional` are the tags that are on only because a scope fact is still unknown.
    """

    depth: Depth
    tags: frozenset[str]
    provisional: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, order=True)
class Figure:
    """A label 0..4 and the progress towards the next one, in tenths 0..9. The floor of the number is the label."""

    label: int
    tenths: int

    def __str__(self) -> str:
        return f"{self.label}.{self.tenths}"


@dataclass(frozen=True, slots=True)
class Cap:
    """A closed gate whose cap lies below the label that the answers alone would reach."""

    question: Question
    gate: Gate
    cap: int
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    """How one asked question went into the figures. `low` and `high` are None where it is not counted.

    `gate` is the gate active for this business. `provisional`: whether it is asked, or with which
    gate, depends on a scope fact that is still unknown.
    """

    question: Question
    answer: ScoredAnswer | None
    low: int | None
    high: int | None
    proven: int | None
    gate: Gate | None
    closed: bool
    closed_if_high: bool
    provisional: bool

    @property
    def counted(self) -> bool:
        return self.low is not None


@dataclass(frozen=True, slots=True)
class Sum:
    """The worked sum of one domain or pillar in one pass.

    For a domain `parts[L]` (L = 0..4) is the weight at level L or above, `whole` all counted weight
    and `lowest` the lowest level of a question of weight 3 (None without one). For a pillar
    `parts[L]` is the number of assessed domains with label L or above, `whole` the number of
    assessed domains and `lowest` their lowest label. `uncapped` is the label before gates; `caps`
    are the closed gates that lie below it, deepest first.
    """

    parts: tuple[int, ...]
    whole: int
    lowest: int | None
    uncapped: int
    caps: tuple[Cap, ...]
    figure: Figure


@dataclass(frozen=True, slots=True)
class DomainResult:
    """`low`, `high` and `proven` are None if not assessed: nothing in the domain was counted."""

    code: str
    low: Sum | None
    high: Sum | None
    proven: Sum | None
    traces: tuple[Trace, ...]
    not_applicable_heavy: bool

    @property
    def assessed(self) -> bool:
        return self.low is not None


@dataclass(frozen=True, slots=True)
class PillarResult:
    """`domains` are the assessed ones, in bank order; None for the sums means that there are none."""

    code: str
    low: Sum | None
    high: Sum | None
    proven: Sum | None
    domains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MustFix:
    """An answered closed gate, or (`in_part`) a duty not yet fully met behind an open one.

    Independent of every number. `gate` is the closed gate, None where it is open; `duties` are those not met.
    """

    question: Question
    gate: Gate | None
    duties: tuple[Duty, ...]
    level: int
    in_part: bool
    provisional: bool


@dataclass(frozen=True, slots=True)
class OpenDuty:
    """A duty whose question is answered below the level at which the law's demand is met."""

    law: Law
    question: Question
    duty: Duty
    level: int
    citations: tuple[Citation, ...]
    provisional: bool


@dataclass(frozen=True, slots=True)
class FindOut:
    """A question nobody could answer yet, with whom to ask. `answered` tells "don't know" from unanswered."""

    question: Question
    who_knows: str
    gate: Gate | None
    answered: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    question: Question
    reason: str


@dataclass(frozen=True, slots=True)
class Todo:
    """One step of the plan: raise `question` from `level` to `target`.

    `gate` is the gate that is closed now. `score` is 4 x gap x weight / effort, a whole number.
    """

    question: Question
    level: int
    target: int
    gate: Gate | None
    score: int


@dataclass(frozen=True, slots=True)
class ScoredResult:
    """Everything a page or report says about one set of answers, in the order of presentation.

    `overall` is the lowest pillar label, None if no pillar is assessed. `lens` is the AI lens: shown, never counted.
    """

    run: Run
    domains: tuple[DomainResult, ...]
    pillars: tuple[PillarResult, ...]
    overall: int | None
    must_fix: tuple[MustFix, ...]
    open_duties: tuple[OpenDuty, ...]
    find_out: tuple[FindOut, ...]
    left_out: tuple[LeftOut, ...]
    todo: tuple[Todo, ...]
    asked: int
    answered: int
    lens: DomainResult | None = None

    @property
    def complete(self) -> bool:
        return self.answered == self.asked
