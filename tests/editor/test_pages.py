"""The pages around a question: editions, an edition, its lists, its small items; and what is published stays."""

from dataclasses import replace
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from assessments.bank.conditions import Clause, Condition
from assessments.bank.types import Edition, GateKind
from assessments.editions.samples import SAMPLES, sample_tags
from assessments.editor import publishing_urls, urls
from assessments.editor.forms.files import ImportForm
from assessments.editor.forms.simple_forms import NewDraftForm
from assessments.editor.pages.conditions import condition_words
from assessments.editor.services.citations import save_citation
from assessments.editor.services.drafts import start_draft
from assessments.models import BankChange, ChecklistItem, CitationRow, EditionRow, EditionStatus
from assessments.results.json_values import unstructure
from assessments.services.editions import publish_edition, store_draft
from tests.bank.making import gate, question, when
from tests.editor.conftest import small_bank
from tests.editor.editing import Editing, bank_of, form_of
from tests.editor.steps import STEPS
from tests.factories import UserFactory
from tests.pages import by_id, links, of_class, parse, text_of
from tests.runs import NOW


def test_the_list_of_editions(editing: Editing, published: EditionRow, editor: User) -> None:
    publish_edition(edition_row=start_draft(source=published, code="1.2", by=editor, now=NOW), now=NOW)
    EditionRow.objects.filter(pk=published.pk).update(status=EditionStatus.RETIRED, offered_at=None)
    response = editing.client.get("/bank/")
    found = links(parse(response))
    assert {found["1.0"], found["1.1"], found["1.2"]} == {"/bank/1.0/", "/bank/1.1/", "/bank/1.2/"}
    assert found["Copy to a draft: 1.2"] == "/bank/1.2/copy/"
    page = text_of(by_id(parse(response), "main"))
    assert "Copied from 1.0 by Edda, 21 November 2026, 14:02 UTC" in page
    assert "Edda" in text_of(list(parse(response).iter("section"))[-1])


def test_bank_editors_find_the_bank_and_others_do_not(editing: Editing) -> None:
    assert "Question bank" in links(parse(editing.client.get("/settings/")))
    editing.client.force_login(UserFactory.create())
    assert "Question bank" not in links(parse(editing.client.get("/settings/")))


def test_a_draft_is_started_from_a_published_edition(editing: Editing) -> None:
    response = editing.client.post("/bank/1.0/copy/", {"code": "2.0-next_one"})
    assert (response.status_code, response["Location"]) == (302, "/bank/2.0-next_one/")
    draft = EditionRow.objects.get(code="2.0-next_one")
    assert bank_of(draft) == replace(small_bank(), id="2.0-next_one")


@pytest.mark.parametrize("code", ["", "1.1", "1.0", "Import", "a b", "a/b", "../x", ".x", "x" * 41, "ü"])
def test_a_draft_needs_a_name_of_its_own(editing: Editing, code: str) -> None:
    response = editing.client.post("/bank/1.0/copy/", {"code": code})
    assert response.status_code == 422
    assert of_class(parse(response), "error-summary")
    assert EditionRow.objects.count() == 2


def test_no_edition_has_the_name_of_a_page(db: None) -> None:
    addresses = [str(each.pattern) for each in (*urls.urlpatterns, *publishing_urls.urlpatterns)]
    names = [address.partition("/")[0] for address in addresses if address and not address.startswith("<")]
    assert "import" in names
    for name in (*names, "Import"):
        assert NewDraftForm({"code": name}).errors["code"] == [
            "This name is reserved for a page of the bank. Choose another."
        ]
        form = ImportForm({"kind": "edition", "name": name}, drafts=[])
        assert form.errors["name"] == ["This name is reserved for a page of the bank. Choose another."]


def test_drafts_are_not_copied_and_names_lead_nowhere_by_accident(editing: Editing) -> None:
    assert editing.client.get("/bank/1.1/copy/").status_code == 404
    assert editing.client.get("/bank/9.9/").status_code == 404


