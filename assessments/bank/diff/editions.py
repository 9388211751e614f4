"""The differences between two editions, field by field, and whether a question still means the same."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, NewType, TypeVar
from urllib.parse import quote

from assessments.bank.diff.order import moved
from assessments.bank.laws import Authority, Citation, Law
from assessments.bank.scope_types import OutOfView, Preset, ScopeScreen, Tag
from assessments.bank.sections import SPECS, ChangeKind, PlacedScopeQuestion, Section, SectionSpec
from assessments.bank.types import ChecklistEntry, Domain, Edition, Gate, Pillar, Question, ScaleEntry

# The same for the same change of any two editions; fit for a form's value.
ChangeId = NewType("ChangeId", str)

ADDED, REMOVED, ORDER = "added", "removed", "order"

Item = TypeVar("Item")


class Meaning(StrEnum):
    """Whether an answer given before still answers the question as it stands now."""

    SAME = "same"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """`before` and `after` are values of the bank; for the order, the key of the preceding item or ""."""

    id: ChangeId
    field: str
    kind: ChangeKind
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class WholeItem(Generic[Item]):
    """An item that one of the two editions does not have."""

    id: ChangeId
    key: str
    item: Item


@dataclass(frozen=True, slots=True)
class ChangedItem(Generic[Item]):
    """An item that both editions have, with its changed fields."""

    key: str
    before: Item
    after: Item
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class SectionDiff(Generic[Item]):
    """The differences in one section."""

    section: Section
    added: tuple[WholeItem[Item], ...]
    removed: tuple[WholeItem[Item], ...]
    changed: tuple[ChangedItem[Item], ...]

    @property
    def ids(self) -> frozenset[ChangeId]:
        wholes = (whole.id for whole in (*self.added, *self.removed))
        return frozenset(wholes) | {field.id for changed in self.changed for field in changed.fields}


@dataclass(frozen=True, slots=True)
class EditionDiff:
    """The order of the citations, the authorities and the checklist is ignored."""

    frame: SectionDiff[Edition]
    scale: SectionDiff[ScaleEntry]
    labels: SectionDiff[ScaleEntry]
    efforts: SectionDiff[ScaleEntry]
    gate_kinds: SectionDiff[ScaleEntry]
    pillars: SectionDiff[Pillar]
    domains: SectionDiff[Domain]
    laws: SectionDiff[Law]
    authorities: SectionDiff[Authority]
    screens: SectionDiff[ScopeScreen]
    scope_questions: SectionDiff[PlacedScopeQuestion]
    tags: SectionDiff[Tag]
    out_of_view: SectionDiff[OutOfView]
    presets: SectionDiff[Preset]
    citations: SectionDiff[Citation]
    checklist: SectionDiff[ChecklistEntry]
    questions: SectionDiff[Question]

    @property
    def sections(self) -> tuple[SectionDiff[Any], ...]:
        return tuple(getattr(self, name) for name in self.__slots__)

    @property
    def ids(self) -> frozenset[ChangeId]:
        return frozenset().union(*(section.ids for section in self.sections))


def compare_editions(old: Edition, new: Edition) -> EditionDiff:
    """Raises DocumentError if an id appears twice in its section, which `check_edition` reports too."""
    return EditionDiff(*(_section(spec, spec.keyed(old), spec.keyed(new)) for spec in SPECS))


def change_id(section: Section, key: str, field: str) -> ChangeId:
    """`field` may also be ADDED, REMOVED or ORDER."""
    return ChangeId(f"{section}/{quote(key, safe=' ')}/{field}")


def _section(spec: SectionSpec, old: Mapping[str, Any], new: Mapping[str, Any]) -> SectionDiff[Any]:
    orders = {change.id: change for change in _moves(spec, old, new)} if spec.ordered else {}
    changed = []
    for key, item in new.items():
        if key in old:
            order = orders.get(change_id(spec.section, key, ORDER))
            fields = (*_fields(spec, key, old[key], item), *((order,) if order else ()))
            if fields:
                changed.append(ChangedItem(key, old[key], item, fields))
    return SectionDiff(
        spec.section,
        tuple(WholeItem(change_id(spec.section, key, ADDED), key, item) for key, item in new.items() if key not in old),
        tuple(
            WholeItem(change_id(spec.section, key, REMOVED), key, item) for key, item in old.items() if key not in new
        ),
        tuple(changed),
    )


def _fields(spec: SectionSpec, key: str, old: Any, new: Any) -> Iterator[FieldChange]:
    for name, kind in spec.fields.items():
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield FieldChange(change_id(spec.section, key, name), name, kind, before, after)


def _moves(spec: SectionSpec, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[FieldChange]:
    """Moves within a container; for an item that changed containers, that field has changed instead."""
    for group in dict.fromkeys(spec.group_of(item) for item in new.values()):
        before = [key for key, item in old.items() if spec.group_of(item) == group]
        after = [key for key, item in new.items() if spec.group_of(item) == group]
        for key in moved(before, after):
            which = change_id(spec.section, key, ORDER)
            yield FieldChange(which, ORDER, ChangeKind.ORDER, _preceding(before, key), _preceding(after, key))


def _preceding(keys: Sequence[str], key: str) -> str:
    place = keys.index(key)
    return keys[place - 1] if place else ""


# Punctuation that can change without changing a word. Not %, &, /, + and currency signs: they are read aloud.
_MARKS = re.compile(r"[\s.,;:!?…'\"«»()\[\]{}\-\u2018-\u201f\u2010-\u2015]+")


def says_the_same(old: str, new: str) -> bool:
    """Whether only punctuation and capitals differ."""
    return _spoken(old) == _spoken(new)


def _spoken(text: str) -> list[str]:
    return [word for word in _MARKS.split(text.casefold()) if word]


def meaning_by_default(change: ChangedItem[Question]) -> Meaning:
    """CHANGED if another answer could now be right.

    That is: other words in the question or its levels (not only marks or capitals), a gate that asks for another
    level or asks it of other businesses, another scope.
    """
    old, new = change.before, change.after
    same = (
        says_the_same(old.text, new.text)
        and len(old.levels) == len(new.levels)
        and all(map(says_the_same, old.levels, new.levels))
        and _demands(old.gates) == _demands(new.gates)
        and old.applies_when == new.applies_when
    )
    return Meaning.SAME if same else Meaning.CHANGED


def _demands(gates: Sequence[Gate]) -> list[tuple[Any, ...]]:
    return [(gate.min_level, gate.when) for gate in gates]


def meanings(old: Edition, new: Edition, chosen: Mapping[str, Meaning]) -> dict[str, Meaning]:
    """By id of each changed question that both editions have; the editor's choice overrides the default."""
    found = {}
    for change in compare_editions(old, new).questions.changed:
        found[change.key] = meaning_by_default(change)
    both = old.question.keys() & new.question.keys()
    return found | {question: meaning for question, meaning in chosen.items() if question in both}
