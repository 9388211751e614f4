"""Laws, authorities, dates and labels of a draft: changed in small forms, one by one, and told in the history."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from assessments.bank.laws import BY_COUNTRY, Authority, AuthorityRule, KeyDate, Law, Verification
from assessments.bank.types import Edition, UnknownAnswer
from assessments.editor.errors import EditConflict, GoneMeanwhile, NameTaken, StillInUse
from assessments.editor.services.drafts import About, save_about, start_draft
from assessments.editor.services.frame import (
    AUTHORITIES,
    DATES,
    LAWS,
    add_frame_item,
    content_version,
    remove_frame_item,
    save_frame_item,
)
from assessments.models import BankChange, EditionRow
from assessments.services.editions import publish_edition, store_draft
from tests.bank.making import when
from tests.editor.conftest import small_bank
from tests.editor.editing import Editing, bank_of, form_of
from tests.pages import by_id, links, of_class, parse, text_of
from tests.published_bank import without_stored_bank
from tests.runs import NOW

FIRST = small_bank().dates[0]
SECOND = KeyDate(date(2027, 1, 1), "ccpa", "More begins.")
IRISH = small_bank().authorities["ie"]
POLICE = Authority("ie_police", "the Garda", "Garda", Verification.MEMORY)


def bank_with_laws() -> Edition:
    bank = small_bank()
    rules = (AuthorityRule("ie", when("uses_ai")),)
    gdpr = replace(bank.laws[0], status="in force", unsettled=("One.", "Two."), authority_else=rules)
    return replace(
        bank,
        laws=(gdpr, *bank.laws[1:]),
        dates=(FIRST, SECOND),
        authorities={own.code: own for own in (IRISH, POLICE)},
    )


@pytest.fixture
def draft(db: None, editor: User) -> EditionRow:
    without_stored_bank()
    row = store_draft(edition=bank_with_laws())
    publish_edition(edition_row=row, now=NOW)
    return start_draft(source=row, code="1.1", by=editor, now=NOW)


@pytest.fixture
def editing(client: Client, editor: User, draft: EditionRow) -> Editing:
    client.force_login(editor)
    return Editing(client, draft)


def gdpr_of(draft: EditionRow) -> Law:
    return bank_of(draft).laws[0]


def save_law(draft: EditionRow, law: Law, seen: Law, by: User) -> None:
    save_frame_item(part=LAWS, draft=draft, key=law.code, value=law, seen_version=content_version(seen), by=by, now=NOW)


def test_a_law_is_saved_and_nothing_else_changes(draft: EditionRow, editor: User) -> None:
    before = bank_of(draft)
    better = replace(before.laws[0], fines="Up to 4 %.", looked_up=date(2027, 1, 2))
    save_law(draft, better, before.laws[0], editor)
    assert bank_of(draft) == replace(before, laws=(better, *before.laws[1:]))
    change: Any = BankChange.objects.latest("pk")
    assert (change.what, change.code, change.verb) == ("edition", "law gdpr", "changed")
    assert (change.before["fines"], change.after["fines"]) == ("", "Up to 4 %.")


def test_two_editors_of_one_law_lose_nothing(draft: EditionRow, editor: User) -> None:
    seen = gdpr_of(draft)
    theirs, mine = replace(seen, says="Theirs."), replace(seen, says="Mine.")
    save_law(draft, theirs, seen, editor)
    with pytest.raises(EditConflict) as conflict:
        save_law(draft, mine, seen, editor)
    assert (conflict.value.stored, conflict.value.version) == (theirs, content_version(theirs))
    assert gdpr_of(draft) == theirs
    save_law(draft, theirs, seen, editor)
    assert BankChange.objects.filter(code="law gdpr").count() == 1


def test_editors_of_different_items_do_not_get_in_each_others_way(draft: EditionRow, editor: User) -> None:
    one, other = bank_of(draft).laws
    save_law(draft, replace(one, says="One."), one, editor)
    save_law(draft, replace(other, says="Other."), other, editor)
    texts = About("A better bank", date(2027, 1, 1), "Still a test.")
    save_about(draft=draft, texts=texts, seen_version=1, by=editor, now=NOW)
    assert [law.says for law in bank_of(draft).laws] == ["One.", "Other."]


def test_dates_stay_in_the_order_of_their_days(draft: EditionRow, editor: User) -> None:
    early = KeyDate(date(2018, 5, 25), "gdpr", "It began.")
    add_frame_item(part=DATES, draft=draft, key="", value=early, by=editor, now=NOW)
    assert bank_of(draft).dates == (early, FIRST, SECOND)
    add_frame_item(part=DATES, draft=draft, key="", value=early, by=editor, now=NOW)
    assert bank_of(draft).dates == (early, FIRST, SECOND), "sent twice"
    late = replace(early, day=date(2030, 1, 1))
    version = content_version(early)
    save_frame_item(part=DATES, draft=draft, key="1", value=late, seen_version=version, by=editor, now=NOW)
    assert bank_of(draft).dates == (FIRST, SECOND, late)
    codes = list(BankChange.objects.filter(code__startswith="date").order_by("pk").values_list("code", flat=True))
    assert codes == ["date 2018-05-25 gdpr", "date 2030-01-01 gdpr"]


def remove_date(draft: EditionRow, place: str, seen: KeyDate, by: User) -> None:
    remove_frame_item(part=DATES, draft=draft, key=place, seen_version=content_version(seen), by=by, now=NOW)


def test_another_date_in_the_same_place_is_not_removed(draft: EditionRow, editor: User) -> None:
    remove_date(draft, "1", FIRST, editor)
    with pytest.raises(EditConflict):
        remove_date(draft, "1", FIRST, editor)
    assert bank_of(draft).dates == (SECOND,)
    remove_date(draft, "2", SECOND, editor)
    assert bank_of(draft).dates == (SECOND,)


def test_an_authority_in_use_stays(draft: EditionRow, editor: User) -> None:
    for own in (IRISH, POLICE):
        version = content_version(own)
        if own is IRISH:
            with pytest.raises(StillInUse, match="The gdpr"):
                remove_frame_item(part=AUTHORITIES, draft=draft, key=own.code, seen_version=version, by=editor, now=NOW)
        else:
            remove_frame_item(part=AUTHORITIES, draft=draft, key=own.code, seen_version=version, by=editor, now=NOW)
    assert list(bank_of(draft).authorities) == ["ie"]
    with pytest.raises(NameTaken):
        add_frame_item(part=AUTHORITIES, draft=draft, key="ie", value=IRISH, by=editor, now=NOW)
    with pytest.raises(GoneMeanwhile):
        save_frame_item(
            part=AUTHORITIES, draft=draft, key="ie_police", value=POLICE, seen_version=1, by=editor, now=NOW
        )


# Each form: its page with arguments, what is typed, and what the bank contains then.
CHANGES: dict[str, tuple[tuple[object, ...], dict[str, Any], Any]] = {
    "bank_law": (
        ("gdpr",),
        {"fines": "High.", "looked_up": "2027-01-02", "unsettled": "Two.\r\nThree.", "authority": BY_COUNTRY},
        lambda bank: (
            (bank.laws[0].fines, str(bank.laws[0].looked_up), bank.laws[0].unsettled, bank.laws[0].authority)
            == ("High.", "2027-01-02", ("Two.", "Three."), BY_COUNTRY)
        ),
    ),
    "bank_date": (
        (2,),
        {"text": "Better.", "verification": "secondary"},
        lambda bank: bank.dates[1] == replace(SECOND, text="Better.", verification=Verification.SECONDARY),
    ),
    "bank_date_add": (
        (),
        {"day": "2026-12-02", "law": "gdpr", "text": "New."},
        lambda bank: bank.dates[1] == KeyDate(date(2026, 12, 2), "gdpr", "New."),
    ),
    "bank_authority": (
        ("ie",),
        {"breach_form": "the web form", "note": "New office."},
        lambda bank: bank.authorities["ie"] == replace(IRISH, breach_form="the web form", note="New office."),
    ),
    "bank_authority_add": (
        (),
        {"code": "fr", "name": "the CNIL", "short": "CNIL", "verification": "text"},
        lambda bank: bank.authorities["fr"] == Authority("fr", "the CNIL", "CNIL", Verification.TEXT),
    ),
    "bank_label": (
        ("0",),
        {"name": "Much still open", "there": "A start.", "missing": "The rest."},
        lambda bank: (
            (bank.labels[0].name, bank.labels[0].there, bank.labels[0].missing)
            == ("Much still open", "A start.", "The rest.")
        ),
    ),
    "bank_unknown": (
        (),
        {"name": "No idea", "says": "A fair answer."},
        lambda bank: bank.unknown == UnknownAnswer("No idea", "A fair answer."),
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_small_form_is_saved(editing: Editing, name: str) -> None:
    args, typed, is_there = CHANGES[name]
    response = editing.press(name, *args, sent=editing.form(name, *args, **typed))
    assert response.status_code == 302, text_of(by_id(parse(response), "main"))
    assert is_there(bank_of(editing.draft))
    assert "Saved." in text_of(parse(editing.client.get(response["Location"])))


@pytest.mark.parametrize("name", ["bank_law", "bank_date", "bank_authority"])
def test_saving_untouched_changes_nothing(editing: Editing, name: str) -> None:
    """Nor does it lose what the form does not show, such as a law's rules for other authorities."""
    before, args = bank_of(editing.draft), CHANGES[name][0]
    assert editing.press(name, *args, sent=editing.form(name, *args)).status_code == 302
    assert bank_of(editing.draft) == before
    assert not BankChange.objects.exclude(verb="copied").exists()