def test_a_draft_at_a_glance(editing: Editing) -> None:
    page = text_of(by_id(editing.open("bank_edition"), "main"))
    assert "4 questions 3 quick, 0 standard, 1 full" in page
    assert "2 citations 1 not verified" in page


def test_every_problem_has_the_way_to_its_place(editing: Editing) -> None:
    ChecklistItem.objects.create(edition=editing.draft, code="S0-9", order=9, text="Nobody covers this.")
    root = editing.open("bank_edition")
    found = links(of_class(root, "problems--errors")[0])
    assert found["Checklist item S0-9"] == editing.url("bank_item", "S0-9")
    everything = links(root)
    pk = CitationRow.objects.get(edition=editing.draft, label="NIST 1").pk
    assert everything["Citation NIST 1, How it was checked"] == editing.url("bank_citation", pk)
    assert everything["Domain DATA"] == editing.url("bank_domain", "DATA")


def test_what_has_no_page_is_only_named(editing: Editing) -> None:
    frame = {**editing.draft.frame, "raised_target_when": {"clauses": [{"all": ["luck"], "any": [], "none": []}]}}
    EditionRow.objects.filter(pk=editing.draft.pk).update(frame=frame)
    errors = of_class(editing.open("bank_edition"), "problems--errors")[0]
    assert "Businesses with higher targets: luck is not a tag of this document" in text_of(errors)


def test_a_published_edition_names_no_problems(editing: Editing) -> None:
    publish_edition(edition_row=editing.draft, now=NOW)
    root = editing.open("bank_edition")
    assert not of_class(root, "problems")
    assert "It no longer changes" in text_of(root)


@pytest.fixture
def searched(editing: Editing) -> Editing:
    bank = small_bank()
    harm = question("ACCESS-01", gates=(gate(GateKind.HARM),))
    questions = (*bank.questions[:-1], replace(harm, help="Ask about keys.", checklist=("S0-2",), steps=STEPS))
    return Editing(editing.client, store_draft(edition=replace(bank, id="searched", questions=questions)))


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, "DATA-01 DATA-02 DATA-04 ACCESS-01"),
        ({"text": "KEYS ask"}, "ACCESS-01"),
        ({"text": "nist"}, "DATA-02"),
        ({"text": "way sign-in"}, "ACCESS-01"),
        ({"text": "data-04"}, "DATA-04"),
        ({"domain": "ACCESS"}, "ACCESS-01"),
        ({"depth": "full"}, "DATA-04"),
        ({"law": "gdpr"}, "DATA-01 DATA-04 ACCESS-01"),
        ({"law": "ccpa"}, ""),
        ({"gate": "legal"}, "DATA-01"),
        ({"gate": "any"}, "DATA-01 ACCESS-01"),
        ({"gate": "none"}, "DATA-02 DATA-04"),
        ({"item": "S0-2"}, "DATA-02 ACCESS-01"),
        ({"citation": "unverified"}, "DATA-02"),
        ({"domain": "DATA", "gate": "none", "depth": "full"}, "DATA-04"),
        ({"domain": "NOWHERE"}, "DATA-01 DATA-02 DATA-04 ACCESS-01"),
    ],
)
def test_finding_questions(searched: Editing, wanted: dict[str, str], found: str) -> None:
    response = searched.client.get(searched.url("bank_questions"), wanted)
    tasks = of_class(parse(response), "task")
    assert " ".join(text_of(task).split(" ")[0] for task in tasks) == found
    assert ("No question matches." in text_of(parse(response))) == (not found)


def test_questions_are_moved_by_buttons_and_one_stays_in_place(editing: Editing) -> None:
    response = editing.client.post(editing.url("bank_question_move", "DATA-04"), {"step": "up"})
    assert response["Location"] == editing.url("bank_domain", "DATA") + "#DATA-04"
    lines = of_class(editing.open("bank_domain", "DATA"), "task")
    assert [line.get("id") for line in lines] == ["DATA-01", "DATA-04", "DATA-02"]
    assert all(line.get("tabindex") == "-1" for line in lines)
    editing.client.post(editing.url("bank_domain_move", "DATA"), {"step": "down"})
    assert [domain.code for domain in bank_of(editing.draft).domains] == ["ACCESS", "DATA"]
    editing.client.post(editing.url("bank_item_move", "S0-1"), {"step": "down"})
    assert list(bank_of(editing.draft).checklist) == ["S0-2", "S0-1"]


