"""Rules for gates, duties and placeholders that came with edition 2026.2."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assessments.bank.scope_types import OutOfView
from assessments.bank.types import FindingKind, Gate, GateKind
from tests.bank.checking import WARNING, about, said, sound, with_question, with_step
from tests.bank.making import duty, gate, question, when

PLACE = "questions DATA-06"
# The small bank describes the law of 21 November 2026.
TODAY, LATER, LATEST = date(2026, 11, 21), date(2027, 1, 1), date(2028, 1, 1)


def legal(**changes: Any) -> Gate:
    return replace(gate(GateKind.LEGAL), **{"severity": 2} | changes)


@pytest.mark.parametrize("kind", GateKind)
@pytest.mark.parametrize("severity", [None, 1])
def test_gates_about_law_have_a_severity_and_no_others(kind: GateKind, severity: int | None) -> None:
    bank = with_question(gates=(replace(gate(kind), severity=severity),))

    lawful = kind in (GateKind.LEGAL_STOP, GateKind.LEGAL)
    expected = {
        (True, None): ["say how much the law or people suffer: 3, 2 or 1"],
        (False, 1): ["only gates about law have one"],
    }
    assert about(bank, f"{PLACE}, gates, entry 1, severity", WARNING) == expected.get((lawful, severity), [])


def test_older_gates_have_no_severity() -> None:
    assert about(sound(question("DATA-06", gates=(gate(GateKind.LEGAL),))), f"{PLACE}, gates", WARNING) == []


@pytest.mark.parametrize(
    ("starts", "duties", "wrong"),
    [
        (None, (None,), False),
        (None, (TODAY,), False),
        (None, (LATER,), True),
        (None, (LATER, TODAY), False),
        (None, (LATER, None), False),
        (LATER, (LATER, LATEST), False),
        (TODAY, (LATER,), True),
        (LATEST, (LATER,), False),
        (None, (), False),
    ],
)
def test_a_gate_says_that_a_law_is_broken_only_once_it_is(
    starts: date | None, duties: tuple[date | None, ...], wrong: bool
) -> None:
    bank = with_question(gates=(legal(starts=starts),), duties=tuple(duty(starts=day) for day in duties))

    expected = ["closed before 2027-01-01, when the first duty here starts"] * wrong
    assert about(bank, f"{PLACE}, gates, entry 1, starts") == expected


def test_a_gate_about_harm_may_close_before_any_law() -> None:
    assert said(with_question(gates=(gate(),), duties=(duty(starts=LATER),))) == []


def test_a_gate_about_law_has_a_duty_that_is_broken_now() -> None:
    later = replace(duty(), finding=FindingKind.ON_THE_DAY)
    expected = ["says that a law is broken now, while all duties here mean “Would be missed on the day”"]

    def found(*duties: Any) -> list[str]:
        return about(with_question(gates=(legal(),), duties=duties), f"{PLACE}, gates, entry 1, kind", WARNING)

    assert found(later, later) == expected
    assert found(later, duty()) == found() == []


def test_a_duty_of_the_day_may_be_met_below_a_gate_about_law() -> None:
    below = replace(duty(level=1), finding=FindingKind.ON_THE_DAY)
    bank = with_question(gates=(legal(),), duties=(duty(), below))

    assert about(bank, f"{PLACE}, duties", WARNING) == []


@pytest.mark.parametrize("changes", [{"gates": (gate(),)}, {"duties": (duty(),)}])
def test_what_a_gate_or_a_duty_rests_on_can_be_found_out(changes: dict[str, Any]) -> None:
    place = f"{PLACE}, find_out"

    assert about(with_question(find_out=None), place, WARNING) == []
    assert about(with_question(**changes), place, WARNING) == []
    assert about(with_question(find_out=None, **changes), place, WARNING) == [
        "say how somebody finds out: a gate or a duty rests on the answer"
    ]
    assert about(sound(question("DATA-06", **changes)), place, WARNING) == []


NOT_HERE = "{police} is not filled in here"


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"text": "Do you call {police}?"}, "text"),
        ({"levels": ("Call {police}", "b", "c", "d", "e")}, "levels, level 0"),
        ({"weight_reason": "{police}"}, "weight_reason"),
        ({"not_applicable_hint": "{police}"}, "not_applicable_hint"),
        ({"evidence": ("A list", "{police}")}, "evidence, entry 2"),
        ({"gates": (replace(gate(), reason="{police}"),)}, "gates, entry 1"),
        ({"duties": (duty(), replace(duty(), says="{police}"))}, "duties, entry 2"),
    ],
)
def test_a_placeholder_where_nothing_is_filled_in(changes: dict[str, Any], place: str) -> None:
    assert said(with_question(**changes)) == [f"{PLACE}, {place}: {NOT_HERE}"]


def test_placeholders_in_help_and_in_what_is_out_of_view() -> None:
    assert said(with_question(help="Call {police} or {cyber_agency}.")) == []
    assert said(with_question(help="Go to {cyber_url}.")) == [f"{PLACE}, help: {{cyber_url}} is not filled in here"]
    unsure = "{authority}: some businesses that read this have no law with an authority"
    assert said(with_question(help="Ask {authority}.")) == [f"{PLACE}, help: {unsure}"]
    bank = sound()
    out = (OutOfView("x", "Ask {authority}.", when("base.eu")), OutOfView("y", "See {authority_url}."))
    assert said(replace(bank, scope=replace(bank.scope, out_of_view=out))) == [
        "out_of_view y: {authority_url} is not filled in here"
    ]


def test_a_word_in_braces_that_is_no_placeholder() -> None:
    place = f"{PLACE}, steps, to 1, text"

    assert about(with_step(1, text="Ask {adviser}."), place, WARNING) == [
        "{adviser} is not a placeholder: it is shown as a word"
    ]
    assert about(with_step(1, text="Type {} or {A}."), place, WARNING) == []
