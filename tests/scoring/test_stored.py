"""A stored result is the result: through JSON and back nothing changes and nothing is computed again."""

import json

import pytest
from hypothesis import given

from assessments.bank.types import Edition, GateKind
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
