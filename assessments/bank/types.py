"""What a bank edition is made of. Plain frozen values: equal content means equal editions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property


class Depth(StrEnum):
    """How far a run goes; each depth asks everything the one before it asks."""

    QUICK = "quick"
    STANDARD = "standard"
    FULL = "full"

    @property
    def rank(self) -> int:
        return ("quick", "standard", "full").index(self.value)


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


class Verification(StrEnum):
    """How a citation was checked: its text was read, another source was read, or it is from memory."""

    TEXT = "text"
    SECONDARY = "secondary"
    MEMORY = "memory"


class Effort(StrEnum):
    """Size of a first step: half a day, a few days or some help, weeks or a paid specialist."""

    SMALL = "S"
    MEDIUM = "M"
    LARGE = "L"


@dataclass(frozen=True, slots=True)
class Clause:
    """Holds when all of `all`, one of `any` (if any are named) and none of `none` are set."""

    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()

    def holds(self, tags: frozenset[str]) -> bool:
        return (
            tags.issuperset(self.all) and (not self.any or not tags.isdisjoint(self.any)) and tags.isdisjoint(self.none)
        )


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when one of its clauses holds; without clauses it always holds."""

    clauses: tuple[Clause, ...] = ()

    def holds(self, tags: frozenset[str]) -> bool:
        return not self.clauses or any(clause.holds(tags) for clause in self.clauses)

    def names(self) -> frozenset[str]:
        return frozenset(n for c in self.clauses for n in (*c.all, *c.any, *c.none))


ALWAYS = Condition()


@dataclass(frozen=True, slots=True)
class Gate:
    """Below `min_level` the gate is closed and caps its domain, and the named pillars if `cap_pillar` is given."""

    kind: GateKind
    min_level: int
    cap_domain: int
    cap_pillar: int | None
    pillars: tuple[str, ...]
    reason: str
    when: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Duty:
    """What a law asks: met at `level`, in force from `starts` on if the law's tag is set and `when` holds."""

    law: str
    level: int
    says: str
    citations: tuple[str, ...]
    starts: date | None = None
    when: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class QuestionCitation:
    """A citation of a question: a duty where `when` holds and from `starts` on, otherwise a model."""

    label: str
    when: Condition = ALWAYS
    starts: date | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, with its `levels` 0 to 4, its place in the figures, and what it rests on. `weight` is 1 to 3."""

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
    first_step: str
    effort: Effort
    checklist: tuple[str, ...]
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
class Citation:
    """An entry of the registry: what a law or standard says, how that was checked (`verification`) and against what."""

    label: str
    says: str
    law: str
    verification: Verification
    source: str


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
class Law:
    """A law in view. It applies to a business that has the tag `tag`."""

    code: str
    name: str
    tag: str
    says: str
    note: str


@dataclass(frozen=True, slots=True)
class ScaleEntry:
    """A named step of a scale: an answer level, a result label, an effort or a kind of gate."""

    code: str
    name: str
    says: str


@dataclass(frozen=True, slots=True)
class KeyDate:
    """A day on which something of a law begins to apply. `law` may be empty."""

    day: date
    law: str
    text: str


@dataclass(frozen=True, slots=True)
class ScopeOption:
    """One choice of a scope question; an `exclusive` one rules out all others."""

    id: str
    text: str
    help: str = ""
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class ScopeQuestion:
    """A question of the scope wizard: several options if `many`, else one. `not_sure` says how to find out."""

    id: str
    many: bool
    text: str
    help: str
    options: tuple[ScopeOption, ...]
    not_sure: str = ""
    asked_when: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class ScopeScreen:
    """One page of the scope wizard."""

    id: str
    title: str
    intro: str
    questions: tuple[ScopeQuestion, ...]


@dataclass(frozen=True, slots=True)
class TagRule:
    """Sets its tag when the condition over facts ("question.option") and tags ("tag:id") holds."""

    when: Condition
    reason: str


@dataclass(frozen=True, slots=True)
class Tag:
    """What follows from scope facts: set if any rule of `set_when` holds. `otherwise` says why it is off."""

    id: str
    name: str
    says: str
    law: str
    set_when: tuple[TagRule, ...]
    otherwise: str


@dataclass(frozen=True, slots=True)
class OutOfView:
    """Something the bank does not cover, shown to businesses for which `when` holds."""

    id: str
    text: str
    when: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Scope:
    """The scope wizard, the tags it sets, and what is out of view."""

    screens: tuple[ScopeScreen, ...]
    tags: tuple[Tag, ...]
    out_of_view: tuple[OutOfView, ...]


@dataclass(frozen=True)
class Edition:
    """One version of the bank. Questions are in bank order: domains in order, then as written.

    Equality compares everything; the hash uses only the first four fields, because editions are
    cache keys and a hash over the whole bank would cost more than the scoring it saves.
    """

    id: str
    title: str
    language: str
    law_status_as_of: date
    disclaimer: str = field(hash=False)
    scale: tuple[ScaleEntry, ...] = field(hash=False)
    labels: tuple[ScaleEntry, ...] = field(hash=False)
    efforts: tuple[ScaleEntry, ...] = field(hash=False)
    gate_kinds: tuple[ScaleEntry, ...] = field(hash=False)
    pillars: tuple[Pillar, ...] = field(hash=False)
    domains: tuple[Domain, ...] = field(hash=False)
    laws: tuple[Law, ...] = field(hash=False)
    raised_target_tags: frozenset[str] = field(hash=False)
    dates: tuple[KeyDate, ...] = field(hash=False)
    scope: Scope = field(hash=False)
    citations: Mapping[str, Citation] = field(hash=False)
    checklist: Mapping[str, str] = field(hash=False)
    questions: tuple[Question, ...] = field(hash=False)

    @cached_property
    def question(self) -> Mapping[str, Question]:
        return {question.id: question for question in self.questions}

    @cached_property
    def domain(self) -> Mapping[str, Domain]:
        return {domain.code: domain for domain in self.domains}

    @cached_property
    def by_domain(self) -> Mapping[str, tuple[Question, ...]]:
        return {d.code: tuple(q for q in self.questions if q.domain == d.code) for d in self.domains}
