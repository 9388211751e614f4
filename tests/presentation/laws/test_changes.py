"""What changes soon: by day, only what concerns the business, and said with care where a fact is open."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assessments.bank.laws import Citation, KeyDate, Verification
from assessments.bank.types import Duty, Edition, Gate
from assessments.presentation.laws.changes import ChangesSoon, DayOfChanges, changes_soon
from assessments.presentation.placeholders import BusinessPlace
from tests.bank.making import edition as small_bank
from tests.bank.making import gate, law, question, when

TODAY = date(2026, 11, 30)
LAWS = (law("gdpr"), law("ccpa"))


def key_date(day: date, *tags: str, of: str = "gdpr", text: str = "It changes.") -> KeyDate:
    return KeyDate(day, of, text, when(*tags), Verification.SECONDARY)


def duty(starts: date | None, *tags: str, unsettled: str = "", citation: str = "GDPR Art. 1") -> Duty:
    return Duty("gdpr", 2, "Say so.", (citation,), starts, when(*tags), unsettled=unsettled)


def starting(day: date, *tags: str) -> Gate:
    return replace(gate(on=when(*tags)), starts=day)


def bank(*dates: KeyDate, duties: tuple[Duty, ...] = (), gates: tuple[Gate, ...] = ()) -> Edition:
    return small_bank(question("DATA-01", duties=duties, gates=gates), laws=LAWS, dates=dates)


def soon(edition: Edition, *on: str, maybe: tuple[str, ...] = (), today: date = TODAY) -> ChangesSoon:
    return changes_soon(edition, BusinessPlace("", frozenset((*on, *maybe)), today), frozenset(maybe))


def days(found: tuple[DayOfChanges, ...]) -> list[date]:
    return [own.day for own in found]


@pytest.mark.parametrize(
    ("day", "near", "later"),
    [
        (TODAY - timedelta(days=1), 0, 0),
        (TODAY, 1, 0),
        (TODAY + timedelta(days=90), 1, 0),
        (TODAY + timedelta(days=91), 0, 1),
        (date(2027, 11, 30), 0, 1),
        (date(2027, 12, 1), 0, 0),
    ],
)
def test_what_lies_within_twelve_months_is_shown_and_within_ninety_days_set_apart(
    day: date, near: int, later: int
) -> None:
    found = soon(bank(key_date(day, "gdpr")), "gdpr")
    assert (len(found.near), len(found.later)) == (near, later)
    assert bool(found) == bool(near + later)
    assert [own.days_left for own in (*found.near, *found.later)] == [(day - TODAY).days] * (near + later)


def test_a_year_from_the_last_of_february_ends_on_the_last_of_february() -> None:
    leap = date(2028, 2, 29)
    edition = bank(key_date(date(2029, 2, 28), "gdpr"), key_date(date(2029, 3, 1), "gdpr"))
    assert days(soon(edition, "gdpr", today=leap).later) == [date(2029, 2, 28)]


def test_days_come_in_order_with_everything_of_a_day_together() -> None:
    first, second = TODAY + timedelta(days=2), TODAY + timedelta(days=30)
    edition = bank(
        key_date(second, text="Later"),
        key_date(first, text="First"),
        key_date(first, text="Also first"),
        duties=(duty(second),),
    )
    found = soon(edition, "gdpr").near
    assert days(found) == [first, second]
    assert [own.text for own in found[0].dates] == ["First", "Also first"]
    assert [own.text for own in found[1].dates] == ["Later"]
    assert [(own.text, own.question.id) for own in found[1].duties if own.question] == [("Say so.", "DATA-01")]


def test_a_date_needs_its_law_and_its_condition() -> None:
    edition = bank(key_date(TODAY, "large_scale"))
    assert not soon(edition, "gdpr")
    assert not soon(edition, "large_scale")
    [day] = soon(edition, "gdpr", "large_scale").near
    assert [(own.law, own.provisional) for own in day.dates] == [(LAWS[0], False)]


@pytest.mark.parametrize("open_tag", ["gdpr", "large_scale"])
def test_what_rests_on_an_open_fact_only_may_concern_the_business(open_tag: str) -> None:
    edition = bank(key_date(TODAY, "large_scale"), duties=(duty(TODAY, "large_scale"),))
    sure = {"gdpr", "large_scale"} - {open_tag}
    [day] = soon(edition, *sure, maybe=(open_tag,)).near
    assert [own.provisional for own in (*day.dates, *day.duties)] == [True, True]


def test_a_duty_is_told_only_where_its_question_is_asked() -> None:
    asked = replace(question("DATA-01", duties=(duty(TODAY),)), applies_when=when("uses_ai"))
    edition = small_bank(asked, laws=LAWS)
    assert not soon(edition, "gdpr")
    assert len(soon(edition, "gdpr", "uses_ai").near[0].duties) == 1
    assert soon(edition, "gdpr", maybe=("uses_ai",)).near[0].duties[0].provisional


def test_a_duty_needs_its_law_its_condition_and_a_day() -> None:
    edition = bank(duties=(duty(TODAY, "large_scale"), duty(None)))
    assert not soon(edition, "gdpr")
    assert not soon(edition, "ccpa", "large_scale")
    assert len(soon(edition, "gdpr", "large_scale").near[0].duties) == 1


def test_a_duty_is_known_as_well_as_the_least_sure_of_its_citations() -> None:
    sources = {
        name: Citation(name, "Says so.", "gdpr", verification, "there", unsettled)
        for name, verification, unsettled in [
            ("text", Verification.TEXT, ""),
            ("seen", Verification.SECONDARY, "Some read another day."),
            ("memory", Verification.MEMORY, ""),
        ]
    }
    own = replace(duty(TODAY, unsettled="Whose name counts."), citations=("text", "seen"))
    edition = small_bank(question("DATA-01", duties=(own,)), laws=LAWS, citations=sources)
    [told] = soon(edition, "gdpr").near[0].duties
    assert told.verification is Verification.SECONDARY
    assert told.unsettled == ("Whose name counts.", "Some read another day.")
    worse = replace(edition, questions=(question("DATA-01", duties=(replace(own, citations=("memory", "text")),)),))
    [told] = soon(worse, "gdpr").near[0].duties
    assert told.verification is Verification.MEMORY


def test_a_gate_is_told_unless_a_duty_of_its_question_starts_with_it() -> None:
    other_day = TODAY + timedelta(days=3)
    alone = bank(gates=(starting(TODAY),), duties=(duty(other_day),))
    assert [[own.text for own in day.duties] for day in soon(alone, "gdpr").near] == [["It matters."], ["Say so."]]
    with_duty = bank(gates=(starting(TODAY),), duties=(duty(TODAY),))
    assert [[own.text for own in day.duties] for day in soon(with_duty, "gdpr").near] == [["Say so."]]


def test_a_gate_needs_its_condition_and_a_day() -> None:
    edition = bank(gates=(starting(TODAY, "large_scale"), gate()))
    assert not soon(edition, "gdpr")
    assert not soon(edition, "large_scale").near[0].duties[0].provisional
    assert soon(edition, maybe=("large_scale",)).near[0].duties[0].provisional
    asked = replace(question("DATA-01", gates=(starting(TODAY),)), applies_when=when("uses_ai"))
    assert not soon(small_bank(asked, laws=LAWS), "gdpr")


def test_a_french_shop_with_ai_hears_of_the_two_bans_two_days_before(edition: Edition) -> None:
    place = BusinessPlace("fr", frozenset({"gdpr", "in_eu", "eu_ai_act", "uses_ai"}), TODAY)
    found = changes_soon(edition, place, frozenset())
    assert [(own.day, own.days_left) for own in found.near] == [(date(2026, 12, 2), 2)]
    assert [own.question.id for own in found.near[0].duties if own.question] == ["AIUSE-01"]


def test_who_is_under_no_law_hears_nothing(edition: Edition) -> None:
    assert not changes_soon(edition, BusinessPlace("us_tx", frozenset({"uses_ai"}), TODAY), frozenset())


def test_placeholders_of_a_date_are_filled(edition: Edition) -> None:
    asks = replace(edition, dates=(KeyDate(TODAY, "gdpr", "Ask {authority}."),))
    place = BusinessPlace("fr", frozenset({"gdpr", "in_eu"}), TODAY)
    assert changes_soon(asks, place, frozenset()).near[0].dates[0].text == "Ask the CNIL."