# Each small item: its page with arguments, one changed field, and what the bank contains then.
def pk_of(editing: Editing) -> int:
    return CitationRow.objects.get(edition=editing.draft, label="NIST 1").pk


THINGS: dict[str, tuple[Any, dict[str, str], Any]] = {
    "bank_about": (lambda editing: (), {"title": "Better"}, lambda bank: bank.title),
    "bank_domain": (lambda editing: ("DATA",), {"title": "Better"}, lambda bank: bank.domain["DATA"].title),
    "bank_citation": (
        lambda editing: (pk_of(editing),),
        {"says": "Better"},
        lambda bank: bank.citations["NIST 1"].says,
    ),
    "bank_item": (lambda editing: ("S0-1",), {"text": "Better"}, lambda bank: bank.checklist["S0-1"].text),
}


@pytest.mark.parametrize("name", THINGS)
def test_a_small_thing_is_changed(editing: Editing, name: str) -> None:
    arguments, typed, read = THINGS[name]
    response = editing.press(name, *arguments(editing), sent=editing.form(name, *arguments(editing), **typed))
    assert response.status_code == 302
    assert read(bank_of(editing.draft)) == "Better"
    assert "Saved." in text_of(parse(editing.client.get(response["Location"])))


@pytest.mark.parametrize("name", THINGS)
def test_a_small_thing_needs_its_words(editing: Editing, name: str) -> None:
    arguments, typed, read = THINGS[name]
    before = read(bank_of(editing.draft))
    blank = dict.fromkeys(typed, " ")
    response = editing.press(name, *arguments(editing), sent=editing.form(name, *arguments(editing), **blank))
    assert response.status_code == 422
    assert "this is needed" in text_of(by_id(parse(response), "error-summary"))
    assert read(bank_of(editing.draft)) == before


@pytest.mark.parametrize("name", THINGS)
def test_two_editors_of_a_small_thing_lose_nothing(editing: Editing, name: str) -> None:
    arguments, typed, read = THINGS[name]
    args = arguments(editing)
    mine = editing.form(name, *args, **typed)
    editing.press(name, *args, sent=editing.form(name, *args, **dict.fromkeys(typed, "Theirs")))
    response = editing.press(name, *args, sent=mine)
    assert response.status_code == 409
    assert read(bank_of(editing.draft)) == "Theirs"
    (conflict,) = of_class(parse(response), "conflict")
    assert [text_of(removed) for removed in conflict.iter("del")] == ["[removed] Theirs"]
    keep = next(button.get("value") for button in conflict.iter("button") if button.get("name") == "keep")
    editing.press(name, *args, sent={**form_of(parse(response)), "keep": keep})
    assert read(bank_of(editing.draft)) == "Better"


NEW: dict[str, tuple[dict[str, str], Any]] = {
    "bank_domain_add": (
        {"code": "STORE", "title": "Keeping", "pillar": "security", "promise": "Safe.", "who_knows": "IT"},
        lambda bank: bank.domain["STORE"].title == "Keeping",
    ),
    "bank_citation_add": (
        {"label": "ISO 1", "says": "So.", "law": "standard", "verification": "memory", "source": "none"},
        lambda bank: bank.citations["ISO 1"].says == "So.",
    ),
    "bank_item_add": ({"code": "S3-1", "text": "New."}, lambda bank: bank.checklist["S3-1"].text == "New."),
}


@pytest.mark.parametrize("name", NEW)
def test_a_small_thing_is_added_once(editing: Editing, name: str) -> None:
    typed, is_there = NEW[name]
    assert editing.press(name, sent=editing.form(name, **typed)).status_code == 302
    assert is_there(bank_of(editing.draft))
    again = editing.press(name, sent=editing.form(name, **typed))
    assert again.status_code == 409
    assert "is already taken" in text_of(parse(again))


