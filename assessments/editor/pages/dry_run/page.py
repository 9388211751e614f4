"""What a file would change in a draft, page by page: who changed what since the file was exported."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.paging import ListPage, list_page
from assessments.bank.diff.editions import ChangeId
from assessments.bank.merge.choices import with_choices
from assessments.bank.merge.three_way import ChangeSource, ThreeWays
from assessments.bank.sections import Section
from assessments.bank.types import Edition
from assessments.editor.pages.changes import SECTIONS
from assessments.editor.pages.dry_run.lines import ChangeLines, ImportChange
from assessments.editor.services.imports import choices_of, compare_import
from assessments.editor.services.publishing import fingerprint
from assessments.models import BankImport, EditionRow
from assessments.wording.phrases import date_text

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PER_PAGE = 25

_GROUPS: "Mapping[ChangeSource, tuple[StrOrPromise, StrOrPromise]]" = {
    ChangeSource.FILE: (
        gettext_lazy("Changed in the file"),
        gettext_lazy("Only the file changed this since it was exported."),
    ),
    ChangeSource.CONFLICT: (
        gettext_lazy("Changed in both: choose"),
        gettext_lazy("The file and the draft both changed this. Without a tick, the draft’s version stays."),
    ),
    ChangeSource.REMOVAL: (
        gettext_lazy("Left out in the file"),
        gettext_lazy("Something of this is in the draft, and no longer in the file. It stays unless you tick it."),
    ),
    ChangeSource.UNKNOWN: (
        gettext_lazy("Different in the file"),
        gettext_lazy("Tick what the draft should take from the file."),
    ),
    ChangeSource.DRAFT: (
        gettext_lazy("Changed in the draft since your export: stays"),
        gettext_lazy("The file still has what was there before. Tick only what should be like that again."),
    ),
}


@dataclass(frozen=True, slots=True)
class ImportGroup:
    """The changes of one kind on this page; `count` and `ticked` are those of all pages."""

    source: ChangeSource
    name: "StrOrPromise"
    says: "StrOrPromise"
    count: int
    ticked: int
    changes: tuple[ImportChange, ...]


@dataclass(frozen=True, slots=True)
class DryRunPage:
    """`seen` is the fingerprint of the draft that is shown; `known` says whether the file's origin is known."""

    draft: EditionRow
    kept: BankImport
    seen: str
    origin: str
    known: bool
    state: str
    to_do: int
    ticked: int
    groups: tuple[ImportGroup, ...]
    list: ListPage[ChangeId]


def dry_run_page(kept: BankImport, draft: EditionRow, now: Edition, query: QueryDict) -> DryRunPage:
    """`now` is the content of the draft; `query` names the page of the list."""
    ways = compare_import(kept, now)
    ticked = with_choices(ways, choices_of(kept))
    ordered = [which for source in _GROUPS for which in _ordered(ways, source, ticked)]
    page: ListPage[ChangeId] = list_page(ordered, query, size=PER_PAGE)
    changes = ChangeLines(ways, ticked).of(frozenset(page.rows))
    groups = (_group(ways, source, ticked, [changes[which] for which in page.rows]) for source in _GROUPS)
    to_do = sum(own is not ChangeSource.DRAFT for own in ways.source.values())
    return DryRunPage(
        draft=draft,
        kept=kept,
        seen=fingerprint(draft, now),
        origin=_origin(kept, known=ways.base is not None),
        known=ways.base is not None,
        state=_state(draft, to_do, known=ways.base is not None),
        to_do=to_do,
        ticked=len(ticked),
        groups=tuple(group for group in groups if group.changes),
        list=page,
    )


def _ordered(ways: ThreeWays, source: ChangeSource, ticked: frozenset[ChangeId]) -> list[ChangeId]:
    """Questions first, as everywhere; before them what somebody ticked."""
    places = {section: place for place, section in enumerate(SECTIONS)}

    def order(which: ChangeId) -> tuple[bool, int]:
        return which not in ticked or which in ways.ticked, places[Section(which.partition("/")[0])]

    return sorted((which for which, own in ways.source.items() if own is source), key=order)


def _group(ways: ThreeWays, source: ChangeSource, ticked: frozenset[ChangeId], here: list[ImportChange]) -> ImportGroup:
    name, says = _GROUPS[source]
    own = [which for which, its in ways.source.items() if its is source]
    shown = tuple(change for change in here if ways.source[change.id] is source)
    return ImportGroup(source, name, says, len(own), sum(which in ticked for which in own), shown)


def _origin(kept: BankImport, *, known: bool) -> str:
    code, day = kept.origin.get("edition", ""), _day(kept.origin.get("exported_at", ""))
    if known and day:
        return _("The file was exported from %(code)s on %(day)s.") % {"code": code, "day": day}
    if known:
        return _("The file was exported from %(code)s.") % {"code": code}
    if code:
        return _("The file says that it comes from %(code)s, but that state of it is not stored here.") % {"code": code}
    return _("The file doesn’t say what it was exported from.")


def _day(text: str) -> str:
    """Whatever people made of it in the file."""
    try:
        return date_text(timezone.localtime(datetime.fromisoformat(text)).date())
    except ValueError:
        return ""


def _state(draft: EditionRow, to_do: int, *, known: bool) -> str:
    if to_do:
        found = ngettext("%(count)d difference to look at.", "%(count)d differences to look at.", to_do)
        return found % {"count": to_do}
    if known:
        return _("All is well: everything that was changed in this file is in the draft. There is nothing to do.")
    if draft.predecessor_id is None:
        return _("All is well: the draft was made from this file and holds everything in it.")
    return _("All is well: the draft has everything that is in this file. There is nothing to do.")
