"""What goes into scoring and what comes out. "No score" is None, never 0."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assessments.bank.laws import Citation, Law
from assessments.bank.steps import Effort
from assessments.bank.types import Depth, Duty, FindingKind, Gate, Question

TOP = 4


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
    gate, depends on a scope fact that is still unknown. `target` is None only in results stored before it was kept.
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
    target: int | None = None

    @property
    def counted(self) -> bool:
        return self.low is not None

    @property
    def in_place(self) -> bool:
        """At or above the target; never where nobody knows, or where the question is left out."""
        return self.low is not None and self.target is not None and self.low >= self.target


@dataclass(frozen=True, slots=True)
class Counts:
    """What moves with every improvement: `in_place` of `counted` questions, urgent gaps and open duties.

    `counted` are the asked questions that are not left out; the `unknown` ones among them are not in place.
    `urgent_gaps` are the closed gates that are findings: answered, certain, and not of the kind foundation.
    `open_duties` are those that an answer leaves open now. Two kinds of gates are counted apart:
    `gates_not_looked_at` (nobody knows the answer, or a foundation gate is closed) and `gates_to_check`
    (closed or not known, and resting on a scope fact that is still open).
    """

    in_place: int
    counted: int
    unknown: int
    urgent_gaps: int
    open_duties: int
    gates_not_looked_at: int
    gates_to_check: int


@dataclass(frozen=True, slots=True)
class Sum:
    """The worked sum of one domain or pillar in one pass.

    For a domain `parts[L]` (L = 0..4) is the weight at level L or above, `whole` all counted weight
    and `lowest` the lowest level of a question of weight 3 (None without one). For a pillar
    `parts[L]` is the number of assessed domains with label L or above, `whole` the number of
    assessed domains and `lowest` their lowest label. `uncapped` is the label before gates; `caps`
    are the closed gates that lie below it, deepest first. `set_aside` is given where `uncapped` is one less than
    the label of a small domain without this question, because that is more than its label with it.
    """

    parts: tuple[int, ...]
    whole: int
    lowest: int | None
    uncapped: int
    caps: tuple[Cap, ...]
    figure: Figure
    set_aside: Question | None = None


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
    """`domains` are the assessed ones, in bank order; None for the sums means that there are none.

    `first_indication`: a quick run in which too few questions count for a label. The sums are there, but neither
    their label nor their number is to be shown. `counts` is None only in results stored before there were counts.
    """

    code: str
    low: Sum | None
    high: Sum | None
    proven: Sum | None
    domains: tuple[str, ...]
    counted: int = 0
    first_indication: bool = False
    counts: Counts | None = None

    @property
    def label(self) -> int | None:
        """None where nothing is assessed, or too little for a label."""
        return self.low.figure.label if self.low and not self.first_indication else None


@dataclass(frozen=True, slots=True)
class MustFix:
    """A finding at one question, independent of every number; `finding` is its kind.

    NOW: a closed legal gate, or (`in_part`) duties not fully met behind an open one. ON_THE_DAY: a closed harm
    gate, or (`in_part`) duties that only show when something has happened. `gate` is the closed gate, None where
    none of this kind is; `duties` are those of this kind that are not met. Nothing provisional is a finding: only
    results stored in the first format have `provisional` ones.
    """

    question: Question
    gate: Gate | None
    duties: tuple[Duty, ...]
    level: int
    in_part: bool
    provisional: bool = False
    finding: FindingKind = FindingKind.NOW


@dataclass(frozen=True, slots=True)
class OpenDuty:
    """A duty whose question is answered below the level at which the law's demand is met; `provisional` as above."""

    law: Law
    question: Question
    duty: Duty
    level: int
    citations: tuple[Citation, ...]
    provisional: bool = False
    finding: FindingKind = FindingKind.NOW


@dataclass(frozen=True, slots=True)
class OpenFact:
    """A tag that is on only while a fact is unknown, and the id of the scope question that settles it.

    An older edition does not name the question: it is empty then.
    """

    tag: str
    scope_question: str


@dataclass(frozen=True, slots=True)
class ToCheck:
    """What would be a finding or a step if the open facts turn out so: the closed gate, the duties, or neither.

    With neither it is the question itself that may not concern this business; it is answered below its target.
    """

    question: Question
    level: int
    gate: Gate | None
    duties: tuple[Duty, ...]
    open_facts: tuple[OpenFact, ...]


@dataclass(frozen=True, slots=True)
class FindOut:
    """A question nobody could answer yet, with whom to ask. `answered` tells "don't know" from unanswered.

    `open_facts`: what has to be settled before it is certain that the question, or its gate, concerns this business.
    """

    question: Question
    who_knows: str
    gate: Gate | None
    answered: bool
    open_facts: tuple[OpenFact, ...] = ()


@dataclass(frozen=True, slots=True)
class NotLookedAt:
    """A closed gate of the kind foundation: the answer says that nobody has looked."""

    question: Question
    who_knows: str
    gate: Gate
    level: int


@dataclass(frozen=True, slots=True)
class StartingSoon:
    """A gate, or a duty with its law, that starts on `day` and whose question stands below the level it needs."""

    question: Question
    day: date
    level: int
    needed: int
    law: Law | None
    duty: Duty | None
    gate: Gate | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question that does not apply, with the reason that somebody gave."""

    question: Question
    reason: str


@dataclass(frozen=True, slots=True)
class StepChoice:
    """Which wording of the step to level `to` fits a business: a variant (its index), the solo one, or the usual."""

    to: int
    variant: int | None = None
    solo: bool = False


@dataclass(frozen=True, slots=True)
class Todo:
    """One entry of the plan: raise `question` from `level` to `target` by these `steps`, one for each level.

    `gate` is the gate that is closed now, `band` (1 to 5) its place in the order of the plan. An older edition has
    no steps: then `minutes` is None and `effort` that of its first step.
    """

    question: Question
    level: int
    target: int
    gate: Gate | None
    band: int = 5
    effort: Effort | None = None
    minutes: int | None = None
    steps: tuple[StepChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoredResult:
    """Everything a page or report says about one set of answers, in the order of presentation.

    Three kinds of finding, never mixed. Unlawful now: `must_fix` and `open_duties`. Would be missed on the day it
    goes wrong: `on_the_day` and `duties_on_the_day`. Nobody has looked: `find_out` (no answer is known),
    `not_looked_at` (the answer says so) and `to_check` (a scope fact is open). `starting_soon` is not yet a finding.
    `overall` is the lowest label of a pillar, None if no pillar has one. `lens` is the AI lens: shown, never counted.
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
    on_the_day: tuple[MustFix, ...] = ()
    duties_on_the_day: tuple[OpenDuty, ...] = ()
    not_looked_at: tuple[NotLookedAt, ...] = ()
    to_check: tuple[ToCheck, ...] = ()
    starting_soon: tuple[StartingSoon, ...] = ()
    counts: Counts | None = None

    @property
    def complete(self) -> bool:
        return self.answered == self.asked
