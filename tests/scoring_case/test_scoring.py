"""A case is told what scoring says of the same run, whichever way it is written."""

import json
from datetime import date
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.bank.types import Depth, Edition
from assessments.presentation.as_json import told_as_json
from assessments.presentation.told_result import tell_result
from assessments.scoring.engine import score
from assessments.scoring.plan import do_first, plan_gain
from assessments.scoring.scope import FactAnswer, find_tags
from assessments.scoring.types import Run, ScoredAnswer, ScoredAnswerKind
from assessments.scoring_case.case import case_as_json, score_case
from tests.bank import strategies as some
from tests.scoring_case.writing import read

Written = dict[str, Any]
CHOICES = (None, ["eu"], ["us"], ["eu", "us"], ["eu", "not_sure"], ["not_sure"], ["none"])
AI_CHOICES = (None, ["tools"], ["none"], ["not_sure"], ["tools", "not_sure"])
DEPTHS = st.sampled_from(tuple(Depth))
GIVEN = (*some.LEVELS, some.UNKNOWN, some.LEFT_OUT, None)


def fact(chosen: list[str]) -> FactAnswer:
    return FactAnswer(frozenset(chosen) - {"not_sure"}, "not_sure" in chosen)


def facts_of(written: Written) -> dict[str, FactAnswer]:
    return {question: fact(chosen) for question, chosen in written["facts"].items()}


def written_answer(answer: ScoredAnswer) -> object:
    if answer.kind is ScoredAnswerKind.LEVEL:
        return {"level": answer.level, "evidence": answer.has_evidence} if answer.has_evidence else answer.level
    return "unknown" if answer.kind is ScoredAnswerKind.UNKNOWN else {"not_applicable": answer.reason}


@st.composite
def cases(draw: st.DrawFn) -> tuple[Edition, Written, Run, dict[str, ScoredAnswer], date]:
    """A bank, a case as it is written, and what it means."""
    bank, day, depth = draw(some.editions()), draw(st.sampled_from((some.TODAY, some.TOMORROW))), draw(DEPTHS)
    drawn = {"base": draw(st.sampled_from(CHOICES)), "ai": draw(st.sampled_from(AI_CHOICES))}
    facts = {question: chosen for question, chosen in drawn.items() if chosen}
    answers = draw(some.answers(bank, GIVEN))
    found = find_tags(bank.scope, {question: fact(chosen) for question, chosen in facts.items()})
    written = {
        "edition": bank.id,
        "day": day.isoformat(),
        "depth": str(depth),
        "facts": facts,
        "answers": {question: written_answer(answer) for question, answer in answers.items()},
    }
    return bank, written, Run(depth, found.on, found.provisional), answers, day


@settings(max_examples=40)
@given(cases())
def test_a_case_is_scored_and_told_like_the_same_run(
    drawn: tuple[Edition, Written, Run, dict[str, ScoredAnswer], date],
) -> None:
    bank, written, run, answers, day = drawn
    result = score(bank, run, answers, day)
    gain = plan_gain(bank, run, answers, do_first(result), day)

    for text, name in ((yaml.safe_dump(written), "case.yaml"), (json.dumps(written), "case.json")):
        case = read(text, name, bank).case
        assert score_case(case) == result
        assert case_as_json(case) == {
            "day": day.isoformat(),
            "tags": sorted(run.tags),
            "provisional_tags": sorted(run.provisional),
            **told_as_json(tell_result(bank, result, gain.pillars, {}, facts=facts_of(written), day=day)),
        }


def test_a_case_of_the_shipped_edition_is_told_with_its_first_gain(edition: Edition) -> None:
    case = read("depth: quick\nfacts: {}\nanswers_default: 1", "case.yaml", edition).case

    told = case_as_json(case)

    assert told["edition"]["id"] == edition.id
    assert told["counts"]["untouched"] == 0
    assert told["plan"]
    assert told["first_steps"]["promise"]["in_place"] == 3
    assert list(told)[:3] == ["day", "tags", "provisional_tags"]
    assert json.loads(json.dumps(told)) == told
