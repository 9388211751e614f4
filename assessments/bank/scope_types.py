"""The scope wizard: facts about a business, and the tags that follow from them."""

from dataclasses import dataclass

from assessments.bank.conditions import ALWAYS, Condition


@dataclass(frozen=True, slots=True)
class ScopeOption:
    """One choice of a scope question; an `exclusive` one rules out all others.

    `group` is the heading it stands under in a long list. A country names its data protection authority, its cyber
    security agency and its police by their codes in the edition. `says` is the choice as a sentence about the business,
    for whoever reads it without the question.
    """

    id: str
    text: str
    help: str = ""
    exclusive: bool = False
    group: str = ""
    authority: str = ""
    cyber: str = ""
    police: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class ScopeQuestion:
    """A question of the scope wizard: several options if `many`, else one. `not_sure` says how to find out.

    `select` shows the options as a list to open, for those that have many.
    """

    id: str
    many: bool
    text: str
    help: str
    options: tuple[ScopeOption, ...]
    not_sure: str = ""
    asked_when: Condition = ALWAYS
    select: bool = False


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
class Otherwise:
    """Why a tag is off, where `when` holds over facts ("question.option") and tags ("tag:id")."""

    text: str
    when: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Tag:
    """What follows from scope facts: set if any rule of `set_when` holds.

    The first of `otherwise` that holds says why it is off. `settled_by` is the scope question that settles it while
    it is to be checked.
    """

    id: str
    name: str
    says: str
    law: str
    set_when: tuple[TagRule, ...]
    otherwise: tuple[Otherwise, ...]
    settled_by: str = ""


@dataclass(frozen=True, slots=True)
class OutOfView:
    """Something the bank does not cover, shown to businesses for which `when` holds."""

    id: str
    text: str
    when: Condition = ALWAYS


NEVER_ASSUMED = ("country", "people", "ai")
"""The scope questions that every business answers itself: they decide what a preset may assume."""


@dataclass(frozen=True, slots=True)
class PresetFact:
    """What a preset assumes at a scope question, where `when` holds over options of NEVER_ASSUMED.

    Of several facts for one question the first whose condition holds counts.
    """

    question: str
    options: tuple[str, ...]
    when: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Preset:
    """A trade with what is true of most businesses in it. Nothing of it counts until the business confirms it.

    `group` is the heading it stands under in a long list; `examples` are further words that people look for. `asks` are
    the scope questions about which it says nothing on purpose, because such businesses differ.
    """

    id: str
    name: str
    facts: tuple[PresetFact, ...]
    examples: str = ""
    group: str = ""
    asks: tuple[str, ...] = ()

    def assumed(self, chosen: frozenset[str]) -> dict[str, tuple[str, ...]]:
        """The options by scope question, for a business that has `chosen` these options ("question.option")."""
        found: dict[str, tuple[str, ...]] = {}
        for fact in self.facts:
            if fact.when.holds(chosen):
                found.setdefault(fact.question, fact.options)
        return found


@dataclass(frozen=True, slots=True)
class Scope:
    """The scope wizard, the tags it sets, and what is out of view."""

    screens: tuple[ScopeScreen, ...]
    tags: tuple[Tag, ...]
    out_of_view: tuple[OutOfView, ...]
