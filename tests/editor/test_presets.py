"""Presets and the quick check of a draft: changed in forms, never overwritten, told in words."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from assessments.bank.conditions import Clause, Condition
from assessments.bank.scope_types import Preset, PresetFact
from assessments.bank.types import Depth, Edition, QuickCheck
from assessments.editor.pages.presets.words import FactWords
from assessments.editor.services.drafts import start_draft
from assessments.editor.services.frame import add_frame_item, content_version, save_frame_item
from assessments.editor.services.presets import PRESETS, QUICK_CHECK, with_fact, without_fact
from assessments.models import BankChange, EditionRow
from assessments.services.editions import publish_edition, store_draft
from tests.bank.making import edition as made
from tests.bank.making import question, scope, scope_question, when
from tests.editor.conftest import small_bank
from tests.editor.editing import Editing, bank_of, form_of
from tests.pages import by_id, links, of_class, parse, text_of
from tests.published_bank import without_stored_bank
from tests.runs import NOW

EU = Condition((Clause(any=("country.fr", "country.es")),))
FACTS = (
    PresetFact("base", ("eu",), EU),
    PresetFact("base", ("none",)),
    PresetFact("shop", ("street", "web"), Condition((Clause(none=("people.no",)),))),
)
KIOSK = Preset("kiosk", "Kiosk", FACTS, "newsagent", "Shops", ("rota",))
CHECK = QuickCheck(("country", "ai"), ("DATA-01", "ACCESS-01"), 6)


def bank() -> Edition:
    small = small_bank()
    country = scope_question("country", "fr", "es", "us", many=False)
    [fr, es, us] = country.options
    grouped = (replace(fr, group="Europe", text="France"), replace(es, group="Europe", text="Spain"), us)
    asked = (
        replace(country, options=grouped),
        scope_question("people", "no", "more", many=False),
        *small.scope.screens[0].questions,
        scope_question("shop", "street", "web", "none"),
        scope_question("rota", "yes", "no", many=False),
    )
    told = [replace(own, options=tuple(replace(o, says=f"It is {o.id}.") for o in own.options)) for own in asked]
    return replace(small, scope=scope(*told, tags=small.scope.tags), presets=(KIOSK,), quick_check=CHECK)


@pytest.fixture
def draft(db: None, editor: User) -> EditionRow:
    without_stored_bank()
    row = store_draft(edition=bank())
    publish_edition(edition_row=row, now=NOW)
    return start_draft(source=row, code="1.1", by=editor, now=NOW)


@pytest.fixture
def editing(client: Client, editor: User, draft: EditionRow) -> Editing:
    client.force_login(editor)
    return Editing(client, draft)


def kiosk(editing: Editing) -> Preset:
    (found,) = bank_of(editing.draft).presets
    return found


def save_preset(draft: EditionRow, preset: Preset, seen: Preset, by: User) -> None:
    version = content_version(seen)
    save_frame_item(part=PRESETS, draft=draft, key=preset.id, value=preset, seen_version=version, by=by, now=NOW)


def test_a_preset_is_saved_and_nothing_else_changes(editing: Editing) -> None:
    before = bank_of(editing.draft)
    sent = editing.form("bank_preset", "kiosk", name="News stand", examples="paper shop", asks=["shop", "rota"])
    assert editing.press("bank_preset", "kiosk", sent=sent).status_code == 302
    better = replace(KIOSK, name="News stand", examples="paper shop", asks=("rota", "shop"))
    assert bank_of(editing.draft) == replace(before, presets=(better,))
    change: Any = BankChange.objects.latest("pk")
    assert (change.code, change.verb) == ("preset kiosk", "changed")


@pytest.mark.parametrize(("name", "args"), [("bank_preset", ("kiosk",)), ("bank_quick_check", ())])
def test_saving_untouched_changes_nothing(editing: Editing, name: str, args: tuple[object, ...]) -> None:
    before = bank_of(editing.draft)
    assert editing.press(name, *args, sent=editing.form(name, *args)).status_code == 302
    assert bank_of(editing.draft) == before


@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_fact_that_is_saved_untouched_stays(editing: Editing, place: int) -> None:
    """Also one whose condition cannot be ticked."""
    sent = editing.form("bank_preset_fact", "kiosk", place)
    assert editing.press("bank_preset_fact", "kiosk", place, sent=sent).status_code == 302
    assert kiosk(editing) == KIOSK


def test_a_fact_says_other_options_of_other_businesses(editing: Editing) -> None:
    sent = editing.form("bank_preset_fact", "kiosk", 1)
    assert sent["whom_country"] == ["group:Europe"]
    sent |= {"options": ["us"], "whom_country": ["us"], "whom_people": ["more"]}
    editing.press("bank_preset_fact", "kiosk", 1, sent=sent)
    other = PresetFact("base", ("us",), Condition((Clause(all=("country.us",), any=("people.more",)),)))
    assert kiosk(editing).facts == (other, *FACTS[1:])


def test_a_new_fact_comes_before_the_one_that_always_counts(editing: Editing) -> None:
    page = editing.open("bank_preset", "kiosk")
    assert links(page)["What about base?"] == editing.url("bank_preset_fact_add", "kiosk", "base")
    assert "What about country?" not in links(page)
    sent = editing.form("bank_preset_fact_add", "kiosk", "base", options=["us"], whom_ai=["tools"])
    assert editing.press("bank_preset_fact_add", "kiosk", "base", sent=sent).status_code == 302
    new = PresetFact("base", ("us",), Condition((Clause(any=("ai.tools",)),)))
    assert kiosk(editing).facts == (FACTS[0], new, *FACTS[1:])


def test_a_fact_is_removed_once(editing: Editing) -> None:
    page = editing.open("bank_preset_fact", "kiosk", 2)
    (form,) = [own for own in page.iter("form") if "remove" in own.get("action", "")]
    (version,) = [own.get("value") for own in form.iter("input") if own.get("name") == "version"]
    assert editing.client.post(form.get("action", ""), {"version": "1"}).status_code == 409
    assert editing.client.post(form.get("action", ""), {"version": version}).status_code == 302
    assert kiosk(editing).facts == (FACTS[0], FACTS[2])
    assert editing.client.post(form.get("action", ""), {"version": version}).status_code == 409
    assert kiosk(editing).facts == (FACTS[0], FACTS[2])


@pytest.mark.parametrize(
    ("name", "args", "typed", "says"),
    [
        ("bank_preset", ("kiosk",), {"name": ""}, "Name: this is needed."),
        ("bank_preset_add", (), {"code": "Not good", "name": "X"}, "Small letters, digits"),
        ("bank_preset_fact", ("kiosk", 1), {"options": []}, "Choose what the preset assumes."),
        ("bank_preset_fact", ("kiosk", 1), {"options": ["eu", "none"]}, "cannot be chosen together with another"),
        ("bank_preset_fact_add", ("kiosk", "rota"), {"options": ["yes", "no"]}, "nobody can choose several here"),
        ("bank_quick_check", (), {"questions_2": "DATA-01"}, "DATA-01 is chosen twice."),
        ("bank_quick_check", (), {"facts_1": "", "facts_2": ""}, "Choose both facts and questions"),
        ("bank_quick_check", (), {"most": "0"}, "greater than or equal to 1"),
        ("bank_quick_check", (), {"questions_1": "DATA-04"}, "Select a valid choice"),
    ],
)
def test_what_does_not_fit_is_refused(
    editing: Editing, name: str, args: tuple[object, ...], typed: dict[str, Any], says: str
) -> None:
    before = bank_of(editing.draft)
    response = editing.press(name, *args, sent=editing.form(name, *args, **typed))
    assert response.status_code == 422
    assert says in text_of(by_id(parse(response), "error-summary"))
    assert bank_of(editing.draft) == before


def test_a_new_preset_stands_last_and_is_removed(editing: Editing) -> None:
    typed = {"code": "bakery", "name": "Bakery", "group": "Food"}
    assert editing.press("bank_preset_add", sent=editing.form("bank_preset_add", **typed)).status_code == 302
    assert [own.id for own in bank_of(editing.draft).presets] == ["kiosk", "bakery"]
    assert "assumes nothing: a preset needs at least one fact" in text_of(editing.open("bank_edition"))
    again = editing.press("bank_preset_add", sent=editing.form("bank_preset_add", **typed))
    assert again.status_code == 409
    version = content_version(bank_of(editing.draft).presets[1])
    editing.client.post(editing.url("bank_preset_remove", "bakery"), {"version": version})
    assert [own.id for own in bank_of(editing.draft).presets] == ["kiosk"]


def test_two_editors_of_one_preset_lose_nothing(editing: Editing, editor: User) -> None:
    mine = editing.form("bank_preset_fact", "kiosk", 1, options=["us"])
    save_preset(editing.draft, replace(KIOSK, name="News stand"), KIOSK, editor)
    response = editing.press("bank_preset_fact", "kiosk", 1, sent=mine)
    assert response.status_code == 409
    (conflict,) = of_class(parse(response), "conflict")
    assert "It is" in text_of(conflict)
    assert kiosk(editing) == replace(KIOSK, name="News stand")
    keep = next(button.get("value") for button in conflict.iter("button") if button.get("name") == "keep")
    editing.press("bank_preset_fact", "kiosk", 1, sent={**form_of(parse(response)), "keep": keep})
    assert kiosk(editing).name == "News stand"
    assert kiosk(editing).facts[0] == replace(FACTS[0], options=("us",))


def test_editors_of_different_presets_do_not_get_in_each_others_way(draft: EditionRow, editor: User) -> None:
    bakery = replace(KIOSK, id="bakery", name="Bakery")
    add_frame_item(part=PRESETS, draft=draft, key="bakery", value=bakery, by=editor, now=NOW)
    save_preset(draft, replace(KIOSK, name="One"), KIOSK, editor)
    save_preset(draft, replace(bakery, name="Other"), bakery, editor)
    assert [own.name for own in bank_of(draft).presets] == ["One", "Other"]


def test_the_quick_check_is_chosen_and_ordered(editing: Editing) -> None:
    sent = editing.form("bank_quick_check")
    assert (sent["facts_1"], sent["questions_2"], sent["questions_3"]) == (["country"], ["ACCESS-01"], [""])
    sent |= {"questions_1": "ACCESS-01", "questions_2": "", "questions_3": "DATA-02", "facts_1": "ai", "facts_2": ""}
    assert editing.press("bank_quick_check", sent=sent).status_code == 302
    assert bank_of(editing.draft).quick_check == QuickCheck(("ai",), ("ACCESS-01", "DATA-02"), 6)


def test_without_any_question_guests_are_offered_no_check(editing: Editing) -> None:
    sent = {key: value for key, value in editing.form("bank_quick_check").items() if "_" not in key}
    assert editing.press("bank_quick_check", sent=sent).status_code == 302
    assert bank_of(editing.draft).quick_check is None


def test_what_is_no_quick_question_any_more_can_be_kept_and_is_a_problem(draft: EditionRow, editing: Editing) -> None:
    check = QuickCheck(("ai",), ("DATA-04",))
    stored = QUICK_CHECK.items(bank_of(draft))["check"]
    version = content_version(stored)
    by = User.objects.get(name="Edda")
    save_frame_item(part=QUICK_CHECK, draft=draft, key="check", value=check, seen_version=version, by=by, now=NOW)
    assert editing.press("bank_quick_check", sent=editing.form("bank_quick_check")).status_code == 302
    assert bank_of(draft).quick_check == check
    page = editing.open("bank_edition")
    assert "DATA-04 is not a quick question" in text_of(page)
    assert links(page)["Quick check, Questions"] == editing.url("bank_quick_check")


def test_a_preset_is_told_in_the_words_of_the_scope(editing: Editing) -> None:
    page = editing.open("bank_preset", "kiosk")
    words = text_of(by_id(page, "main"))
    assert "Counts for: Europe" in words
    assert "Counts for: not No" in words
    assert links(page)["It is street. It is web."] == editing.url("bank_preset_fact", "kiosk", 3)
    assert links(editing.open("bank_presets"))["Kiosk"] == editing.url("bank_preset", "kiosk")
    assert "newsagent" in text_of(editing.open("bank_presets"))
    actions = links(editing.open("bank_edition"))
    assert actions["Presets"] == editing.url("bank_presets")
    assert actions["Quick check"] == editing.url("bank_quick_check")


def test_the_history_tells_what_was_changed(editing: Editing, editor: User) -> None:
    save_preset(editing.draft, without_fact(KIOSK, 3), KIOSK, editor)
    editing.press("bank_quick_check", sent=editing.form("bank_quick_check", questions_3="DATA-02"))
    said = text_of(by_id(editing.open("bank_history"), "main"))
    for words in (
        "Changed Preset kiosk by Edda",
        "It is street. It is web.",
        "Changed Quick check by Edda",
        "DATA-02:",
    ):
        assert words in said, words


READ = [("bank_preset", ("kiosk",)), ("bank_preset_fact", ("kiosk", 1)), ("bank_quick_check", ()), ("bank_presets", ())]


@pytest.mark.parametrize(("name", "args"), READ, ids=[name for name, _args in READ])
def test_a_published_edition_is_read_and_copied(editing: Editing, name: str, args: tuple[object, ...]) -> None:
    publish_edition(edition_row=editing.draft, now=NOW)
    page = by_id(editing.open(name, *args), "main")
    assert not [form for form in page.iter("form") if form.get("method") == "post"]
    assert links(page)["Copy it to a draft"] == editing.url("bank_copy")


@pytest.mark.parametrize(
    ("name", "args"),
    [
        *READ[:3],
        ("bank_preset_add", ()),
        ("bank_preset_remove", ("kiosk",)),
        ("bank_preset_fact_add", ("kiosk", "rota")),
        ("bank_preset_fact_remove", ("kiosk", 1)),
    ],
)
def test_a_published_edition_refuses_changes(editing: Editing, name: str, args: tuple[object, ...]) -> None:
    publish_edition(edition_row=editing.draft, now=NOW)
    assert editing.press(name, *args, sent={}).status_code == 409


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("bank_preset", ("bakery",)),
        ("bank_preset_fact", ("kiosk", 4)),
        ("bank_preset_fact", ("kiosk", 0)),
        ("bank_preset_fact_add", ("kiosk", "country")),
        ("bank_preset_fact_add", ("kiosk", "tills")),
    ],
)
def test_what_is_not_there_is_not_found(editing: Editing, name: str, args: tuple[object, ...]) -> None:
    assert editing.client.get(editing.url(name, *args)).status_code == 404


def test_a_fact_of_a_question_that_is_gone_can_only_be_removed(
    draft: EditionRow, editing: Editing, editor: User
) -> None:
    lost = replace(KIOSK, facts=(PresetFact("tills", ("yes",), when("country.de")),))
    save_preset(draft, lost, KIOSK, editor)
    page = editing.open("bank_preset_fact", "kiosk", 1)
    assert "tills yes (Counts for: country.de)" in text_of(page)
    sent = {"version": content_version(lost), "options": ["yes"]}
    assert editing.press("bank_preset_fact", "kiosk", 1, sent=sent).status_code == 404


def test_facts_stand_in_the_order_of_the_scope() -> None:
    preset = Preset("kiosk", "Kiosk", ())
    for fact in reversed(FACTS):
        preset = with_fact(preset, fact, bank().scope)
    assert preset.facts == FACTS


def test_options_that_are_not_told_are_named_after_their_question() -> None:
    words = FactWords(made(question("DATA-01", depth=Depth.QUICK)).scope)
    assert words.line(PresetFact("base", ("eu", "mars"))) == "What about base? Eu; mars"
    two = Condition((Clause(all=("base.eu", "ai.tools")), Clause(any=("base.us", "ai.none"))))
    assert words.whom(two) == "Counts for: Eu and Tools; or else: Us or None"
