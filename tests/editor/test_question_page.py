"""Writing one question: what the page shows, what its buttons do, and that nobody's work is lost."""

from dataclasses import replace
from typing import Any

import pytest
from django.http import HttpResponseBase

from assessments.bank.conditions import Clause, Condition
from assessments.bank.types import Depth, QuestionCitation
from assessments.editor.pages.tried import try_out
from assessments.editor.services.questions import save_question
from assessments.models import BankChange, QuestionRow
from tests.bank.making import SMALL_SCOPE, gate, scope, scope_question, tag, when
from tests.editor.conftest import small_bank
from tests.editor.editing import Editing, form_of
from tests.factories import UserFactory
from tests.pages import buttons, by_id, links, of_class, parse, text_of
from tests.runs import NOW


def open_titles(response: HttpResponseBase) -> list[str]:
    """The rows of gates, duties and citations that are not collapsed."""
    parts = of_class(parse(response), "part")
    return [text_of(part[0]).split(" ")[0] + part.get("id", "")[-2:] for part in parts if "open" in part.attrib]


def save_as_someone_else(editing: Editing, code: str, **changes: Any) -> None:
    row = QuestionRow.objects.get(domain__edition=editing.draft, code=code)
    question = replace(editing.question(code), **changes)
    save_question(
        draft=editing.draft,
        question=question,
        seen_version=row.version,
        by=UserFactory.create(edits_bank=True),
        now=NOW,
    )


def test_beside_the_form_stands_what_the_owner_will_see(editing: Editing) -> None:
    seen = by_id(editing.open("bank_question", "DATA-01"), "side-panel")
    assert "Is DATA-01 done?" in text_of(seen)
    assert "DATA-01 at level 4." in text_of(seen)
    assert "I don’t know" in text_of(seen)
    assert "Asked when: Uses_Ai." in text_of(seen)


def test_it_is_tried_out_on_sample_businesses(editing: Editing) -> None:
    lyon, *others = of_class(editing.open("bank_question", "DATA-01"), "samples")[0]
    assert "Bakery in Lyon, chatbot and newsletter Asked No gate applies here." in text_of(lyon)
    assert len(others) == 11


def test_it_is_said_what_a_closed_gate_does_to_a_sample_business() -> None:
    in_france = tag("gdpr", when("country.fr"))
    of_the_world = scope(*SMALL_SCOPE.screens[0].questions, scope_question("country", "fr", "us_tx", many=False))
    bank = replace(small_bank(), scope=replace(of_the_world, tags=(in_france, tag("uses_ai", when("ai.tools")))))
    lyon, texas, *_others = try_out(bank, bank.question["DATA-01"], NOW.date())
    assert (lyon.asked, lyon.gate) == (True, "Name of legal, closed below level 2")
    # Closed, the gate caps domain and pillar at 1; 4 of the weight of 7 stand at the next level: 1 + 4/7.
    assert [(effect.name, effect.moves) for effect in lyon.effects] == [
        ("Data", "Name of 3 3.0 → Name of 1 1.5"),
        ("Privacy", "Name of 3 3.0 → Name of 1 1.5"),
    ]
    assert (texas.asked, texas.gate, texas.effects) == (True, "", ())


def test_a_question_that_is_not_asked_says_so(editing: Editing) -> None:
    save_as_someone_else(editing, "DATA-01", applies_when=when("ccpa"))
    page = text_of(of_class(editing.open("bank_question", "DATA-01"), "samples")[0])
    assert page.count("Not asked") == 12


def test_saving(editing: Editing) -> None:
    sent = editing.form("bank_question", "DATA-02", text="Do you look twice?", weight="3", meaning="same")
    response = editing.press("bank_question", "DATA-02", sent=sent)
    assert (response.status_code, response["Location"]) == (302, editing.url("bank_question", "DATA-02"))
    question = editing.question("DATA-02")
    assert (question.text, question.weight) == ("Do you look twice?", 3)
    assert "DATA-02 was saved." in text_of(editing.open("bank_question", "DATA-02"))
    assert QuestionRow.objects.get(domain__edition=editing.draft, code="DATA-02").meaning == "same"


