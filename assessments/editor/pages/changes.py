"""The differences between two editions as lines to read: what, where, and the words removed and added."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.bank.diff.editions import (
    ChangedItem,
    EditionDiff,
    FieldChange,
    Meaning,
    SectionDiff,
    WholeItem,
    meaning_by_default,
)
from assessments.bank.diff.text import text_of
from assessments.bank.diff.words import WordFate, WordRun, word_diff
from assessments.bank.sections import ChangeKind, Section

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SECTIONS: dict[Section, "StrOrPromise"] = {
    Section.QUESTIONS: gettext_lazy("Questions"),
    Section.DOMAINS: gettext_lazy("Domains"),
    Section.CITATIONS: gettext_lazy("Citations"),
    Section.CHECKLIST: gettext_lazy("Checklist"),
    Section.TAGS: gettext_lazy("Scope tags"),
    Section.SCOPE_QUESTIONS: gettext_lazy("Scope questions"),
    Section.SCREENS: gettext_lazy("Scope screens"),
    Section.OUT_OF_VIEW: gettext_lazy("Out of view"),
    Section.LAWS: gettext_lazy("Laws"),
    Section.AUTHORITIES: gettext_lazy("Authorities"),
    Section.PILLARS: gettext_lazy("Pillars"),
    Section.SCALE: gettext_lazy("Levels of the scale"),
    Section.LABELS: gettext_lazy("Labels of results"),
    Section.EFFORTS: gettext_lazy("Efforts"),
    Section.GATE_KINDS: gettext_lazy("Kinds of gates"),
    Section.FRAME: gettext_lazy("The edition itself"),
}
KINDS: dict[ChangeKind, "StrOrPromise"] = {
    ChangeKind.WORDING: gettext_lazy("Wording"),
    ChangeKind.LEVELS: gettext_lazy("Levels"),
    ChangeKind.WEIGHT: gettext_lazy("Weight"),
    ChangeKind.DEPTH: gettext_lazy("Depth"),
    ChangeKind.GATES: gettext_lazy("Gates"),
    ChangeKind.DUTIES: gettext_lazy("Duties"),
    ChangeKind.SCOPE: gettext_lazy("Who is asked"),
    ChangeKind.CITATIONS: gettext_lazy("Citations"),
    ChangeKind.EVIDENCE: gettext_lazy("Proof"),
    ChangeKind.STEPS: gettext_lazy("Steps"),
    ChangeKind.CHECKLIST: gettext_lazy("Checklist items"),
    ChangeKind.DOMAIN: gettext_lazy("Where it counts"),
    ChangeKind.ORDER: gettext_lazy("Place"),
    ChangeKind.NOT_APPLICABLE: gettext_lazy("“Doesn’t apply”"),
}


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """`field` is the field's name in plain letters; the runs are those of the word diff."""

    id: str
    kind: "StrOrPromise"
    field: str
    runs: tuple[WordRun, ...]


@dataclass(frozen=True, slots=True)
class ItemLines:
    """`verb` is added, removed or changed. `meaning` is of changed questions alone, `chosen` says by whom."""

    key: str
    title: str
    verb: str
    lines: tuple[FieldDifference, ...]
    meaning: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class SectionLines:
    name: "StrOrPromise"
    items: tuple[ItemLines, ...]


def section_lines(diff: EditionDiff, chosen: Mapping[str, Meaning] | None = None) -> tuple[SectionLines, ...]:
    """Questions first; sections without a difference are left out. `chosen` is the editors' say on meanings."""
    by_section = {section.section: section for section in diff.sections}
    return tuple(
        SectionLines(name, tuple(_items(by_section[section], chosen or {})))
        for section, name in SECTIONS.items()
        if by_section[section].ids
    )


def _items(section: SectionDiff[Any], chosen: Mapping[str, Meaning]) -> Iterator[ItemLines]:
    for whole in section.added:
        yield ItemLines(whole.key, _title(whole.item), "added", (_whole(whole, WordFate.ADDED),))
    for whole in section.removed:
        yield ItemLines(whole.key, _title(whole.item), "removed", (_whole(whole, WordFate.REMOVED),))
    for changed in section.changed:
        lines = tuple(_line(field) for field in changed.fields)
        meaning = _meaning(section, changed, chosen)
        yield ItemLines(changed.key, _title(changed.after), "changed", lines, meaning, changed.key in chosen)


def _meaning(section: SectionDiff[Any], changed: ChangedItem[Any], chosen: Mapping[str, Meaning]) -> str:
    if section.section is not Section.QUESTIONS:
        return ""
    return chosen.get(changed.key, meaning_by_default(changed)).value


def _whole(whole: WholeItem[Any], fate: WordFate) -> FieldDifference:
    return FieldDifference(whole.id, "", "", (WordRun(fate, _title(whole.item)),))


def _line(change: FieldChange) -> FieldDifference:
    name = change.field.replace("_", " ")
    return FieldDifference(change.id, KINDS[change.kind], name, _runs(change))


def _runs(change: FieldChange) -> tuple[WordRun, ...]:
    if change.kind is ChangeKind.ORDER:
        before, after = (_behind(str(key)) for key in (change.before, change.after))
        return (WordRun(WordFate.REMOVED, before), WordRun(WordFate.ADDED, after))
    return word_diff(text_of(change.before), text_of(change.after))


def _behind(key: str) -> str:
    return _("after %(key)s") % {"key": key} if key else _("first")


def _title(item: Any) -> str:
    """The words by which people recognise it."""
    return next((str(text) for name in ("text", "title", "name", "says") if (text := getattr(item, name, ""))), "")
