"""A file compared three ways: the laws that hold for any base, draft and file, and each kind of change by hand."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.bank.conditions import ALWAYS
from assessments.bank.diff.accept import apply_changes
from assessments.bank.diff.editions import ChangeId, compare_editions
from assessments.bank.document.json_document import read_json_file, write_json
from assessments.bank.document.origin import ORIGIN, content_fingerprint, origin_as_plain, origin_of
from assessments.bank.document.reader import BankFile, read_yaml_file
from assessments.bank.document.writer import write_edition
from assessments.bank.laws import Authority, KeyDate, Verification
from assessments.bank.merge.choices import change_marks, with_choices
from assessments.bank.merge.days import moved_days
from assessments.bank.merge.three_way import ChangeSource, ThreeWays, compare_three_ways
from assessments.bank.sheets.about import about_sheet
from assessments.bank.sheets.reader import read_sheets_file
from assessments.bank.sheets.writer import write_sheets
from assessments.bank.types import Edition, QuestionCitation
from tests.bank import strategies as some
from tests.bank.changing import CHANGES, Change, changed_editions, dangling, in_bank_order
from tests.bank.making import STEPS, WITH_STEPS, duty, edition, gate, question, when


def merged(found: ThreeWays, also: frozenset[ChangeId] = frozenset()) -> Edition:
    return apply_changes(found.draft, found.file, found.ticked | also)


def changed_ids(old: Edition, new: Edition) -> set[str]:
    """Places follow from what is there, so a place is no field of its own here."""
    return {str(which) for which in compare_editions(old, new).ids if not which.endswith("/order")}


def takes_away(found: ThreeWays) -> set[ChangeId]:
    return {which for which, own in found.source.items() if own is ChangeSource.REMOVAL}


@given(changed_editions(), changed_editions())
def test_a_file_in_which_nothing_was_changed_ticks_nothing(base: Edition, draft: Edition) -> None:
    found = compare_three_ways(base, draft, base)
    assert not found.ticked
    assert set(found.source.values()) <= {ChangeSource.DRAFT}
    assert merged(found) == draft


@given(changed_editions(), changed_editions())
def test_into_a_draft_in_which_nothing_was_changed_everything_goes_but_what_takes_away(
    base: Edition, file: Edition
) -> None:
    found = compare_three_ways(base, base, file)
    assert set(found.source.values()) <= {ChangeSource.FILE, ChangeSource.REMOVAL}
    assert {which for which in found.diff.ids if which.endswith("/removed")} <= takes_away(found)
    held_back = {which for which in found.source if which not in found.ticked} - takes_away(found)
    assert all(found.needs[which] & (takes_away(found) | held_back) for which in held_back)
    assert merged(found, frozenset(found.source)) == file


SOME_CHANGES = st.lists(st.sampled_from(CHANGES), max_size=4, unique=True)


@settings(max_examples=100)
@given(some.editions(), SOME_CHANGES, SOME_CHANGES)
def test_what_is_ticked_touches_only_what_the_file_changed(
    plain: Edition, by_draft: list[Change], by_file: list[Change]
) -> None:
    """And what both changed is the draft's afterwards, as if the file had not said anything."""
    base = in_bank_order(plain)
    draft, file = made(base, by_draft), made(base, by_file)
    found = compare_three_ways(base, draft, file)
    result = merged(found)
    assert changed_ids(draft, result) <= changed_ids(base, file)
    assert changed_ids(draft, result) == {which for which in found.ticked if not which.endswith("/order")}
    assert not {which for which, own in found.source.items() if own is not ChangeSource.FILE} & found.ticked
    assert dangling(result) <= dangling(draft) | dangling(file)


@given(some.editions(), SOME_CHANGES, SOME_CHANGES)
def test_without_a_base_nothing_is_ticked(plain: Edition, by_draft: list[Change], by_file: list[Change]) -> None:
    base = in_bank_order(plain)
    found = compare_three_ways(None, made(base, by_draft), made(base, by_file))
    assert set(found.source.values()) <= {ChangeSource.UNKNOWN}
    assert not found.ticked


