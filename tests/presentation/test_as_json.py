"""The told result as JSON: plain values, a shape that stays, nothing lost."""

import json
from typing import Any

import pytest

from assessments.bank.types import Edition
from assessments.presentation.as_json import told_as_json
from assessments.presentation.statement_kinds import StatementKind
from assessments.presentation.told_result import tell_result
from tests.presentation.samples import (
    ResultSample,
    coming_result,
    level,
    mixed_result,
    quick_things_done,
    result_sample,
    stress_result,
)

SHAPE = {
    "judgement": {"strengths", "in_place", "counted", "unknown", "begin"},
    "overall": {"label"},
    "pillar": {"code", "name", "says", "figure", "first_indication", "counted", "counts", "next_label"},
    "domain": {
        *("code", "title", "promise", "pillar", "figure", "first_indication"),
        *("asked", "counted", "in_place", "not_applicable_heavy", "next_label"),
    },
    "ai_lens": {"code", "figure", "asked", "counted", "not_applicable_heavy"},
    "strength": {"domain", "question", "level", "answer"},
    "first_steps": {"entries", "promise", "urgent_gaps", "open_duties", "to_go"},
    "change": {"pillar", "name", "before", "after"},
    "plan_step": {
        *("number", "first", "question", "steps", "promise", "next_promise", "before", "after"),
        *("effort", "minutes", "who_knows", "gate", "duties", "provisional"),
    },
    "firmness": {"questions"},
    "must_fix": {"question", "gate", "in_part", "reasons", "unsettled", "level", "next_step", "plan_step"},
    "on_the_day": {"question", "gate", "duties", "level", "plan_step"},
    "starting_soon": {"question", "day", "law", "asks", "unsettled", "now", "needed"},
    "law": {
        *("code", "name", "says", "note", "to_check", "status", "fines", "verification", "looked_up"),
        *("authority", "unsettled", "duties"),
    },
    "duty": {
        *("law", "asks", "question", "now", "needed", "citations", "starts", "in_part", "unsettled", "plan_step"),
    },
    "partial_list": {"depth", "more"},
    "find_out": {"question", "who_knows", "hint", "gate", "weight", "answered", "settled_by"},
    "not_looked_at": {"question", "who_knows", "hint", "gate", "level"},
    "to_check": {"question", "level", "gate", "asks", "settled_by"},
    "left_out": {"question", "reason"},
    "worked_sum": {
        *("of", "code", "title", "label", "uncapped", "low", "high", "proven"),
        *("shares", "stops", "questions", "domains", "set_aside", "rest_shares"),
    },
    "counts": {"asked", "answered", "unknown", "untouched", "open_duties", "reached"},
    "depth_difference": {"code", "name", "depth", "here", "there", "questions"},
    "taken_over": {"taken_over", "confirmed", "oldest"},
    "answered_by": {"business", "consultancy", "not_recorded"},
    "review": {"reviewer", "consultancy", "latest", "reviewed", "answered"},
}
TOP = {
    *("format", "edition", "depth", "interim", "judgement", "overall", "counts"),
    *("strengths", "answered_by", "taken_over", "reviews"),
    *("first_steps", "changes", "plan", "firmness"),
    *("pillars", "must_fix", "on_the_day", "find_out", "not_looked_at", "to_check", "laws", "partial_list"),
    *("starting_soon", "depth_differences", "domains", "lens", "left_out", "sums"),
}


def as_json(given: ResultSample) -> dict[str, Any]:
    return told_as_json(
        tell_result(given.edition, given.outcome, given.first_gain, given.answers, facts=given.facts, day=given.day)
    )


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
    assert plain["format"] == 2


def test_every_kind_has_its_shape(edition: Edition) -> None:
    plain = [as_json(sample(edition)) for sample in (stress_result, mixed_result, coming_result)]
    plain.append(as_json(result_sample(edition, otherwise=level(2), answers={"ACCESS-02": level(0)})))
    plain.append(as_json(quick_things_done(edition)))
    found: dict[str, set[frozenset[str]]] = {}
    for each in plain:
        assert set(each) == TOP
        for statement in statements(each):
            found.setdefault(statement["kind"], set()).add(frozenset(statement) - {"kind"})
    assert found == {kind: {frozenset(names)} for kind, names in SHAPE.items()}
    assert set(found) == set(StatementKind)


def test_values_are_written_plainly(edition: Edition) -> None:
    plain = as_json(stress_result(edition))
    assert plain["edition"]["law_status_as_of"] == edition.law_status_as_of.isoformat()
    assert plain["depth"] == "full"
    low = plain["pillars"][0]["figure"]["low"]
    assert low["figure"]["number"] == f"{low['figure']['label']}.{low['figure']['tenths']}"
    numerator, denominator = plain["sums"][0]["low"]["progress"]
    assert 0 <= numerator <= denominator
    assert plain["must_fix"][0]["gate"]["code"] in ("legal_stop", "legal")
    assert plain["plan"][0]["steps"][0]["cost"] in ("none", "small", "larger")
    assert any(duty["starts"] == "2027-12-02" for law in plain["laws"] for duty in law["duties"])
