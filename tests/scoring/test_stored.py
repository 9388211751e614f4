"""A stored result is the result: through JSON and back nothing changes and nothing is computed again."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from assessments.bank.types import Edition, FindingKind, GateKind
from assessments.scoring.engine import score
from assessments.scoring.stored import FORMAT, UnknownFormat, dump_result, load_result
from assessments.scoring.types import Run, ScoredAnswer
from tests.bank import strategies as some
from tests.bank.making import duty, edition, gate, question
from tests.bank.strategies import TODAY
from tests.scoring.answering import UNKNOWN, left_out, level, run, scored

BANK = edition(
    question("DATA-01", gates=(gate(GateKind.LEGAL),), duties=(duty(), duty("ccpa", 3))),
    question("DATA-02"),
    question("AIUSE-01"),
)
ANSWERS = {"DATA-01": level(1), "DATA-02": left_out("no shop"), "AIUSE-01": UNKNOWN}


@given(some.scored())
def test_round_trip(scored: tuple[Edition, Run, dict[str, ScoredAnswer]]) -> None:
    result = score(*scored, TODAY)

    stored = json.loads(json.dumps(dump_result(result)))

    assert load_result(stored, scored[0]) == result


def test_what_stands_in_the_edition_is_stored_by_name() -> None:
    stored = dump_result(scored(BANK, ANSWERS, run("gdpr", "ccpa")))

    assert stored["must_fix"] == [
        {
            "question": "DATA-01",
            "gate": "DATA-01/0",
            "duties": ["DATA-01/1", "DATA-01/2"],
            "level": 1,
            "in_part": False,
            "provisional": False,
            "finding": "now",
        }
    ]
    assert stored["left_out"] == [{"question": "DATA-02", "reason": "no shop"}]
    assert stored["open_duties"][0]["citations"] == ["GDPR Art. 1"]
    assert stored["run"] == {"depth": "full", "tags": ["ccpa", "gdpr"], "provisional": []}


def test_texts_are_stored_as_plain_texts() -> None:
    stored = dump_result(scored(BANK, ANSWERS))

    assert type(stored["run"]["depth"]) is str


def test_figures_are_shown_as_stored_and_not_scored_again() -> None:
    stored = dump_result(scored(BANK, ANSWERS))
    stored["domains"][0]["low"]["figure"] = {"label": 3, "tenths": 7}

    loaded = load_result(stored, BANK).domains[0].low

    assert loaded is not None
    assert str(loaded.figure) == "3.7"


def test_another_format_is_refused() -> None:
    stored = dump_result(scored(BANK, ANSWERS)) | {"format": FORMAT + 1}

    with pytest.raises(UnknownFormat, match=str(FORMAT + 1)):
        load_result(stored, BANK)


def test_days_and_chosen_steps_are_plain_values() -> None:
    coming = duty("gdpr", 4, starts=date(2026, 12, 2))
    bank = edition(question("DATA-01", duties=(coming,), steps=some.STEPS[3]), scope=some.SCOPE)

    stored = dump_result(scored(bank, {"DATA-01": level(1)}, run("gdpr")))

    assert stored["starting_soon"][0]["day"] == "2026-12-02"
    assert stored["starting_soon"][0]["duty"] == "DATA-01/0"
    assert stored["todo"][0]["steps"] == [{"to": 2, "variant": 0, "solo": False}]


def test_a_result_of_the_first_format_is_read_as_it_was_stored() -> None:
    stored = json.loads(Path(__file__).with_name("stored_in_format_1.json").read_text("utf-8"))
    harm = question("STORE-01", gates=(gate(GateKind.HARM, caps_pillar=True),))
    bank = edition(*BANK.questions, harm)

    loaded = load_result(stored, bank)

    assert [(own.code, str(own.low.figure)) for own in loaded.pillars if own.low] == [
        ("privacy", "1.0"),
        ("security", "1.0"),
        ("responsible_ai", "0.0"),
    ]
    assert [(item.question.id, item.finding, item.provisional) for item in loaded.must_fix] == [
        ("DATA-01", FindingKind.NOW, False),
        ("STORE-01", FindingKind.ON_THE_DAY, False),
    ]
    assert [(item.law.code, item.provisional) for item in loaded.open_duties] == [("gdpr", False), ("ccpa", True)]
    assert [(step.question.id, step.steps, step.minutes) for step in loaded.todo] == [
        ("DATA-01", (), None),
        ("STORE-01", (), None),
    ]
    assert (loaded.counts, loaded.on_the_day, loaded.to_check, loaded.starting_soon) == (None, (), (), ())
    assert [(own.counts, own.first_indication, own.label) for own in loaded.pillars] == [
        (None, False, 1),
        (None, False, 1),
        (None, False, 0),
    ]
    assert not any(trace.in_place for own in loaded.domains for trace in own.traces)


def test_a_first_format_read_is_stored_in_the_present_one() -> None:
    result = scored(BANK, ANSWERS)
    first = {**dump_result(result), "format": 1}

    assert dump_result(load_result(first, BANK)) == dump_result(result)
    harm = replace(BANK, questions=(question("DATA-01", gates=(gate(GateKind.HARM),)),))
    found = scored(harm, {"DATA-01": level(1)})
    as_first = {**dump_result(found), "format": 1, "must_fix": dump_result(found)["on_the_day"]}
    assert [item.finding for item in load_result(as_first, harm).must_fix] == [FindingKind.ON_THE_DAY]