def made(base: Edition, changes: list[Change]) -> Edition:
    for change in changes:
        base = change(base)
    return base


# Each kind of change by hand: a bank, and what one side does with it.
BANK = replace(
    edition(
        question("DATA-01", gates=(gate(),), **WITH_STEPS),
        question("DATA-02"),
        question("DATA-03"),
        question("ACCESS-01"),
    ),
    dates=(KeyDate(date(2026, 8, 2), "gdpr", "It begins."), KeyDate(date(2027, 8, 2), "gdpr", "It goes on.")),
    authorities={"ie": Authority("ie", "the DPC", "DPC", Verification.TEXT, "gdpr")},
)


def of_question(**changes: Any) -> Change:
    return lambda bank: replace(bank, questions=(replace(bank.questions[0], **changes), *bank.questions[1:]))


def level(number: int, text: str) -> Change:
    def change(bank: Edition) -> Edition:
        levels = list(bank.questions[0].levels)
        levels[number] = text
        return of_question(levels=tuple(levels))(bank)

    return change


def step_to(number: int, text: str) -> Change:
    def change(bank: Edition) -> Edition:
        steps = tuple(replace(own, text=text) if own.to == number else own for own in bank.questions[0].steps)
        return of_question(steps=steps)(bank)

    return change


def option(name: str, text: str) -> Change:
    def change(bank: Edition) -> Edition:
        (screen,) = bank.scope.screens
        first, *others = screen.questions
        options = tuple(replace(own, text=text) if own.id == name else own for own in first.options)
        questions = (replace(first, options=options), *others)
        return replace(bank, scope=replace(bank.scope, screens=(replace(screen, questions=questions),)))

    return change


def day(number: int, moved: date) -> Change:
    def change(bank: Edition) -> Edition:
        dates = [replace(own, day=moved) if at == number else own for at, own in enumerate(bank.dates)]
        return replace(bank, dates=tuple(dates))

    return change


def authority(**changes: Any) -> Change:
    return lambda bank: replace(bank, authorities={"ie": replace(bank.authorities["ie"], **changes)})


def screen_title(text: str) -> Change:
    def change(bank: Edition) -> Edition:
        (screen,) = bank.scope.screens
        return replace(bank, scope=replace(bank.scope, screens=(replace(screen, title=text),)))

    return change


def first_law(**changes: Any) -> Change:
    return lambda bank: replace(bank, laws=(replace(bank.laws[0], **changes), *bank.laws[1:]))


def gate_level(number: int) -> Change:
    return of_question(gates=(replace(gate(), min_level=number),))


def order(*codes: str) -> Change:
    return lambda bank: replace(bank, questions=(*(bank.question[code] for code in codes), bank.questions[-1]))


def without(code: str) -> Change:
    return lambda bank: replace(bank, questions=tuple(own for own in bank.questions if own.id != code))


def reason(question_id: str, text: str) -> Change:
    return lambda bank: replace(bank, readability_exceptions={**bank.readability_exceptions, question_id: text})


TOGETHER: dict[str, tuple[Change, Change]] = {
    "fields of a question": (of_question(help="File."), of_question(text="Is it the draft's?")),
    "levels": (level(2, "File."), level(4, "Draft.")),
    "steps": (step_to(1, "File."), step_to(3, "Draft.")),
    "options of a scope question": (option("eu", "File"), option("us", "Draft")),
    "law dates": (day(0, date(2026, 9, 1)), day(1, date(2027, 9, 1))),
    "an authority": (authority(name="the file"), authority(url="https://draft.example")),
    "a scope screen and a law": (screen_title("File"), first_law(says="Draft.")),
    "a gate and a level": (gate_level(3), level(0, "Draft.")),
    "exceptions": (reason("DATA-01", "File."), reason("DATA-02", "Draft.")),
    "order and wording": (order("DATA-03", "DATA-01", "DATA-02"), of_question(help="Draft.")),
}


@pytest.mark.parametrize(("by_file", "by_draft"), TOGETHER.values(), ids=TOGETHER.keys())
def test_what_two_people_changed_in_different_places_ends_up_together(by_file: Change, by_draft: Change) -> None:
    found = compare_three_ways(BANK, by_draft(BANK), by_file(BANK))
    assert ChangeSource.CONFLICT not in found.source.values()
    assert merged(found) == by_file(by_draft(BANK))


