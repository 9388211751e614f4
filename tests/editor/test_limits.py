"""How many drafts there may be, and how many changes of an editor in a day: each is kept for good."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from assessments.editor.services import drafts
from assessments.editor.services.drafts import (
    TooManyBankChanges,
    TooManyDrafts,
    about,
    discard_draft,
    save_about,
    start_draft,
)
from assessments.models import BankChange, EditionRow
from tests.runs import NOW

pytestmark = pytest.mark.django_db


def test_there_are_so_many_drafts(published: EditionRow, editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MOST_DRAFTS", 1)
    first = start_draft(source=published, code="9.1", by=editor, now=NOW)
    with pytest.raises(TooManyDrafts, match="There are 1 drafts already"):
        start_draft(source=published, code="9.2", by=editor, now=NOW)
    assert start_draft(source=published, code="9.1", by=editor, now=NOW) == first, "a double click"
    discard_draft(draft=first, by=editor, now=NOW)
    assert start_draft(source=published, code="9.2", by=editor, now=NOW)


def test_an_editor_changes_so_much_in_a_day(
    published: EditionRow, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "MOST_CHANGES_IN_A_DAY", 1)
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    draft = start_draft(source=published, code="9.1", by=editor, now=NOW)
    texts = about(draft)._replace(title="Another title")
    with pytest.raises(TooManyBankChanges):
        save_about(draft=draft, texts=texts, seen_version=draft.version, by=editor, now=NOW)
    draft.refresh_from_db()
    assert draft.title != "Another title"
    assert BankChange.objects.count() == 1
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(days=1))
    assert save_about(draft=draft, texts=texts, seen_version=draft.version, by=editor, now=NOW).title == "Another title"