@pytest.mark.parametrize(
    ("name", "typed"), [("bank_domain_add", {"code": "store"}), ("bank_item_add", {"code": "s3_1"})]
)
def test_codes_keep_their_form(editing: Editing, name: str, typed: dict[str, str]) -> None:
    assert editing.press(name, sent=editing.form(name, **{**NEW[name][0], **typed})).status_code == 422


def test_what_is_used_cannot_be_removed_and_what_is_not_can(editing: Editing) -> None:
    for name, argument in (("domain", "DATA"), ("citation", pk_of(editing)), ("item", "S0-2")):
        page = text_of(editing.open(f"bank_{name}", argument))
        assert "Remove" not in page
        response = editing.client.post(editing.url(f"bank_{name}_remove", argument))
        assert (response.status_code, "DATA-02" in text_of(parse(response))) == (409, True)
    for name, (typed, _is_there) in NEW.items():
        editing.press(name, sent=editing.form(name, **typed))
    new_pk = CitationRow.objects.get(edition=editing.draft, label="ISO 1").pk
    for name, argument in (("domain", "STORE"), ("citation", new_pk), ("item", "S3-1")):
        assert "Remove" in text_of(editing.open(f"bank_{name}", argument))
        assert editing.client.post(editing.url(f"bank_{name}_remove", argument)).status_code == 302
    assert bank_of(editing.draft) == replace(small_bank(), id="1.1")


def test_citations_not_verified(editing: Editing) -> None:
    response = editing.client.get(editing.url("bank_citations"), {"show": "unverified"})
    assert [text_of(task).split(" Suggests")[0] for task in of_class(parse(response), "task")] == ["NIST 1"]
    assert len(of_class(editing.open("bank_citations"), "task")) == 2


def test_the_checklist_says_what_is_not_covered(editing: Editing) -> None:
    ChecklistItem.objects.create(edition=editing.draft, code="S0-9", order=9, text="Nobody covers this.")
    ChecklistItem.objects.filter(edition=editing.draft, code="S0-1").update(concerns=unstructure(when("gdpr")))
    lines = [text_of(task) for task in of_class(editing.open("bank_checklist"), "task")]
    assert ["For businesses with: Gdpr" in line for line in lines] == [True, False, False]
    assert ["Not covered" in line for line in lines] == [False, False, True]
    assert "Covered by DATA-02" in lines[1]


def test_discarding_asks_first_and_takes_only_the_draft(editing: Editing, published: EditionRow) -> None:
    assert "its 1 change will be gone" in text_of(editing.open("bank_discard"))
    assert editing.client.post(editing.url("bank_discard")).status_code == 302
    assert list(EditionRow.objects.all()) == [published]
    assert "Draft 1.1 was discarded." in text_of(parse(editing.client.get("/bank/")))