BOTH: dict[str, tuple[Change, Change]] = {
    "a text": (of_question(text="Is it the file's?"), of_question(text="Is it the draft's?")),
    "a level": (level(2, "File."), level(2, "Draft.")),
    "a step": (step_to(1, "File."), step_to(1, "Draft.")),
    "an option": (option("eu", "File"), option("eu", "Draft")),
    "a law date": (day(0, date(2026, 9, 1)), day(0, date(2026, 10, 1))),
    "an authority": (authority(name="the file"), authority(name="the draft")),
    "a scope screen": (screen_title("File"), screen_title("Draft")),
    "a law": (first_law(says="File."), first_law(says="Draft.")),
    "a gate": (gate_level(3), gate_level(4)),
    "gates, one more each": (of_question(gates=(gate(), gate(on=when("gdpr")))), of_question(gates=())),
    "an exception": (reason("DATA-01", "File."), reason("DATA-01", "Draft.")),
    "removed and changed": (without("DATA-02"), lambda bank: replace(
        bank, questions=tuple(replace(own, help="Draft.") if own.id == "DATA-02" else own for own in bank.questions)
    )),
    "changed and removed": (of_question(help="File."), without("DATA-01")),
    "places": (order("DATA-03", "DATA-01", "DATA-02"), order("DATA-01", "DATA-03", "DATA-02")),
}  # fmt: skip


@pytest.mark.parametrize(("by_file", "by_draft"), BOTH.values(), ids=BOTH.keys())
def test_what_both_changed_is_a_conflict_and_stays_the_drafts(by_file: Change, by_draft: Change) -> None:
    draft = by_draft(BANK)
    found = compare_three_ways(BANK, draft, by_file(BANK))
    assert ChangeSource.CONFLICT in found.source.values() or set(found.source) == {"questions/DATA-03/order"}
    assert merged(found) == draft


LOSSES: dict[str, Change] = {
    "a question": without("DATA-03"),
    "a text": of_question(help=""),
    "a condition": of_question(applies_when=ALWAYS),
    "a gate": of_question(gates=()),
    "proof": of_question(evidence=()),
    "a date": lambda bank: replace(bank, dates=bank.dates[:1]),
    "an option's name": lambda bank: replace(option("eu", "EU")(bank), scope=renamed_option(bank)),
    "an authority": lambda bank: replace(bank, authorities={}),
    "the start of a law": first_law(starts=None),
}


def renamed_option(bank: Edition) -> Any:
    (screen,) = bank.scope.screens
    first, *others = screen.questions
    options = tuple(replace(own, id="europe") if own.id == "none" else own for own in first.options)
    return replace(bank.scope, screens=(replace(screen, questions=(replace(first, options=options), *others)),))


@pytest.mark.parametrize("by_file", LOSSES.values(), ids=LOSSES.keys())
def test_what_the_file_leaves_out_is_never_ticked(by_file: Change) -> None:
    base = first_law(starts=date(2018, 5, 25))(of_question(applies_when=when("gdpr"))(BANK))
    found = compare_three_ways(base, base, by_file(base))
    assert ChangeSource.REMOVAL in found.source.values()
    assert set(found.source.values()) == {ChangeSource.REMOVAL}
    assert merged(found) == base


def test_steps_in_place_of_a_first_step_lose_nothing() -> None:
    base = edition(question("DATA-01"))
    file = replace(base, questions=(question("DATA-01", steps=STEPS, first_step="", effort=None),))
    assert merged(compare_three_ways(base, base, file)) == file


def test_a_change_that_needs_what_the_draft_took_out_is_not_ticked() -> None:
    """Otherwise the file would bring back a citation that somebody removed on purpose."""
    label = replace(BANK.citations["GDPR Art. 1"], label="CIS 1")
    base = replace(BANK, citations={**BANK.citations, "CIS 1": label})
    file = of_question(citations=(QuestionCitation("CIS 1"),))(base)
    found = compare_three_ways(base, BANK, file)
    assert found.source["questions/DATA-01/citations"] is ChangeSource.FILE  # type: ignore[index]
    assert not found.ticked
    assert merged(found) == BANK