def test_line_breaks_are_one_character_and_a_question_is_one_line(editing: Editing) -> None:
    sent = editing.form(
        "bank_question", "DATA-02", text="Do you\r\nlook?", help="One.\r\n\r\n- two", evidence="a\r\n\r\nb\r\na"
    )
    editing.press("bank_question", "DATA-02", sent=sent)
    question = editing.question("DATA-02")
    assert (question.text, question.help, question.evidence) == ("Do you look?", "One.\n\n- two", ("a", "b"))


def test_looking_at_it_saves_nothing(editing: Editing) -> None:
    before = editing.question("DATA-02")
    sent = editing.form("bank_question", "DATA-02", text="Is **this** new?", help="See **here**.", level_4="")
    response = editing.press("bank_question", "DATA-02", sent=sent, do="preview")
    assert response.status_code == 200
    beside = by_id(parse(response), "side-panel")
    assert "Is **this** new?" in text_of(beside)
    assert [text_of(strong) for strong in of_class(beside, "question__help")[0].iter("strong")] == ["here"]
    assert "DATA-02, Level 4: expected text, found nothing" in text_of(beside)
    assert editing.question("DATA-02") == before


def test_problems_lead_to_their_place(editing: Editing) -> None:
    sent = editing.form("bank_question", "DATA-02", level_4="", checklist=[])
    editing.press("bank_question", "DATA-02", sent=sent)
    found = links(by_id(editing.open("bank_question", "DATA-02"), "side-panel"))
    assert found["DATA-02, Level 4"].endswith("/questions/DATA-02/#levels")
    assert found["DATA-02, Checklist items"].endswith("/questions/DATA-02/#checklist")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"text": " "}, "Question: this is needed."),
        ({"text": "x" * 301}, "at most 300 characters"),
        ({"text": "a\0b"}, "Null characters are not allowed."),
        ({"weight": "4"}, "Select a valid choice"),
        ({"depth": "endless"}, "Select a valid choice"),
        ({"checklist": ["S9-9"]}, "Select a valid choice"),
        ({"citations-0-label": "Nowhere 1"}, "Not in the registry of citations"),
        ({"applies_when-ways": "1", "applies_when-0-tag": "luck", "applies_when-0-how": "all"}, "no tag luck"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(editing: Editing, typed: dict[str, Any], says: str) -> None:
    before = editing.question("DATA-02")
    response = editing.press("bank_question", "DATA-02", sent=editing.form("bank_question", "DATA-02", **typed))
    root = parse(response)
    assert response.status_code == 422
    assert says in text_of(by_id(root, "error-summary"))
    assert text_of(next(root.iter("title"))).startswith("Error:")
    targets = {element.get("id") for element in root.iter()}
    assert all(link.get("href", "")[1:] in targets for link in by_id(root, "error-summary").iter("a"))
    assert editing.question("DATA-02") == before


def test_a_form_that_is_not_ours_changes_nothing(editing: Editing) -> None:
    before = editing.question("DATA-02")
    for sent in ({}, {"text": "Is it?"}, {"gates-TOTAL_FORMS": "x"}, {"gates-TOTAL_FORMS": "99999"}):
        for do in ("save", "preview", "add-gates", "add-nothing", "way-", "way-gates-7-when", "more-x"):
            assert editing.press("bank_question", "DATA-02", sent=sent, do=do).status_code in (200, 422)
    assert editing.question("DATA-02") == before


def test_a_gate_is_added_without_a_script(editing: Editing) -> None:
    sent = editing.form("bank_question", "DATA-02", text="Do you look twice?")
    response = editing.press("bank_question", "DATA-02", sent=sent, do="add-gates")
    assert (response.status_code, open_titles(response)) == (200, ["Gate-0"])
    root = parse(response)
    assert not of_class(root, "error-summary")
    assert not of_class(root, "field-error")
    again = form_of(root)
    assert again["text"] == ["Do you look twice?"]
    again |= {"gates-0-kind": "harm", "gates-0-min_level": "3", "gates-0-reason": "It hurts."}
    again |= {"not_applicable": "never", "not_applicable_hint": ""}
    editing.press("bank_question", "DATA-02", sent=again)
    (made,) = editing.question("DATA-02").gates
    assert made == replace(gate(min_level=3), reason="It hurts.")


def test_an_empty_new_row_is_no_row(editing: Editing) -> None:
    root = parse(
        editing.press("bank_question", "DATA-02", sent=editing.form("bank_question", "DATA-02"), do="add-duties")
    )
    assert editing.press("bank_question", "DATA-02", sent=form_of(root)).status_code == 302
    assert editing.question("DATA-02").duties == ()


def test_a_stop_first_gate_caps_at_once_and_the_own_pillar_is_the_default(editing: Editing) -> None:
    typed = {"gates-0-kind": "legal_stop", "gates-0-pillars": []}
    sent = editing.form("bank_question", "DATA-01", **typed)
    sent.pop("gates-0-caps_pillar")
    editing.press("bank_question", "DATA-01", sent=sent)
    (made,) = editing.question("DATA-01").gates
    assert (made.cap_domain, made.cap_pillar, made.pillars) == (0, 0, ("privacy",))


def test_rows_are_put_in_order_and_taken_away(editing: Editing) -> None:
    first, second = gate(on=when("gdpr")), gate(min_level=3)
    save_as_someone_else(editing, "DATA-02", gates=(first, second))
    sent = editing.form("bank_question", "DATA-02", **{"gates-0-ORDER": "2", "gates-1-ORDER": "1"})
    editing.press("bank_question", "DATA-02", sent=sent)
    assert editing.question("DATA-02").gates == (second, first)
    sent = editing.form("bank_question", "DATA-02", **{"gates-0-DELETE": "on", "citations-0-DELETE": "on"})
    editing.press("bank_question", "DATA-02", sent=sent)
    assert editing.question("DATA-02").gates == (first,)
    assert editing.question("DATA-02").citations == ()


def test_a_row_that_is_taken_away_needs_no_more_care(editing: Editing) -> None:
    typed = {"citations-0-label": "Nowhere 1", "citations-0-DELETE": "on"}
    response = editing.press("bank_question", "DATA-02", sent=editing.form("bank_question", "DATA-02", **typed))
    assert response.status_code == 302


def test_a_citation_is_named_once(editing: Editing) -> None:
    save_as_someone_else(editing, "DATA-02", citations=(QuestionCitation("NIST 1"), QuestionCitation("GDPR Art. 1")))
    typed = {"citations-1-label": "NIST 1"}
    response = editing.press("bank_question", "DATA-02", sent=editing.form("bank_question", "DATA-02", **typed))
    assert "This citation is listed twice." in text_of(parse(response))


def test_a_condition_is_put_together_without_a_script(editing: Editing) -> None:
    sent = editing.form("bank_question", "DATA-02")
    first = form_of(parse(editing.press("bank_question", "DATA-02", sent=sent, do="way-applies_when")))
    assert first["applies_when-ways"] == ["1"]
    first |= {"applies_when-0-tag": ["gdpr"], "applies_when-0-how": ["all"]}
    second = form_of(parse(editing.press("bank_question", "DATA-02", sent=first, do="more-applies_when")))
    assert second["applies_when-0-tag"] == ["gdpr", ""]
    second |= {"applies_when-0-tag": ["gdpr", "ccpa"], "applies_when-0-how": ["all", "none"]}
    third = form_of(parse(editing.press("bank_question", "DATA-02", sent=second, do="way-applies_when")))
    third |= {"applies_when-1-tag": ["uses_ai", "ccpa", ""], "applies_when-1-how": ["any", "any", "all"]}
    editing.press("bank_question", "DATA-02", sent=third)
    assert editing.question("DATA-02").applies_when == Condition(
        (Clause(all=("gdpr",), none=("ccpa",)), Clause(any=("uses_ai", "ccpa")))
    )


def test_a_condition_is_tried_out_before_it_is_saved(editing: Editing) -> None:
    """The condition of the question and that of its gate: who is asked, and for whom the gate applies."""
    typed = {"applies_when-0-tag": ["ccpa", ""], "gates-0-when-0-tag": ["uses_ai", ""]}
    sent = editing.form("bank_question", "DATA-01", **typed)
    samples = of_class(parse(editing.press("bank_question", "DATA-01", sent=sent, do="preview")), "samples")[0]
    before = of_class(editing.open("bank_question", "DATA-01"), "samples")[0]
    assert text_of(samples) != text_of(before)
    assert [text_of(line).count("Not asked") for line in samples] == [1] * 12
    assert editing.question("DATA-01").applies_when == when("uses_ai")
    editing.press("bank_question", "DATA-01", sent=sent)
    assert editing.question("DATA-01").applies_when == when("ccpa")
    assert editing.question("DATA-01").gates[0].when == when("uses_ai")


def test_a_tag_is_not_both_wanted_and_ruled_out(editing: Editing) -> None:
    typed = {"applies_when-ways": "1", "applies_when-0-tag": ["gdpr", "gdpr"], "applies_when-0-how": ["all", "none"]}
    response = editing.press("bank_question", "DATA-02", sent=editing.form("bank_question", "DATA-02", **typed))
    assert "both required and excluded" in text_of(by_id(parse(response), "error-summary"))


def test_a_condition_within_a_row_leaves_that_row_open(editing: Editing) -> None:
    sent = editing.form("bank_question", "DATA-01")
    assert open_titles(editing.press("bank_question", "DATA-01", sent=sent, do="way-duties-0-when")) == ["Duty-0"]


def test_two_editors_lose_nothing(editing: Editing) -> None:
    mine = editing.form("bank_question", "DATA-02", text="Is this mine?")
    save_as_someone_else(editing, "DATA-02", text="Is this theirs?", help="Theirs.")
    response = editing.press("bank_question", "DATA-02", sent=mine)
    assert response.status_code == 409
    assert editing.question("DATA-02").text == "Is this theirs?"
    root = parse(response)
    (conflict,) = of_class(root, "conflict")
    assert [text_of(removed) for removed in conflict.iter("del")] == ["[removed] theirs", "[removed] Theirs"]
    assert [text_of(added) for added in conflict.iter("ins")] == ["[added] mine", "[added] It helps"]
    # Enter, or the ordinary button, is no decision.
    again = form_of(root)
    assert again["text"] == ["Is this mine?"]
    assert editing.press("bank_question", "DATA-02", sent=again).status_code == 409
    (keep,) = [button for button in buttons(conflict) if button.name == "keep"]
    assert editing.press("bank_question", "DATA-02", sent={**again, "keep": keep.value}).status_code == 302
    assert editing.question("DATA-02").text == "Is this mine?"
    assert BankChange.objects.filter(code="DATA-02").count() == 2


def test_what_one_saw_in_a_conflict_can_be_outdated_too(editing: Editing) -> None:
    mine = editing.form("bank_question", "DATA-02", text="Is this mine?")
    save_as_someone_else(editing, "DATA-02", text="Is this second?")
    save_as_someone_else(editing, "DATA-02", text="Is this third?")
    assert editing.press("bank_question", "DATA-02", sent={**mine, "keep": "2"}).status_code == 409
    assert editing.question("DATA-02").text == "Is this third?"


def test_the_rule_for_the_meaning_is_shown(editing: Editing) -> None:
    def said(**typed: str) -> str:
        sent = editing.form("bank_question", "DATA-02", **typed)
        return text_of(by_id(parse(editing.press("bank_question", "DATA-02", sent=sent, do="preview")), "meaning-said"))

    assert said() == "Nothing has changed since edition 1.0."
    assert said(help="Better help.") == "Judging by what changed since edition 1.0: the same meaning."
    assert said(text="Is it another question?") == "Judging by what changed since edition 1.0: a changed meaning."


def test_a_new_question(editing: Editing) -> None:
    sent = editing.form("bank_question_add", "DATA", text="Is it new?", depth="full")
    assert "DATA-05" in text_of(by_id(editing.open("bank_question_add", "DATA"), "side-panel"))
    response = editing.press("bank_question_add", "DATA", sent=sent)
    assert (response.status_code, response["Location"]) == (302, editing.url("bank_question", "DATA-05"))
    question = editing.question("DATA-05")
    assert (question.text, question.depth, question.levels) == ("Is it new?", Depth.FULL, ("",) * 5)
    page = text_of(by_id(editing.open("bank_question", "DATA-05"), "side-panel"))
    assert "It is new: nobody has answered it yet." in page
    assert "Level 3 is not written yet" in page


def test_a_new_question_needs_its_question(editing: Editing) -> None:
    response = editing.press("bank_question_add", "DATA", sent=editing.form("bank_question_add", "DATA"))
    assert response.status_code == 422
    assert "DATA-05" not in {own.code for own in QuestionRow.objects.all()}


def test_retiring_asks_first(editing: Editing) -> None:
    page = editing.open("bank_question_retire", "DATA-02")
    assert "Is DATA-02 done?" in text_of(page)
    assert editing.press("bank_question_retire", "DATA-02", sent=form_of(page)).status_code == 302
    assert not QuestionRow.objects.filter(domain__edition=editing.draft, code="DATA-02").exists()
    assert editing.client.get(editing.url("bank_question", "DATA-02")).status_code == 404


def test_moving_to_another_domain_asks_where(editing: Editing) -> None:
    page = editing.open("bank_question_domain", "DATA-02")
    choices = [option.get("value") for option in by_id(page, "id_domain").iter("option")]
    assert choices == ["", "ACCESS"]
    nowhere = editing.press("bank_question_domain", "DATA-02", sent=form_of(page))
    assert nowhere.status_code == 422
    assert of_class(parse(nowhere), "error-summary")
    response = editing.press("bank_question_domain", "DATA-02", sent={**form_of(page), "domain": "ACCESS"})
    assert (response.status_code, response["Location"]) == (302, "/bank/1.1/domains/ACCESS/#DATA-02")
    assert editing.question("DATA-02").domain == "ACCESS"
    history = editing.open("bank_question_history", "DATA-02")
    assert [text_of(each) for tag in ("del", "ins") for each in history.iter(tag)] == [
        "[removed] Data",
        "[added] Access",
    ]


def test_what_changed_meanwhile_is_not_moved_to_another_domain(editing: Editing) -> None:
    sent = {**form_of(editing.open("bank_question_domain", "DATA-02")), "domain": "ACCESS"}
    save_as_someone_else(editing, "DATA-02", text="Is it better?")
    assert editing.press("bank_question_domain", "DATA-02", sent=sent).status_code == 409
    assert editing.question("DATA-02").domain == "DATA"


def test_what_was_moved_meanwhile_is_not_saved_back(editing: Editing) -> None:
    sent = editing.form("bank_question", "DATA-02", text="Is it second?")
    page = editing.open("bank_question_domain", "DATA-02")
    editing.press("bank_question_domain", "DATA-02", sent={**form_of(page), "domain": "ACCESS"})
    assert editing.press("bank_question", "DATA-02", sent=sent).status_code == 409
    assert editing.question("DATA-02").domain == "ACCESS"


def test_what_changed_meanwhile_is_not_retired(editing: Editing) -> None:
    sent = form_of(editing.open("bank_question_retire", "DATA-02"))
    save_as_someone_else(editing, "DATA-02", text="Is it better?")
    response = editing.press("bank_question_retire", "DATA-02", sent=sent)
    assert response.status_code == 409
    assert "Someone changed DATA-02" in text_of(parse(response))
    assert editing.question("DATA-02").text == "Is it better?"
