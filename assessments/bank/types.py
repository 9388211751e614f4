"""What a bank edition is made of. Plain frozen values: equal content means equal editions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from assessments.bank.conditions import ALWAYS, Condition
from assessments.bank.laws import Authority, Citation, KeyDate, Law
from assessments.bank.scope_types import Preset, Scope
from assessments.bank.steps import Effort, FindOutHint, Step

SHIPPED_BANK = "evenkeel"
"""The bank that ships with Evenkeel, and the bank of every document that names none."""


class Depth(StrEnum):
    """How far a run goes; each depth asks everything the one before it asks."""

    QUICK = "quick"
    STANDARD = "standard"
    FULL = "full"

    @property
    def rank(self) -> int:
        return ("quick", "standard", "full").index(self.value)


class FindingKind(StrEnum):
    """What an unmet duty means: the law is broken now, or will be on the day something goes wrong."""

    NOW = "now"
    ON_THE_DAY = "on_the_day"


class GateKind(StrEnum):
    """Why good answers elsewhere cannot make up for a gate, in the order in which gates must be dealt with."""

    LEGAL_STOP = "legal_stop"
    LEGAL = "legal"
    HARM = "harm"
    FOUNDATION = "foundation"


class NotApplicable(StrEnum):
    """When "not applicable" is offered: always, only while no gate is active for the business, or never."""

    ALWAYS = "always"
    WITHOUT_GATE = "without_gate"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Gate:
    """Below `min_level` the gate is closed and caps its domain, and the named pillars if `cap_pillar` is given.

    `severity` orders gates about law: 3 people can be hurt or the use may have to end, 2 the law is broken day by day,
    1 formal. Before the day `starts` there is no gate.
    """

    kind: GateKind
    min_level: int
    cap_domain: int
    cap_pillar: int | None
    pillars: tuple[str, ...]
    reason: str
    when: Condition = ALWAYS
    severity: int | None = None
    starts: date | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """What a law asks: met at `level`, in force from `starts` on if the law's tag is set and `when` holds.

    `unsettled` says what nobody knows for certain about it yet.
    """

    law: str
    level: int
    says: str
    citations: tuple[str, ...]
    starts: date | None = None
    when: Condition = ALWAYS
    finding: FindingKind = FindingKind.NOW
    unsettled: str = ""


@dataclass(frozen=True, slots=True)
class QuestionCitation:
    """A citation of a question: a duty where `when` holds and from `starts` on, otherwise a model."""

    label: str
    when: Condition = ALWAYS
    starts: date | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, with its `levels` 0 to 4, its place in the figures, and what it rests on. `weight` is 1 to 3.

    `steps` lead to levels 1 to 4. Questions of editions before 2026.2 have `first_step` with its `effort` instead.
    `usual` is the editor's guess at the level of most small businesses: for review, never shown to who answers.
    """

    id: str
    domain: str
    depth: Depth
    text: str
    help: str
    levels: tuple[str, ...]
    weight: int
    weight_reason: str
    citations: tuple[QuestionCitation, ...]
    evidence: tuple[str, ...]
    checklist: tuple[str, ...]
    steps: tuple[Step, ...] = ()
    find_out: FindOutHint | None = None
    usual: int | None = None
    first_step: str = ""
    effort: Effort | None = None
    gates: tuple[Gate, ...] = ()
    duties: tuple[Duty, ...] = ()
    applies_when: Condition = ALWAYS
    not_applicable: NotApplicable = NotApplicable.ALWAYS
    not_applicable_hint: str = ""
    ai_lens: bool = False

    def active_gate(self, tags: frozenset[str]) -> Gate | None:
        """The first gate whose condition holds for a business with these tags."""
        return next((gate for gate in self.gates if gate.when.holds(tags)), None)

    def offers_not_applicable(self, tags: frozenset[str]) -> bool:
        if self.not_applicable is NotApplicable.WITHOUT_GATE:
            return self.active_gate(tags) is None
        return self.not_applicable is NotApplicable.ALWAYS


