"""A duty or gate that starts within 90 days is named with its day, and is not yet a finding."""

from dataclasses import replace
from datetime import date

import pytest

from assessments.bank.conditions import Clause, Condition
from assessments.bank.types import Edition, GateKind
from assessments.scoring.engine import score
from assessments.scoring.types import Answers, Run, StartingSoon
from tests.bank.making import duty, edition, gate, question, when
from tests.scoring.answering import UNKNOWN, level, run

NEW_YEAR = date(2027, 1, 1)
DUTY = duty(level=3, starts=NEW_YEAR)
GATE = replace(gate(GateKind.LEGAL, 2), starts=NEW_YEAR)
BANK = edition(question("DATA-01", duties=(DUTY,)), question("DATA-02", gates=(GATE,)))


def soon(bank: Edition, answers: Answers, day: date = date(2026, 11, 29), on: Run | None = None) -> list[StartingSoon]:
    return list(score(bank, on or run("gdpr"), answers, day).starting_soon)


def test_both_are_named_with_the_day_and_the_level_they_need() -> None:
    first, second = BANK.questions

    found = soon(BANK, {"DATA-01": level(2), "DATA-02": level(1)})

    assert found == [
        StartingSoon(first, NEW_YEAR, 2, 3, BANK.laws[0], DUTY, None),
        StartingSoon(second, NEW_YEAR, 1, 2, None, None, GATE),
    ]


@pytest.mark.parametrize(
    ("day", "named"),
    [
        (date(2026, 10, 2), 0),
        (date(2026, 10, 3), 2),
        (date(2026, 12, 31), 2),
        (date(2027, 1, 1), 0),
    ],
)
def test_from_ninety_days_before_until_the_day_before(day: date, named: int) -> None:
    assert len(soon(BANK, {"DATA-01": level(0), "DATA-02": level(0)}, day)) == named


def test_neither_where_the_level_is_reached_nor_where_nobody_knows() -> None:
    assert soon(BANK, {"DATA-01": level(3), "DATA-02": level(2)}) == []
    assert soon(BANK, {"DATA-01": UNKNOWN}) == []


def test_only_what_certainly_applies() -> None:
    answers = {"DATA-01": level(0)}

    assert soon(BANK, answers, on=run("ccpa")) == []
    assert soon(BANK, answers, on=run("gdpr", provisional=("gdpr",))) == []
    with_ai = edition(question("DATA-01", duties=(replace(DUTY, when=when("uses_ai")),)))
    assert soon(with_ai, answers) == []
    assert len(soon(with_ai, answers, on=run("gdpr", "uses_ai"))) == 1
    only_with_ai = edition(question("DATA-01", applies_when=when("uses_ai"), duties=(DUTY,)))
    assert soon(only_with_ai, answers, on=run("gdpr", "uses_ai", provisional=("uses_ai",))) == []


def test_a_gate_behind_another_that_holds_never_comes() -> None:
    answers = {"DATA-01": level(0)}
    before = gate(GateKind.HARM, 1, on=Condition((Clause(any=("gdpr", "uses_ai")),)))
    bank = edition(question("DATA-01", gates=(before, GATE)))

    assert soon(bank, answers) == soon(bank, answers, on=run("gdpr", "uses_ai", provisional=("gdpr",))) == []
    assert len(soon(bank, answers, on=run())) == 1
    far = replace(before, starts=date(2028, 1, 1))
    assert len(soon(edition(question("DATA-01", gates=(far, GATE))), answers)) == 1


def test_days_come_in_order_and_within_a_day_gates_before_duties() -> None:
    late, early = duty(level=1, starts=date(2027, 1, 2)), duty("ccpa", level=1, starts=date(2026, 12, 2))
    bank = edition(question("DATA-01", duties=(late, early, DUTY), gates=(GATE,)), question("DATA-02", duties=(DUTY,)))

    found = soon(bank, {"DATA-01": level(0), "DATA-02": level(0)}, on=run("gdpr", "ccpa"))

    assert [(item.day.day, item.question.id, item.duty) for item in found] == [
        (2, "DATA-01", early),
        (1, "DATA-01", None),
        (1, "DATA-01", DUTY),
        (1, "DATA-02", DUTY),
        (2, "DATA-01", late),
    ]


def test_a_target_rises_on_the_day_and_not_before() -> None:
    answers = {"DATA-01": level(0), "DATA-02": level(0)}

    targets = [
        [step.target for step in score(BANK, run("gdpr"), answers, day).todo] for day in (date(2026, 12, 31), NEW_YEAR)
    ]

    assert targets == [[2, 2], [3, 3]]