# Every URL that could change something, tried on a published edition.
CHANGES: dict[str, Any] = {
    "bank_about": (),
    "bank_discard": (),
    "bank_domain_add": (),
    "bank_domain": ("DATA",),
    "bank_domain_move": ("DATA",),
    "bank_domain_remove": ("DATA",),
    "bank_question_add": ("DATA",),
    "bank_question": ("DATA-02",),
    "bank_question_move": ("DATA-02",),
    "bank_question_retire": ("DATA-02",),
    "bank_citation_add": (),
    "bank_citation": pk_of,
    "bank_citation_remove": pk_of,
    "bank_item_add": (),
    "bank_item": ("S0-1",),
    "bank_item_move": ("S0-1",),
    "bank_item_remove": ("S0-1",),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_published_edition_refuses_every_change(editing: Editing, name: str) -> None:
    arguments = CHANGES[name]
    args = (arguments(editing),) if callable(arguments) else arguments
    sent: dict[str, Any] = {"step": "down", "version": "1"}
    response = editing.client.get(editing.url(name, *args))
    if response.status_code == 200:
        sent |= form_of(parse(response)) | {"title": "New", "text": "Is it new?", "says": "New."}
    publish_edition(edition_row=editing.draft, now=NOW)
    before, count = bank_of(editing.draft), BankChange.objects.count()
    response = editing.client.post(editing.url(name, *args), sent)
    assert response.status_code == 409
    assert "Edition 1.1 is published and never changes." in text_of(parse(response))
    assert (bank_of(editing.draft), BankChange.objects.count()) == (before, count)


READ = ("bank_edition", "bank_questions", "bank_citations", "bank_checklist", "bank_history")


def test_a_published_edition_can_be_read_without_a_form(editing: Editing) -> None:
    publish_edition(edition_row=editing.draft, now=NOW)
    pages: list[tuple[str, tuple[object, ...]]] = [(name, ()) for name in READ]
    pages += [("bank_question", ("DATA-01",)), ("bank_domain", ("DATA",)), ("bank_item", ("S0-1",))]
    pages += [("bank_citation", (pk_of(editing),))]
    for name, args in pages:
        forms = [form for form in by_id(editing.open(name, *args), "main").iter("form") if form.get("method") == "post"]
        assert forms == [], name
    page = text_of(editing.open("bank_question", "DATA-01"))
    assert "Name of legal below 2, caps Privacy, when Gdpr: It matters." in page


@pytest.mark.parametrize(
    ("name", "args"), [("bank_edition", ()), ("bank_domain", ("DATA",)), ("bank_question", ("DATA-01",))]
)
def test_a_big_bank_costs_no_more_queries(
    editing: Editing,
    edition_row: EditionRow,
    editor: User,
    name: str,
    args: tuple[str, ...],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    big = Editing(editing.client, start_draft(source=edition_row, code="big", by=editor, now=NOW))
    editing.open(name, *args)
    with django_assert_max_num_queries(30) as small_page:
        editing.open(name, *args)
    with django_assert_max_num_queries(len(small_page.captured_queries)):
        big.open(name, *args)


def test_the_samples_are_what_their_names_say(edition: Edition) -> None:
    tags = {sample.id: sample_tags(edition.scope, sample) for sample in SAMPLES}
    assert {"gdpr", "has_staff", "ai_customer_facing", "relies_on_consent"} <= tags["lyon_bakery"]
    assert tags["texas_copywriter"] == {"uses_ai", "uses_ai_vendor", "has_website", "genai_content"}
    assert {"ccpa", "sells_shares", "ai_recommends"} <= tags["california_shop"]
    assert "gdpr" not in tags["california_shop"]
    assert {"uk_gdpr", "special_category", "records_people"} <= tags["manchester_dentist"]
    assert {"gdpr", "trains_ai", "ai_high_risk"} <= tags["berlin_recruiter"]


def test_conditions_in_words() -> None:
    names = {"a": "Uses AI", "b": "Has staff", "c": "EU", "d": "UK"}

    def words(*clauses: Clause) -> str:
        return condition_words(Condition(clauses), names)

    assert words() == "always"
    assert words(Clause(all=("a", "b"))) == "Uses AI AND Has staff"
    assert words(Clause(all=("a",), any=("c", "d"), none=("b",))) == "Uses AI AND (EU OR UK) AND NOT Has staff"
    assert words(Clause(any=("c", "d"))) == "EU OR UK"
    assert words(Clause(any=("c",))) == "EU"
    assert words(Clause(none=("b",)), Clause(all=("x",))) == "NOT Has staff; or else: x"
    assert condition_words(when(), names, always="ever") == "ever"


def test_a_citation_saved_meanwhile_under_another_label(editing: Editing, editor: User) -> None:
    """The URL of the page names the row, so a new label does not lose it."""
    pk, citation = pk_of(editing), bank_of(editing.draft).citations["NIST 1"]
    sent = editing.form("bank_citation", pk, says="Mine.")
    save_citation(
        draft=editing.draft, pk=pk, citation=replace(citation, label="NIST 2"), seen_version=1, by=editor, now=NOW
    )
    assert editing.press("bank_citation", pk, sent=sent).status_code == 409
