from dataclasses import replace

import pytest

from accounts.models import User
from assessments.editor.services.drafts import start_draft
from assessments.editor.services.questions import retire_question, save_question
from assessments.models import BankChange, EditionRow, QuestionRow
from assessments.services.editions import publish_edition
from tests.editor.editing import Editing, bank_of
from tests.pages import by_id, of_class, parse, text_of
from tests.runs import NOW


def reword(editing: Editing, text: str, by: User) -> None:
    row = QuestionRow.objects.get(domain__edition=editing.draft, code="DATA-02")
    question = replace(editing.question("DATA-02"), text=text)
    save_question(draft=editing.draft, question=question, seen_version=row.version, by=by, now=NOW)


def undo(editing: Editing, place: int) -> int:
    """Press the undo button of the change in this position of the page; returns the status of the response."""
    form = list(editing.open("bank_question_history", "DATA-02").iter("form"))[place + 1]
    version = next(field.get("value") for field in form.iter("input") if field.get("name") == "version")
    return editing.client.post(form.get("action", ""), {"version": version}).status_code


def test_who_when_and_what_word_by_word(editing: Editing, editor: User) -> None:
    reword(editing, "Is DATA-02 really done?", editor)
    (change,) = of_class(editing.open("bank_question_history", "DATA-02"), "card-plain")
    assert "Changed by Edda, 21 November 2026, 14:02 UTC, in 1.1" in text_of(change)
    assert [text_of(added) for added in change.iter("ins")] == ["[added] really"]
    assert list(change.iter("del")) == []
    assert "Is DATA-02 [added] really done?" in text_of(change)


def test_undo_and_undo_of_the_undo(editing: Editing, editor: User) -> None:
    reword(editing, "Is it second?", editor)
    assert undo(editing, 0) == 302
    assert editing.question("DATA-02").text == "Is DATA-02 done?"
    assert undo(editing, 0) == 302
    assert editing.question("DATA-02").text == "Is it second?"
    verbs = [change.verb for change in BankChange.objects.filter(code="DATA-02").order_by("pk")]
    assert verbs == ["changed", "restored", "restored"]


def test_an_earlier_state_can_be_chosen(editing: Editing, editor: User) -> None:
    for text in ("Is it second?", "Is it third?", "Is it fourth?"):
        reword(editing, text, editor)
    assert undo(editing, 1) == 302
    assert editing.question("DATA-02").text == "Is it second?"


def test_undo_from_an_old_page_overwrites_nobody(editing: Editing, editor: User) -> None:
    reword(editing, "Is it second?", editor)
    page = editing.open("bank_question_history", "DATA-02")
    form = list(page.iter("form"))[1]
    reword(editing, "Is it third?", editor)
    response = editing.client.post(form.get("action", ""), {"version": "2"})
    assert response.status_code == 409
    assert editing.question("DATA-02").text == "Is it third?"


def test_a_retired_question_comes_back_from_its_history(editing: Editing, editor: User) -> None:
    before = editing.question("DATA-02")
    retire_question(draft=editing.draft, code="DATA-02", seen_version=1, by=editor, now=NOW)
    assert undo(editing, 0) == 302
    assert editing.question("DATA-02") == before


def test_history_reaches_back_through_the_editions(editing: Editing, editor: User) -> None:
    reword(editing, "Is it second?", editor)
    publish_edition(edition_row=editing.draft, now=NOW)
    later = Editing(editing.client, start_draft(source=editing.draft, code="1.2", by=editor, now=NOW))
    reword(later, "Is it third?", editor)
    page = later.open("bank_question_history", "DATA-02")
    assert [text_of(change).split(", ")[-1].split(" ")[1] for change in of_class(page, "history__head")] == [
        "1.2",
        "1.1",
    ]
    assert undo(later, 1) == 302
    assert later.question("DATA-02").text == "Is DATA-02 done?"
    assert bank_of(editing.draft).question["DATA-02"].text == "Is it second?"


def test_a_published_edition_shows_its_history_without_undo(editing: Editing, editor: User) -> None:
    reword(editing, "Is it second?", editor)
    publish_edition(edition_row=editing.draft, now=NOW)
    page = editing.open("bank_question_history", "DATA-02")
    assert len(of_class(page, "history__head")) == 1
    assert "Restore the version before this" not in text_of(page)


def test_what_cannot_be_taken_back_is_not_there(editing: Editing, published: EditionRow, editor: User) -> None:
    reword(editing, "Is it second?", editor)
    change = BankChange.objects.get(code="DATA-02")
    for code, pk in (("DATA-01", change.pk), ("DATA-02", change.pk + 1000)):
        assert editing.client.post(editing.url("bank_question_undo", code, pk)).status_code == 404
    elsewhere = Editing(editing.client, start_draft(source=published, code="9.9", by=editor, now=NOW))
    assert elsewhere.client.post(elsewhere.url("bank_question_undo", "DATA-02", change.pk)).status_code == 404


def test_moves_are_told_and_not_undone(editing: Editing) -> None:
    editing.client.post(editing.url("bank_question_move", "DATA-02"), {"step": "up"})
    change = BankChange.objects.get(code="DATA-02")
    page = editing.open("bank_question_history", "DATA-02")
    assert "Place [removed] 2[added] 1" in text_of(page)
    assert editing.client.post(editing.url("bank_question_undo", "DATA-02", change.pk)).status_code == 404


def test_the_history_of_a_draft(editing: Editing, editor: User) -> None:
    reword(editing, "Is it second?", editor)
    heads = [text_of(head) for head in of_class(editing.open("bank_history"), "history__head")]
    assert [head.split(" by ")[0] for head in heads] == ["Changed Question DATA-02", "Copied Edition"]
    assert "Copied from [added] 1.0" in text_of(editing.open("bank_history"))


@pytest.mark.parametrize("code", ["DATA-77", "nonsense"])
def test_no_history_of_what_never_was(editing: Editing, code: str) -> None:
    assert editing.client.get(editing.url("bank_question_history", code)).status_code == 404


def test_texts_of_people_are_only_text(editing: Editing, editor: User) -> None:
    reword(editing, "Is <b>this</b> <script>alert(1)</script> text?", editor)
    response = editing.client.get(editing.url("bank_question_history", "DATA-02"))
    assert b"<script>alert" not in response.content
    assert "<b>this</b>" in text_of(by_id(parse(response), "main"))