@dataclass(frozen=True, slots=True)
class Domain:
    """A chapter of the bank. `pillar` is the code of the pillar it counts for; `who_knows` says whom to ask."""

    code: str
    title: str
    pillar: str
    promise: str
    who_knows: str


@dataclass(frozen=True, slots=True)
class Pillar:
    """What a headline figure is given for."""

    code: str
    name: str
    says: str


@dataclass(frozen=True, slots=True)
class ScaleEntry:
    """A named entry of a scale: an answer level, a result label, an effort or a kind of gate."""

    code: str
    name: str
    says: str


@dataclass(frozen=True, slots=True)
class Label(ScaleEntry):
    """A label of a result, with what is there at it and what is missing to the next."""

    there: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class UnknownAnswer:
    """The name of the answer beside the levels, "I don't know", and what it means."""

    name: str
    says: str


@dataclass(frozen=True, slots=True)
class ChecklistEntry:
    """A practice of the checklist, and the businesses that it concerns."""

    id: str
    text: str
    concerns: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class QuickCheck:
    """What a guest is asked: scope questions first, then the questions that decide most, each in this order.

    Of `questions` only those that apply to the guest's business are asked, at most `most` of them.
    """

    facts: tuple[str, ...]
    questions: tuple[str, ...]
    most: int = 8


@dataclass(frozen=True)
class Edition:
    """One version of the bank. Questions are in bank order: domains in order, then as written.

    `bank` is the slug of the bank that it is a version of. `raised_target_when` holds for businesses with higher
    targets (None: for nobody). `damage_first` are the questions that come first among gates about harm.
    `readability_exceptions` give the reason why the texts of a question may be harder to read than others.
    Without `presets` every scope question is asked, and without a `quick_check` guests are offered none.

    Equality compares everything; the hash uses only the first four fields, because editions are
    cache keys and a hash over the whole bank would cost more than the scoring it saves.
    """

    id: str
    title: str
    language: str
    law_status_as_of: date
    disclaimer: str = field(hash=False)
    scale: tuple[ScaleEntry, ...] = field(hash=False)
    labels: tuple[Label, ...] = field(hash=False)
    efforts: tuple[ScaleEntry, ...] = field(hash=False)
    gate_kinds: tuple[ScaleEntry, ...] = field(hash=False)
    pillars: tuple[Pillar, ...] = field(hash=False)
    domains: tuple[Domain, ...] = field(hash=False)
    laws: tuple[Law, ...] = field(hash=False)
    raised_target_when: Condition | None = field(hash=False)
    dates: tuple[KeyDate, ...] = field(hash=False)
    scope: Scope = field(hash=False)
    citations: Mapping[str, Citation] = field(hash=False)
    checklist: Mapping[str, ChecklistEntry] = field(hash=False)
    questions: tuple[Question, ...] = field(hash=False)
    unknown: UnknownAnswer | None = field(default=None, hash=False)
    authorities: Mapping[str, Authority] = field(default_factory=dict, hash=False)
    damage_first: tuple[str, ...] = field(default=(), hash=False)
    link_hosts: tuple[str, ...] = field(default=(), hash=False)
    readability_exceptions: Mapping[str, str] = field(default_factory=dict, hash=False)
    bank: str = field(default=SHIPPED_BANK, hash=False)
    presets: tuple[Preset, ...] = field(default=(), hash=False)
    quick_check: QuickCheck | None = field(default=None, hash=False)

    @cached_property
    def question(self) -> Mapping[str, Question]:
        return {question.id: question for question in self.questions}

    @cached_property
    def domain(self) -> Mapping[str, Domain]:
        return {domain.code: domain for domain in self.domains}

    @cached_property
    def by_domain(self) -> Mapping[str, tuple[Question, ...]]:
        return {d.code: tuple(q for q in self.questions if q.domain == d.code) for d in self.domains}
