"""Some changes accepted, others not: exact, in order, and with nothing left dangling."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.bank.diff.accept import apply_changes, with_needed
from assessments.bank.diff.editions import ChangeId, EditionDiff, compare_editions
from assessments.bank.document.writer import write_edition
from assessments.bank.types import Edition
from tests.bank import changing
from tests.bank.changing import changed_editions, dangling
from tests.bank.making import edition, question

BANK = edition(question("DATA-01"), question("DATA-02"), question("DATA-03"), question("ACCESS-01"))


def ids(*names: str) -> frozenset[ChangeId]:
    return frozenset(ChangeId(name) for name in names)


def taken(base: Edition, other: Edition, *names: str) -> Edition:
    return apply_changes(base, other, ids(*names))


def unordered(diff: EditionDiff) -> set[ChangeId]:
    return {which for which in diff.ids if not which.endswith("/order")}


@given(changed_editions(), changed_editions())
def test_all_changes_give_the_other_edition(base: Edition, other: Edition) -> None:
    assert apply_changes(base, other, compare_editions(base, other).ids) == other


@given(changed_editions(), changed_editions())
def test_no_changes_give_the_edition_as_it_was(base: Edition, other: Edition) -> None:
    assert apply_changes(base, other, frozenset()) == base


@settings(max_examples=60)
@given(changed_editions(), changed_editions(), st.data())
def test_what_is_accepted_is_done_and_the_rest_is_left(base: Edition, other: Edition, data: st.DataObject) -> None:
    diff = compare_editions(base, other)
    accepted = data.draw(st.sets(st.sampled_from(sorted(diff.ids)))) if diff.ids else set()
    expected = with_needed(diff, accepted)

    mixed = apply_changes(base, other, accepted)

    assert accepted <= expected
    assert unordered(compare_editions(base, mixed)) == {which for which in expected if not which.endswith("/order")}
    assert unordered(compare_editions(mixed, other)) == unordered(diff) - expected
    assert dangling(mixed) <= dangling(base) | dangling(other)
    assert write_edition(mixed)


@settings(max_examples=60)
@given(changed_editions(), changed_editions(), st.data())
def test_taking_twice_is_taking_once(base: Edition, other: Edition, data: st.DataObject) -> None:
    diff = compare_editions(base, other)
    accepted = data.draw(st.sets(st.sampled_from(sorted(diff.ids)))) if diff.ids else set()
    once = apply_changes(base, other, {which for which in accepted if not which.endswith("/order")})

    assert apply_changes(once, other, {which for which in accepted if not which.endswith("/order")}) == once


def test_one_field_of_two() -> None:
    other = changing.reworded(BANK)

    mixed = taken(BANK, other, "questions/DATA-01/help")

    assert mixed.question["DATA-01"] == replace(BANK.question["DATA-01"], help="Other help.")


def test_a_new_question_brings_its_domain_and_pillar() -> None:
    other = edition(*BANK.questions, question("AIUSE-01"), question("AIUSE-02"))

    needed = with_needed(compare_editions(BANK, other), ids("questions/AIUSE-02/added"))

    assert needed == ids("questions/AIUSE-02/added", "domains/AIUSE/added", "pillars/responsible_ai/added")
    mixed = apply_changes(BANK, other, needed)
    assert [domain.code for domain in mixed.domains] == ["DATA", "AIUSE", "ACCESS"]
    assert [own.id for own in mixed.questions] == ["DATA-01", "DATA-02", "DATA-03", "AIUSE-02", "ACCESS-01"]


def test_a_domain_that_goes_takes_its_questions() -> None:
    other = edition(*BANK.questions[:3])

    needed = with_needed(compare_editions(BANK, other), ids("domains/ACCESS/removed"))

    assert needed == ids("domains/ACCESS/removed", "questions/ACCESS-01/removed")
    assert apply_changes(BANK, other, needed).pillars == BANK.pillars


def test_a_question_that_asks_for_a_new_tag_brings_the_way_there() -> None:
    needed = with_needed(
        compare_editions(BANK, changing.new_screen_with_a_tag(BANK)), ids("questions/DATA-01/applies_when")
    )

    assert needed == ids(
        "questions/DATA-01/applies_when", "tags/has_shop/added", "scope_questions/staff/added", "screens/people/added"
    )


def test_a_rule_brings_the_option_it_rests_on_and_not_the_other_way_round() -> None:
    diff = compare_editions(BANK, changing.new_option_in_a_rule(BANK))
    rule, option = "tags/gdpr/set_when", "scope_questions/base/options"

    assert with_needed(diff, ids(rule)) == ids(rule, option)
    assert with_needed(diff, ids(option)) == ids(option)


def test_an_option_goes_only_with_the_rules_that_rest_on_it() -> None:
    diff = compare_editions(changing.new_option_in_a_rule(BANK), BANK)

    assert with_needed(diff, ids("scope_questions/base/options")) == diff.ids


def test_a_citation_goes_only_from_where_it_is_used_too() -> None:
    diff = compare_editions(changing.new_item_and_citation(BANK), BANK)

    needed = with_needed(diff, ids("citations/CIS 1/removed"))

    assert needed == ids("citations/CIS 1/removed", "questions/DATA-01/citations")


def test_a_moved_question_can_be_moved_alone() -> None:
    first, second, third, other = BANK.questions
    turned = changing.reworded(replace(BANK, questions=(third, first, second, other)))

    mixed = taken(BANK, turned, "questions/DATA-03/order")

    assert [own.id for own in mixed.questions] == ["DATA-03", "DATA-01", "DATA-02", "ACCESS-01"]
    assert set(mixed.questions) == set(BANK.questions)


def test_what_is_not_a_change_is_passed_over() -> None:
    assert taken(BANK, changing.reworded(BANK), "questions/NONE-01/text", "nonsense") == BANK