@pytest.mark.parametrize(
    ("name", "args", "typed", "says"),
    [
        ("bank_law", ("gdpr",), {"name": ""}, "Name: this is needed."),
        ("bank_law", ("gdpr",), {"authority": "nobody"}, "Select a valid choice"),
        ("bank_authority", ("ie",), {"url": "ftp://example.org"}, "begins with https://"),
        ("bank_authority_add", (), {"code": "Not good"}, "Small letters, digits"),
        ("bank_date_add", (), {"day": "soon"}, "Enter a valid date"),
    ],
)
def test_what_does_not_fit_is_refused(
    editing: Editing, name: str, args: tuple[object, ...], typed: dict[str, str], says: str
) -> None:
    before = bank_of(editing.draft)
    response = editing.press(name, *args, sent=editing.form(name, *args, **typed))
    assert response.status_code == 422
    assert says in text_of(by_id(parse(response), "error-summary"))
    assert bank_of(editing.draft) == before


def test_a_conflict_shows_the_words_of_both(editing: Editing) -> None:
    typed = {"unsettled": "One.", "looked_up": "2027-01-02"}
    mine = editing.form("bank_law", "gdpr", **typed)
    editing.press("bank_law", "gdpr", sent=editing.form("bank_law", "gdpr", unsettled="Two."))
    response = editing.press("bank_law", "gdpr", sent=mine)
    assert response.status_code == 409
    (conflict,) = of_class(parse(response), "conflict")
    assert "Not settled yet [removed] Two[added] One." in text_of(conflict)
    assert "Last looked up [added] 2 January 2027" in text_of(conflict)
    keep = next(button.get("value") for button in conflict.iter("button") if button.get("name") == "keep")
    editing.press("bank_law", "gdpr", sent={**form_of(parse(response)), "keep": keep})
    assert gdpr_of(editing.draft).unsettled == ("One.",)


