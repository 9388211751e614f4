"""The told result as JSON: plain values, a shape that stays, nothing lost."""

import json
from typing import Any

import pytest

from assessments.bank.types import Edition
from assessments.presentation.as_json import told_as_json
from assessments.presentation.statement_kinds import StatementKind
from assessments.presentation.told_result import tell_result
from tests.presentation.samples import ResultSample, mixed_result, result_sample, stress_result

SHAPE = {
    "overall": {"label"},
    "pillar": {"code", "name", "says", "figure"},
    "domain": {"code", "title", "promise", "pillar", "figure", "asked", "counted", "not_applicable_heavy"},
    "ai_lens": {"code", "figure", "asked", "counted", "not_applicable_heavy"},
    "change": {"pillar", "name", "before", "after"},
    "plan_step": {
        *("number", "first", "question", "step", "before", "after"),
        *("effort", "who_knows", "gate", "provisional"),
    },
    "must_fix": {"question", "gate", "in_part", "reasons", "level", "first_step", "provisional"},
    "law": {"code", "name", "says", "note", "duties"},
    "duty": {"law", "asks", "question", "now", "needed", "citations", "starts", "in_part", "provisional"},
    "find_out": {"question", "who_knows", "gate", "weight", "answered"},
    "left_out": {"question", "reason"},
    "worked_sum": {
        *("of", "code", "title", "label", "uncapped", "low", "high", "proven"),
        *("shares", "stops", "questions", "domains"),
    },
    "counts": {"asked", "answered", "unknown", "untouched", "open_duties"},
    "review": {"reviewer", "consultancy", "latest", "reviewed", "answered"},
}
TOP = {
    *("format", "edition", "depth", "overall", "counts", "reviews", "pillars", "changes", "plan", "domains", "lens"),
    *("must_fix", "laws", "find_out", "left_out", "sums"),
}


def as_json(given: ResultSample) -> dict[str, Any]:
    return told_as_json(tell_result(given.edition, given.outcome, given.first_gain, given.answers))


def statements(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [found for item in value for found in statements(item)]
    if not isinstance(value, dict):
        return []
    own = [value] if "kind" in value else []
    return own + [found for item in value.values() for found in statements(item)]


@pytest.mark.parametrize("sample", [stress_result, mixed_result, result_sample])
def test_it_goes_through_json_unchanged(sample: Any, edition: Edition) -> None:
    plain = as_json(sample(edition))
    assert json.loads(json.dumps(plain)) == plain
    assert plain["format"] == 1


def test_every_kind_has_its_shape(edition: Edition) -> None:
    plain = [as_json(stress_result(edition)), as_json(mixed_result(edition))]
    found: dict[str, set[frozenset[str]]] = {}
    for each in plain:
        assert set(each) == TOP
        for statement in statements(each):
            found.setdefault(statement["kind"], set()).add(frozenset(statement) - {"kind"})
    assert found == {kind: {frozenset(names)} for kind, names in SHAPE.items()}
    assert set(found) == set(StatementKind)


def test_values_are_written_plainly(edition: Edition) -> None:
    plain = as_json(stress_result(edition))
    assert plain["edition"]["law_status_as_of"] == "2026-11-21"
    assert plain["depth"] == "full"
    low = plain["pillars"][0]["figure"]["low"]
    assert low["figure"]["number"] == f"{low['figure']['label']}.{low['figure']['tenths']}"
    numerator, denominator = plain["sums"][0]["low"]["progress"]
    assert 0 <= numerator <= denominator
    assert plain["must_fix"][0]["gate"]["code"] in ("legal_stop", "legal", "harm")
    assert any(duty["starts"] == "2027-12-02" for law in plain["laws"] for duty in law["duties"])
