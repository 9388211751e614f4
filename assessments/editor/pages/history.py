"""What was changed, by whom and when, as a readable difference."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from assessments.bank.types import Edition, Question
from assessments.editor.pages.texts import FieldDiff, QuestionTexts, field_diffs
from assessments.models import BankChange, ChangedThing
from assessments.results.json_values import structure

CHANGES_ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """`can_undo`: the state before it can be restored."""

    change: BankChange
    fields: tuple[FieldDiff, ...]
    can_undo: bool


def history_lines(edition: Edition, changes: Iterable[BankChange]) -> tuple[ChangeLine, ...]:
    """In the order given; `edition` gives the words for codes and tags."""
    texts = QuestionTexts(edition)
    return tuple(_line(change, texts) for change in changes)


def changes_of(editions: Iterable[int]) -> QuerySet[BankChange]:
    """Every change of the editions with these keys, newest first."""
    return BankChange.objects.filter(edition__in=list(editions)).select_related("by")


def can_undo(change: BankChange) -> bool:
    """Only a question can be restored, and only if there was one before the change."""
    return change.what == ChangedThing.QUESTION and _is_question(change.before)


def _line(change: BankChange, texts: QuestionTexts) -> ChangeLine:
    return ChangeLine(
        change=change,
        fields=field_diffs(_fields(change.before, texts), _fields(change.after, texts)),
        can_undo=can_undo(change),
    )


def _fields(value: Any, texts: QuestionTexts) -> Mapping[str, Any]:
    if _is_question(value):
        return texts.texts(structure(value, Question))
    return value or {}


def _is_question(value: Any) -> bool:
    return isinstance(value, dict) and "levels" in value