def test_a_condition_is_put_together_without_a_script(editing: Editing) -> None:
    """The same for a date and for a checklist item."""
    for name, argument, field in (("bank_date", 2, "when"), ("bank_item", "S0-1", "concerns")):
        sent = editing.form(name, argument, text="Typed.")
        response = editing.press(name, argument, sent=sent, do=f"way-{field}")
        assert response.status_code == 200
        again = form_of(parse(response)) | {f"{field}-0-tag": ["ccpa"], f"{field}-0-how": ["all"]}
        assert again["text"] == ["Typed."]
        editing.press(name, argument, sent=again)
    bank = bank_of(editing.draft)
    assert (bank.dates[1].when, bank.dates[1].text) == (when("ccpa"), "Typed.")
    assert (bank.checklist["S0-1"].concerns, bank.checklist["S0-1"].text) == (when("ccpa"), "Typed.")


def test_removing_says_what_stands_in_the_way(editing: Editing) -> None:
    used = editing.open("bank_authority", "ie")
    assert "It cannot be removed while it is used by: The gdpr." in text_of(used)
    assert "Remove" not in [text_of(button) for button in used.iter("button")]
    refused = editing.client.post(editing.url("bank_authority_remove", "ie"), {"version": content_version(IRISH)})
    assert refused.status_code == 409
    for name, argument in (("bank_authority", "ie_police"), ("bank_date", 1)):
        page = editing.open(name, argument)
        (form,) = [own for own in page.iter("form") if "remove" in own.get("action", "")]
        (version,) = [own.get("value") for own in form.iter("input") if own.get("name") == "version"]
        assert editing.client.post(form.get("action", ""), {"version": "1"}).status_code == 409
        assert editing.client.post(form.get("action", ""), {"version": version}).status_code == 302
    bank = bank_of(editing.draft)
    assert (list(bank.authorities), bank.dates) == (["ie"], (SECOND,))


