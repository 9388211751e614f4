"""Which questions are due again, to the day, and what answers given since change."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.bank.types import GateKind
from assessments.planning.asked_again import answer_changes, due_again
from tests.bank.making import duty, edition, gate, question, when
from tests.scoring.answering import UNKNOWN, all_at, left_out, level, run, scored

GIVEN = date(2026, 5, 3)
BANK = edition(
    question("DATA-01"),
    question("STORE-01", gates=(gate(GateKind.HARM, 2),)),
    question("STORE-02", gates=(gate(GateKind.HARM, 2, on=when("uses_ai")),)),
)
ON_ONE_DAY = dict.fromkeys(("DATA-01", "STORE-01", "STORE-02"), GIVEN)


def due_on(day: date, *tags: str) -> list[str]:
    result = scored(BANK, all_at(BANK, 3), run(*tags))
    return [due.question.id for due in due_again(result, ON_ONE_DAY, day)]


@pytest.mark.parametrize(
    ("days", "due"),
    [
        (89, []),
        (90, ["STORE-01"]),
        (364, ["STORE-01"]),
        (365, ["STORE-01", "DATA-01", "STORE-02"]),
    ],
)
def test_gates_after_90_days_and_the_rest_after_a_year(days: int, due: list[str]) -> None:
    assert due_on(GIVEN + timedelta(days=days)) == due


def test_only_a_gate_of_this_business_is_one() -> None:
    assert due_on(GIVEN + timedelta(days=90), "uses_ai") == ["STORE-01", "STORE-02"]


def test_what_was_never_answered_is_not_due_and_an_open_gate_still_is() -> None:
    result = scored(BANK, {"STORE-01": level(4)})

    found = due_again(result, {"STORE-01": GIVEN}, GIVEN + timedelta(days=1000))

    assert [(due.question.id, due.given_on, due.due_on) for due in found] == [
        ("STORE-01", GIVEN, GIVEN + timedelta(days=90))
    ]
    assert found[0].gate is not None


@given(st.lists(st.integers(0, 800), min_size=3, max_size=3), st.integers(0, 2_000), st.integers(0, 2_000))
def test_what_is_due_stays_due_and_the_longest_overdue_comes_first(ages: list[int], days: int, later: int) -> None:
    result = scored(BANK, all_at(BANK, 1))
    given_on = {code: GIVEN + timedelta(days=age) for code, age in zip(ON_ONE_DAY, ages, strict=True)}
    day = GIVEN + timedelta(days=days)

    found = due_again(result, given_on, day)

    assert set(found) <= set(due_again(result, given_on, day + timedelta(days=later)))
    assert [due.due_on for due in found] == sorted(due.due_on for due in found)


def test_better_and_worse_count_levels_and_leave_out_what_does_not_apply() -> None:
    bank = edition(*(question(f"DATA-0{n}") for n in range(1, 7)))
    before = {"DATA-01": level(1), "DATA-02": level(3), "DATA-03": UNKNOWN, "DATA-04": level(2), "DATA-05": level(2)}
    after = {"DATA-01": level(2), "DATA-02": level(1), "DATA-03": level(2), "DATA-04": left_out(), "DATA-05": level(2)}

    found = answer_changes(scored(bank, before), scored(bank, after))

    assert (found.better, found.worse) == (2, 1)


def test_gaps_and_duties_are_those_that_the_counts_count() -> None:
    bank = edition(
        question("AIUSE-01", gates=(gate(GateKind.LEGAL_STOP, 1),)),
        question("STORE-01", duties=(duty("gdpr", 2),)),
        question("STORE-02", gates=(gate(GateKind.HARM, 2),)),
        question("STORE-03", gates=(gate(GateKind.FOUNDATION, 2),)),
    )
    lowest, best = scored(bank, all_at(bank, 0), run("gdpr")), scored(bank, all_at(bank, 4), run("gdpr"))
    assert lowest.counts is not None

    up, down = answer_changes(lowest, best), answer_changes(best, lowest)

    assert (up.gaps_closed, up.gaps_opened) == (lowest.counts.urgent_gaps, 0) == (2, 0)
    assert (up.duties_met, up.duties_opened) == (lowest.counts.open_duties, 0)
    assert up.duties_met > 0
    assert (down.gaps_opened, down.duties_opened, down.worse) == (up.gaps_closed, up.duties_met, up.better)
    assert not up.none
    assert answer_changes(best, best).none