def test_what_both_did_alike_is_no_change() -> None:
    found = compare_three_ways(BANK, gate_level(3)(BANK), gate_level(3)(BANK))
    assert not found.source


def test_choices_hold_as_long_as_the_values_do() -> None:
    draft, file = level(2, "Draft.")(BANK), level(2, "File.")(BANK)
    (which,) = (found := compare_three_ways(BANK, draft, file)).source
    choices = {which: (change_marks(found.diff)[which], True)}
    assert with_choices(found, choices) == {which}
    later = compare_three_ways(BANK, level(2, "Draft, later.")(BANK), file)
    assert with_choices(later, choices) == frozenset()
    unticked = compare_three_ways(BANK, BANK, file)
    assert with_choices(unticked, {which: (change_marks(unticked.diff)[which], False)}) == frozenset()
    assert with_choices(unticked, choices) == {which}


class TestDays:
    def test_the_day_of_a_law(self) -> None:
        (moved,) = moved_days("starts", date(2018, 5, 25), date(2026, 8, 15))
        assert (moved.of, moved.far) == ("", True)
        assert not moved_days("starts", date(2018, 5, 25), date(2019, 5, 25))[0].far
        assert moved_days("starts", date(2018, 5, 25), None)[0].far
        assert moved_days("starts", None, date(2018, 5, 25))[0].far
        assert not moved_days("starts", None, None)
        assert not moved_days("looked_up", date(2018, 5, 25), date(2026, 8, 15))
        assert not moved_days("says", "2018-05-25", "2026-08-15")

    def test_days_in_lists(self) -> None:
        moved = moved_days("dates", BANK.dates, day(1, date(2028, 8, 3))(BANK).dates)
        assert [(own.of, own.far) for own in moved] == [("gdpr: It goes on.", True)]
        assert not moved_days("dates", BANK.dates, BANK.dates[1:])
        duties = (duty(starts=date(2026, 8, 2)),)
        assert [own.of for own in moved_days("duties", duties, (duty(starts=date(2026, 9, 2)),))] == ["gdpr"]
        gates = (replace(gate(), starts=date(2026, 8, 2)), gate())
        assert [own.of for own in moved_days("gates", gates, (gate(), gate()))] == ["It matters."]
        uses = (QuestionCitation("GDPR Art. 1", starts=date(2026, 8, 2)),)
        assert len(moved_days("citations", uses, (replace(uses[0], starts=date(2026, 8, 3)),))) == 1


class TestFingerprint:
    def test_it_is_that_of_the_content(self) -> None:
        other = {"CIS 1": replace(BANK.citations["GDPR Art. 1"], label="CIS 1")}
        turned = replace(BANK, citations={**other, **BANK.citations})
        assert content_fingerprint(replace(BANK, citations={**BANK.citations, **other})) == content_fingerprint(turned)
        assert content_fingerprint(BANK) != content_fingerprint(level(0, "Other.")(BANK))

    @pytest.mark.parametrize(
        "text", ["exported_from: x\n", "exported_from: {edition: a}\n", "exported_from: [a]\n", ""]
    )
    def test_a_document_of_unknown_origin_can_be_read(self, text: str) -> None:
        assert read_yaml_file(text + write_edition(BANK), "x.yaml") == BankFile(BANK, None)

    def test_every_format_says_where_it_comes_from(self) -> None:
        origin = origin_of(BANK, status="draft", version=3, exported_at="2026-11-30T10:00:00+00:00")
        header = {ORIGIN: origin_as_plain(origin)}
        assert read_yaml_file(write_edition(BANK, header), "x.yaml") == BankFile(BANK, origin)
        assert read_json_file(write_json(BANK, header), "x.json") == BankFile(BANK, origin)
        assert read_sheets_file((about_sheet(origin), *write_sheets(BANK))) == BankFile(BANK, origin)
        assert write_edition(BANK, header).startswith("exported_from:\n  edition: test\n")