def test_the_lists_lead_to_the_forms(editing: Editing) -> None:
    actions = links(editing.open("bank_edition"))
    for title, name in (("Laws", "bank_laws"), ("Dates", "bank_dates"), ("Authorities", "bank_authorities")):
        assert actions[title] == editing.url(name)
    dates = editing.open("bank_dates")
    assert links(dates)["2 August 2026"] == editing.url("bank_date", 1)
    assert "Law: The gdpr; For businesses with: Gdpr; How it was checked: Text read" in text_of(dates)
    assert links(dates)["New date"] == editing.url("bank_date_add")
    assert links(editing.open("bank_laws"))["The gdpr"] == editing.url("bank_law", "gdpr")
    assert links(editing.open("bank_labels"))["Name of 4"] == editing.url("bank_label", "4")


def test_the_history_names_what_was_changed(editing: Editing) -> None:
    for name, (args, typed, _is_there) in CHANGES.items():
        editing.press(name, *args, sent=editing.form(name, *args, **typed))
    said = text_of(by_id(editing.open("bank_history"), "main"))
    for words in (
        "Changed Law gdpr by Edda",
        "Changed Date 2027-01-01 ccpa by Edda",
        "Added Date 2026-12-02 gdpr by Edda",
        "Added Authority fr by Edda",
        "Changed Label 0 by Edda",
        "Changed The answer “I don’t know” by Edda",
        "Authority [added] That of the business’s own country",
        "How it was checked [added] Other source read",
        "Text [removed] More begins[added] Better.",
    ):
        assert words in said, words


PUBLISHED = {**{name: args for name, (args, _t, _i) in CHANGES.items() if "add" not in name}}
PUBLISHED |= {"bank_laws": (), "bank_dates": (), "bank_authorities": (), "bank_labels": ()}


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_edition_is_read_and_copied(editing: Editing, name: str) -> None:
    publish_edition(edition_row=editing.draft, now=NOW)
    page = by_id(editing.open(name, *PUBLISHED[name]), "main")
    assert not [form for form in page.iter("form") if form.get("method") == "post"]
    assert links(page)["Copy it to a draft"] == editing.url("bank_copy")


@pytest.mark.parametrize("name", [*CHANGES, "bank_date_remove", "bank_authority_remove"])
def test_a_published_edition_refuses_changes(editing: Editing, name: str) -> None:
    args: tuple[object, ...] = {"bank_date_remove": (1,), "bank_authority_remove": ("ie_police",)}.get(name) or ()
    args = CHANGES[name][0] if name in CHANGES else args
    publish_edition(edition_row=editing.draft, now=NOW)
    before = bank_of(editing.draft)
    response = editing.client.post(editing.url(name, *args), CHANGES[name][1] if name in CHANGES else {})
    assert response.status_code == 409
    assert "is published and never changes" in text_of(parse(response))
    assert bank_of(editing.draft) == before


@pytest.mark.parametrize(("name", "key"), [("bank_law", "luck"), ("bank_date", 9), ("bank_authority", "zz")])
def test_what_is_not_there_is_not_found(editing: Editing, name: str, key: object) -> None:
    assert editing.client.get(editing.url(name, key)).status_code == 404
    assert editing.client.post(editing.url(name, key), {}).status_code == 404


def test_problems_lead_to_their_forms(editing: Editing) -> None:
    frame = {**editing.draft.frame}
    frame["dates"] = [{**frame["dates"][0], "law": "luck"}]
    frame["laws"] = [*frame["laws"], frame["laws"][0]]
    EditionRow.objects.filter(pk=editing.draft.pk).update(frame=frame)
    found = links(of_class(editing.open("bank_edition"), "problems--errors")[0])
    assert found["Law gdpr"] == editing.url("bank_law", "gdpr")
    assert found["Law date 2026-08-02"] == editing.url("bank_dates")
