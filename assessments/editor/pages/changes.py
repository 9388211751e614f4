"""The differences between two editions as lines to read: what, where, and the words removed and added."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.bank.diff.editions import (
    ORDER,
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
from assessments.editor.pages.texts import ITEM_NAMES, NAMES

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
    Section.PRESETS: gettext_lazy("Presets"),
    Section.LAWS: gettext_lazy("Laws"),
    Section.AUTHORITIES: gettext_lazy("Authorities"),
    Section.PILLARS: gettext_lazy("Pillars"),
    Section.SCALE: gettext_lazy("Levels of the scale"),
    Section.LABELS: gettext_lazy("Labels of results"),
    Section.EFFORTS: gettext_lazy("Efforts"),
    Section.GATE_KINDS: gettext_lazy("Kinds of gates"),
    Section.FRAME: gettext_lazy("The edition itself"),
}
FIELD_LABELS: dict[str, "StrOrPromise"] = {
    **ITEM_NAMES,
    "order": gettext_lazy("Place"),
    "dates": gettext_lazy("Law dates"),
    "language": gettext_lazy("Language"),
    "unknown": gettext_lazy("The answer “I don’t know”"),
    "readability_exceptions": gettext_lazy("Questions that may be harder to read"),
    "raised_target_when": gettext_lazy("Businesses with higher targets"),
    "damage_first": gettext_lazy("Order of gates about harm"),
    "link_hosts": gettext_lazy("Sites that links may lead to"),
    "intro": gettext_lazy("Introduction"),
    "screen": gettext_lazy("Scope screen"),
    "many": gettext_lazy("Several answers allowed"),
    "options": gettext_lazy("Options"),
    "not_sure": gettext_lazy("Help for “not sure”"),
    "asked_when": gettext_lazy("Asked when"),
    "select": gettext_lazy("Shown as a list to open"),
    "set_when": gettext_lazy("When the tag is on"),
    "otherwise": gettext_lazy("Why the tag is off"),
    "settled_by": gettext_lazy("Scope question that settles it"),
    "quick_check": gettext_lazy("Quick check"),
}
"""Of everything but a question."""
_OF_A_LAW: dict[str, "StrOrPromise"] = {"starts": gettext_lazy("Law dates: in force from")}


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """`field` is the name that its form has, "" for an item as a whole; the runs are those of the word diff."""

    id: str
    field: "StrOrPromise"
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
        yield ItemLines(whole.key, item_title(whole.item), "added", (_whole(whole, WordFate.ADDED),))
    for whole in section.removed:
        yield ItemLines(whole.key, item_title(whole.item), "removed", (_whole(whole, WordFate.REMOVED),))
    for changed in section.changed:
        lines = tuple(_line(section.section, field) for field in changed.fields)
        meaning = _meaning(section, changed, chosen)
        yield ItemLines(changed.key, item_title(changed.after), "changed", lines, meaning, changed.key in chosen)


def _meaning(section: SectionDiff[Any], changed: ChangedItem[Any], chosen: Mapping[str, Meaning]) -> str:
    if section.section is not Section.QUESTIONS:
        return ""
    return chosen.get(changed.key, meaning_by_default(changed)).value


def _whole(whole: WholeItem[Any], fate: WordFate) -> FieldDifference:
    return FieldDifference(whole.id, "", (WordRun(fate, item_title(whole.item)),))


def _line(section: Section, change: FieldChange) -> FieldDifference:
    return FieldDifference(change.id, field_label(section, change.field), change_runs(change))


def field_label(section: Section, field: str) -> "StrOrPromise":
    """As the form of such an item calls the field."""
    if section is Section.QUESTIONS and field in NAMES:
        return NAMES[field]
    if section is Section.LAWS and field in _OF_A_LAW:
        return _OF_A_LAW[field]
    return FIELD_LABELS.get(field, field.replace("_", " "))


def change_runs(change: FieldChange) -> tuple[WordRun, ...]:
    """What the change removes and adds, word by word; of a move, the item before it."""
    if change.kind is ChangeKind.ORDER and change.field == ORDER:
        before, after = (_behind(str(key)) for key in (change.before, change.after))
        return (WordRun(WordFate.REMOVED, before), WordRun(WordFate.ADDED, after))
    return word_diff(text_of(change.before), text_of(change.after))


def _behind(key: str) -> str:
    return _("after %(key)s") % {"key": key} if key else _("first")


def item_title(item: Any) -> str:
    """The words by which people recognise it."""
    return next((str(text) for name in ("text", "title", "name", "says") if (text := getattr(item, name, ""))), "")
