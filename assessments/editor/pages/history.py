"""What was changed, by whom and when, as a readable difference."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from assessments.bank.types import Edition, Question
from assessments.editor.pages.texts import ITEM_NAMES, NAMES, BankTexts, FieldDiff, field_diffs
from assessments.models import BankChange, ChangedThing
from assessments.results.json_values import structure

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CHANGES_ON_A_PAGE = 20
FRAME_PARTS: Mapping[str, "StrOrPromise"] = {
    "law": _("Law"),
    "authority": _("Authority"),
    "date": _("Date"),
    "label": _("Label"),
    "preset": _("Preset"),
    "quick_check": _("Quick check"),
    "unknown": _("The answer “I don’t know”"),
}


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """`subject` is what was changed; `can_undo`: the state before it can be restored."""

    change: BankChange
    subject: str
    fields: tuple[FieldDiff, ...]
    can_undo: bool


def history_lines(edition: Edition, changes: Iterable[BankChange]) -> tuple[ChangeLine, ...]:
    """In the order given; `edition` gives the words for codes and tags."""
    texts = BankTexts(edition)
    return tuple(_line(change, texts) for change in changes)


def changes_of(editions: Iterable[int]) -> QuerySet[BankChange]:
    """Every change of the editions with these keys, newest first."""
    return BankChange.objects.filter(edition__in=list(editions)).select_related("by")


def can_undo(change: BankChange) -> bool:
    """Only a question can be restored, and only if there was one before the change."""
    return change.what == ChangedThing.QUESTION and _is_question(change.before)


def _line(change: BankChange, texts: BankTexts) -> ChangeLine:
    names = NAMES if change.what == ChangedThing.QUESTION else ITEM_NAMES
    return ChangeLine(
        change=change,
        subject=_subject(change),
        fields=field_diffs(_fields(change.before, texts), _fields(change.after, texts), names),
        can_undo=can_undo(change),
    )


def _subject(change: BankChange) -> str:
    """ "Question DATA-01"; what is kept within the edition itself has a code that begins with its kind: "law gdpr"."""
    part, _space, code = change.code.partition(" ")
    if change.what == ChangedThing.EDITION and part in FRAME_PARTS:
        return f"{FRAME_PARTS[part]} {code}".strip()
    return f"{change.get_what_display()} {change.code}".strip()


def _fields(value: Any, texts: BankTexts) -> Mapping[str, str]:
    if _is_question(value):
        return texts.texts(structure(value, Question))
    return texts.item_texts(value)


def _is_question(value: Any) -> bool:
    return isinstance(value, dict) and "levels" in value
