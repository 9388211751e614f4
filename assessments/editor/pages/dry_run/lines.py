"""One change between a draft and a file, as it is shown: what, where, the words, and what to know before ticking it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.bank.diff.editions import ADDED, ORDER, REMOVED, ChangeId, FieldChange, SectionDiff, WholeItem
from assessments.bank.diff.text import text_of
from assessments.bank.diff.words import WordFate, WordRun, word_diff
from assessments.bank.merge.choices import ChangeMark, change_marks
from assessments.bank.merge.days import MovedDay, moved_days
from assessments.bank.merge.three_way import ChangeSource, ThreeWays
from assessments.bank.sections import SPECS, Section
from assessments.editor.pages.changes import SECTIONS, change_runs, field_label, item_title
from assessments.wording.phrases import date_text

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_UNCHANGED = 240
"""Characters of unchanged text in one piece; of a longer one the middle is left out."""
MOST_NEEDS = 5

CHANGED = "changed"
# What a tick does, by who changed it and whether the file has it, lacks it, or has it otherwise.
_CHOICES: "Mapping[ChangeSource, Mapping[str, StrOrPromise]]" = {
    ChangeSource.FILE: {ADDED: gettext_lazy("Add it"), CHANGED: gettext_lazy("Take it in")},
    ChangeSource.REMOVAL: {
        REMOVED: gettext_lazy("Remove it"),
        CHANGED: gettext_lazy("Take it in, and lose what is gone"),
    },
    ChangeSource.CONFLICT: {
        ADDED: gettext_lazy("Bring it back as the file has it"),
        REMOVED: gettext_lazy("Remove it, with what the draft changed"),
        CHANGED: gettext_lazy("Take the file’s version"),
    },
    ChangeSource.UNKNOWN: {
        ADDED: gettext_lazy("Add it"),
        REMOVED: gettext_lazy("Remove it"),
        CHANGED: gettext_lazy("Take the file’s version"),
    },
    ChangeSource.DRAFT: {
        ADDED: gettext_lazy("Bring it back"),
        REMOVED: gettext_lazy("Remove it again"),
        CHANGED: gettext_lazy("Change it back"),
    },
}


@dataclass(frozen=True, slots=True)
class ImportChange:
    """`runs` lead from the draft to the file, or say what the draft changed since where only the draft did.

    Where both changed it they lead from their common state to the file, and `draft_runs` to the draft. `needs` names
    what must come along and is not ticked by itself.
    """

    id: ChangeId
    mark: ChangeMark
    ticked: bool
    key: str
    title: str
    section: "StrOrPromise"
    field: "StrOrPromise"
    verb: str
    choice: "StrOrPromise"
    runs: tuple[WordRun, ...]
    draft_runs: tuple[WordRun, ...]
    needs: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is particular to one change."""

    which: ChangeId
    key: str
    title: str
    field: "StrOrPromise"
    verb: str
    runs: tuple[WordRun, ...]
    draft_runs: tuple[WordRun, ...] = ()
    warnings: tuple[str, ...] = ()


class ChangeLines:
    """The changes of a comparison in words."""

    def __init__(self, ways: ThreeWays, ticked: frozenset[ChangeId]) -> None:
        self._ways = ways
        self._ticked = ticked
        self._marks = change_marks(ways.diff)

    def of(self, wanted: frozenset[ChangeId]) -> dict[ChangeId, ImportChange]:
        return {
            shown.which: self._change(section.section, shown)
            for section in self._ways.diff.sections
            if section.ids & wanted
            for shown in self._section(section, wanted)
        }

    def _change(self, section: Section, shown: _Shown) -> ImportChange:
        source = self._ways.source[shown.which]
        return ImportChange(
            id=shown.which,
            mark=self._marks[shown.which],
            ticked=shown.which in self._ticked,
            key=shown.key,
            title=shown.title,
            section=SECTIONS[section],
            field=shown.field,
            verb=shown.verb,
            choice=_CHOICES[source][shown.verb],
            runs=_shortened(shown.runs),
            draft_runs=_shortened(shown.draft_runs),
            needs=tuple(self._needs(shown.which)),
            warnings=shown.warnings,
        )

    def _needs(self, which: ChangeId) -> Iterator[str]:
        others = sorted(own for own in self._ways.needs[which] if own not in self._ways.ticked)
        yield from (_name_of(own) for own in others[:MOST_NEEDS])
        if len(others) > MOST_NEEDS:
            yield _("%(count)d more") % {"count": len(others) - MOST_NEEDS}

    def _section(self, section: SectionDiff[Any], wanted: frozenset[ChangeId]) -> Iterator[_Shown]:
        """Only those on the page are put into words: comparing long texts takes time."""
        yield from (_whole(whole, ADDED, WordFate.ADDED) for whole in section.added if whole.id in wanted)
        yield from (_whole(whole, REMOVED, WordFate.REMOVED) for whole in section.removed if whole.id in wanted)
        for changed in section.changed:
            title = "" if section.section is Section.FRAME else item_title(changed.after)
            fields = (change for change in changed.fields if change.id in wanted)
            yield from (self._field(section.section, changed.key, title, change) for change in fields)

    def _field(self, section: Section, key: str, title: str, change: FieldChange) -> _Shown:
        source = self._ways.source[change.id]
        runs = change_runs(change)
        draft_runs: tuple[WordRun, ...] = ()
        if change.field != ORDER and source is ChangeSource.DRAFT:
            runs = word_diff(text_of(change.after), text_of(change.before))
        elif change.field != ORDER and source is ChangeSource.CONFLICT:
            base = text_of(self._base(section, key, change.field))
            runs, draft_runs = word_diff(base, text_of(change.after)), word_diff(base, text_of(change.before))
        days = () if source is ChangeSource.DRAFT else moved_days(change.field, change.before, change.after)
        warnings = tuple(_warning(day) for day in days)
        return _Shown(change.id, key, title, field_label(section, change.field), CHANGED, runs, draft_runs, warnings)

    def _base(self, section: Section, key: str, field: str) -> Any:
        """None where both added the item."""
        spec = next(own for own in SPECS if own.section is section)
        items = spec.keyed(self._ways.base) if self._ways.base else {}
        return getattr(items.get(key), field, None)


def _whole(whole: WholeItem[Any], verb: str, fate: WordFate) -> _Shown:
    return _Shown(whole.id, whole.key, "", "", verb, (WordRun(fate, item_title(whole.item)),))


def _name_of(which: ChangeId) -> str:
    """ "Questions DATA-01: Levels" """
    section, key, field = which.split("/")
    name = f"{SECTIONS[Section(section)]} {unquote(key)}".strip()
    if field == REMOVED:
        return _("%(name)s (remove)") % {"name": name}
    return _("%(name)s (add)") % {"name": name} if field == ADDED else f"{name}: {field_label(Section(section), field)}"


def _warning(day: MovedDay) -> str:
    what = f"“{day.of}” " if day.of else ""
    before, after = (date_text(own) if own else _("no day") for own in (day.before, day.after))
    text = what + _("The day moves from %(before)s to %(after)s.") % {"before": before, "after": after}
    if not day.far:
        return text
    return text + " " + _("That is far. Read the law again before you take this in.")


def _shortened(runs: tuple[WordRun, ...]) -> tuple[WordRun, ...]:
    return tuple(
        WordRun(run.fate, f"{run.text[: MOST_UNCHANGED // 2]} […] {run.text[-MOST_UNCHANGED // 2 :]}")
        if run.fate is WordFate.SAME and len(run.text) > MOST_UNCHANGED
        else run
        for run in runs
    )
