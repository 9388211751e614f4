"""The lists and small pages of what an edition keeps in its frame: laws, authorities, dates, labels."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.paging import ListPage, list_page
from assessments.bank.types import Edition
from assessments.editor.forms.frame import (
    AuthorityForm,
    DateForm,
    FrameForm,
    LabelForm,
    LawForm,
    NewAuthorityForm,
    UnknownForm,
)
from assessments.editor.forms.presets import NewPresetForm, PresetForm, QuickCheckForm
from assessments.editor.pages.simple_form import BackLink, Removal, SimpleFormPage, back_to
from assessments.editor.pages.texts import ITEM_NAMES, BankTexts, named_texts
from assessments.editor.services.frame import (
    AUTHORITIES,
    DATES,
    LABELS,
    LAWS,
    UNKNOWN,
    FramePart,
    content_version,
)
from assessments.editor.services.presets import PRESETS, QUICK_CHECK
from assessments.models import EditionRow, EditionStatus

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FrameLine:
    """An item in its list."""

    url: str
    name: str
    text: str
    note: str


@dataclass(frozen=True, kw_only=True)
class FrameKind:
    """One kind of item with its pages: names of URLs, titles, and the names of the fields that its list shows.

    `add_url` and `remove_url` are "" where the items are fixed. `keyed`: the URL of an item names its key.
    """

    part: FramePart[Any]
    form: type[FrameForm]
    title: "StrOrPromise"
    lead: "StrOrPromise"
    list_url: str
    item_url: str
    name_field: str
    text_field: str
    note_fields: tuple[str, ...] = ()
    new_form: type[FrameForm] | None = None
    new_title: "StrOrPromise" = ""
    add_url: str = ""
    remove_url: str = ""
    keyed: bool = True

    def url_of(self, row: EditionRow, key: str) -> str:
        return reverse(self.item_url, args=[row.code, key] if self.keyed else [row.code])

    def list_of(self, row: EditionRow) -> BackLink:
        """What has no list of its own leads back to the edition."""
        return back_to(row) if not self.keyed else BackLink(reverse(self.list_url, args=[row.code]), self.title)

    def lines(self, row: EditionRow, edition: Edition) -> Iterable[FrameLine]:
        """All items in order."""
        texts = BankTexts(edition)
        for key, value in self.part.items(edition).items():
            yield self._line(self.url_of(row, key), texts.item_texts(value))

    def _line(self, url: str, texts: Texts) -> FrameLine:
        notes = (f"{ITEM_NAMES[name]}: {texts[name]}" for name in self.note_fields if texts[name])
        return FrameLine(url, texts[self.name_field], texts[self.text_field], "; ".join(notes))


@dataclass(frozen=True, slots=True)
class FrameListPage:
    """`add_url` is "" where nothing can be added."""

    row: EditionRow
    kind: FrameKind
    add_url: str
    lines: ListPage[FrameLine]


FRAME_PAGES: Mapping[str, FrameKind] = {
    "laws": FrameKind(
        part=LAWS,
        form=LawForm,
        title=gettext_lazy("Laws"),
        lead=gettext_lazy("The laws in view, where each stands, and when somebody last looked."),
        list_url="bank_laws",
        item_url="bank_law",
        name_field="name",
        text_field="says",
        note_fields=("status", "looked_up"),
    ),
    "dates": FrameKind(
        part=DATES,
        form=DateForm,
        title=gettext_lazy("Dates"),
        lead=gettext_lazy("Days on which something of a law begins. Owners are told of those that concern them."),
        list_url="bank_dates",
        item_url="bank_date",
        name_field="day",
        text_field="text",
        note_fields=("law", "when", "verification"),
        new_form=DateForm,
        new_title=gettext_lazy("New date"),
        add_url="bank_date_add",
        remove_url="bank_date_remove",
    ),
    "authorities": FrameKind(
        part=AUTHORITIES,
        form=AuthorityForm,
        title=gettext_lazy("Authorities"),
        lead=gettext_lazy("Whoever texts name as the authority, the cyber security agency or the police."),
        list_url="bank_authorities",
        item_url="bank_authority",
        name_field="name",
        text_field="breach_form",
        note_fields=("short", "law", "verification"),
        new_form=NewAuthorityForm,
        new_title=gettext_lazy("New authority"),
        add_url="bank_authority_add",
        remove_url="bank_authority_remove",
    ),
    "labels": FrameKind(
        part=LABELS,
        form=LabelForm,
        title=gettext_lazy("Labels of results"),
        lead=gettext_lazy("What results are called, and what each says."),
        list_url="bank_labels",
        item_url="bank_label",
        name_field="name",
        text_field="says",
    ),
    "presets": FrameKind(
        part=PRESETS,
        form=PresetForm,
        title=gettext_lazy("Presets"),
        lead=gettext_lazy("Trades, and what is true of most businesses in each. A business confirms it, line by line."),
        list_url="bank_presets",
        item_url="bank_preset",
        name_field="name",
        text_field="examples",
        note_fields=("group",),
        new_form=NewPresetForm,
        new_title=gettext_lazy("New preset"),
        add_url="bank_preset_add",
        remove_url="bank_preset_remove",
    ),
    "quick_check": FrameKind(
        part=QUICK_CHECK,
        form=QuickCheckForm,
        title=gettext_lazy("Quick check"),
        lead="",
        list_url="bank_edition",
        item_url="bank_quick_check",
        name_field="title",
        text_field="questions",
        keyed=False,
    ),
    "unknown": FrameKind(
        part=UNKNOWN,
        form=UnknownForm,
        title=gettext_lazy("The answer “I don’t know”"),
        lead="",
        list_url="bank_edition",
        item_url="bank_unknown",
        name_field="name",
        text_field="says",
        keyed=False,
    ),
}


def frame_list_page(row: EditionRow, edition: Edition, kind: FrameKind, query: QueryDict) -> FrameListPage:
    """One page of the items; `query` names the page."""
    is_draft = row.status == EditionStatus.DRAFT
    add_url = reverse(kind.add_url, args=[row.code]) if kind.add_url and is_draft else ""
    return FrameListPage(row, kind, add_url, list_page(tuple(kind.lines(row, edition)), query))


def frame_item_page(row: EditionRow, edition: Edition, kind: FrameKind, key: str) -> SimpleFormPage:
    """One item: its form in a draft, its texts in another edition. 404 if there is none."""
    value = kind.part.items(edition).get(key)
    if value is None:
        raise Http404
    is_draft = row.status == EditionStatus.DRAFT
    initial = {**_fields(value), "version": content_version(value)}
    return SimpleFormPage(
        row,
        BankTexts(edition).item_texts(value).get(kind.name_field) or kind.title,
        kind.list_of(row),
        kind.form(initial=initial, edition=edition, stored=value) if is_draft else None,
        removal=_removal(row, edition, kind, key) if is_draft and kind.remove_url else None,
        texts=named_texts(edition, value),
    )


def frame_new_page(row: EditionRow, edition: Edition, kind: FrameKind) -> SimpleFormPage:
    """The empty form. 404 for a kind whose items are fixed."""
    if kind.new_form is None:
        raise Http404
    return SimpleFormPage(row, kind.new_title, kind.list_of(row), kind.new_form(edition=edition))


def _removal(row: EditionRow, edition: Edition, kind: FrameKind, key: str) -> Removal:
    users = kind.part.users(edition, key)
    if users:
        return Removal("", _("It cannot be removed while it is used by: %(users)s.") % {"users": "; ".join(users)}, 0)
    version = content_version(kind.part.items(edition)[key])
    return Removal(reverse(kind.remove_url, args=[row.code, key]), _("Nothing refers to it."), version)


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}
