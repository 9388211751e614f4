"""Sample businesses, each held against what an expert would say of it; and absurd scores that must never come back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assessments.bank.types import Depth, Edition
from assessments.scoring.terms import asks
from assessments.scoring.types import ScoredAnswer, ScoredAnswerKind, ScoredResult
from assessments.scoring_case.case import score_case
from assessments.scoring_case.places import located
from assessments.scoring_case.reader import CaseReading, read_case
from assessments.scoring_case.unmet import unmet_expectations

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
NAMES = [path.stem for path in CASES]


def read(name: str, edition: Edition) -> CaseReading:
    text = next(path for path in CASES if path.stem == name).read_text("utf-8")
    return read_case(text, f"{name}.yaml", [edition], date.min)


def level(number: int) -> ScoredAnswer:
    return ScoredAnswer(ScoredAnswerKind.LEVEL, number, has_evidence=True)


def at(levels: Mapping[str, int], otherwise: int, name: str, edition: Edition, depth: Depth) -> ScoredResult:
    """The sample business, with one level at every question but a few."""
    case = read(name, edition).case
    run = replace(case.run, depth=depth)
    asked = [own.id for own in edition.questions if asks(own, depth, run.tags)]
    answers = {
        own: ScoredAnswer(ScoredAnswerKind.LEVEL, levels.get(own, otherwise), has_evidence=True) for own in asked
    }
    assert set(levels) <= set(asked)
    return score_case(replace(case, run=run, answers=answers))


def labels(result: ScoredResult) -> dict[str, int | None]:
    return {pillar.code: pillar.label for pillar in result.pillars}


def first_step(result: ScoredResult) -> str:
    return result.todo[0].question.id


@pytest.mark.parametrize("name", NAMES)
def test_the_result_is_what_an_expert_would_say(name: str, edition: Edition) -> None:
    reading = read(name, edition)

    assert reading.expectations
    assert [located(problem) for problem in unmet_expectations(reading, f"{name}.yaml")] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_question_is_answered_and_nothing_else(name: str, edition: Edition) -> None:
    reading = read(name, edition)

    assert reading.warnings == ()
    assert score_case(reading.case).complete


def test_the_twelve_are_run_at_every_depth(edition: Edition) -> None:
    depths = [read(name, edition).case.run.depth for name in NAMES]

    assert len(depths) == 12
    assert [depths.count(depth) for depth in Depth] == [3, 7, 2]


# Section 6 of the second reading of the bank


@pytest.mark.parametrize("depth", [Depth.STANDARD, Depth.FULL])
def test_one_light_answer_does_not_sink_a_business(depth: Depth, edition: Edition) -> None:
    """The copywriter has all at 4, but labels no picture: no law asks her to, and nobody is hurt."""
    result = at({"AIUSE-03": 0}, 4, "texas_copywriter", edition, depth)

    assert result.overall is not None
    assert result.overall >= 3
    assert result.must_fix == result.on_the_day == ()


def test_a_banned_use_stops_a_business_and_not_having_looked_does_not(edition: Edition) -> None:
    runs = at({"AIUSE-01": 0}, 3, "lyon_bakery", edition, Depth.STANDARD)
    case = read("lyon_bakery", edition).case
    unknown = {**case.answers, "AIUSE-01": ScoredAnswer(ScoredAnswerKind.UNKNOWN)}
    nobody_looked = score_case(replace(case, answers=unknown))

    assert runs.overall == 0
    assert first_step(runs) == "AIUSE-01"
    assert "AIUSE-01" not in {fix.question.id for fix in nobody_looked.must_fix}
    assert "AIUSE-01" in {unknown.question.id for unknown in nobody_looked.find_out}


def test_severity_follows_harm(edition: Edition) -> None:
    """No impact assessment for patients' data in AI weighs more than hard words in a notice or a reason not noted."""
    no_assessment = at({"DATA-10": 0}, 3, "manchester_dentist", edition, Depth.FULL)
    hard_words = at({"NOTICE-03": 0}, 3, "manchester_dentist", edition, Depth.FULL)
    not_written = at({"CONSENT-07": 2}, 3, "manchester_dentist", edition, Depth.FULL)

    assert first_step(no_assessment) == "DATA-10"
    assert labels(no_assessment)["privacy"] == 1
    assert labels(hard_words)["privacy"] == labels(not_written)["privacy"] == 3
    assert not [fix for fix in not_written.must_fix if fix.gate]


def test_european_law_raises_no_target_in_california(edition: Edition) -> None:
    case = read("california_shop", edition).case

    assert not case.run.tags & {"ai_high_risk", "eu_ai_act", "gdpr", "uk_gdpr"}


@pytest.mark.parametrize("name", NAMES)
def test_a_shorter_run_of_the_same_business_lies_at_most_one_label_away(name: str, edition: Edition) -> None:
    """What its file does not answer is answered as usual."""
    case = read(name, edition).case
    usual = {own.id: ScoredAnswer(ScoredAnswerKind.LEVEL, own.usual) for own in edition.questions}
    runs = [replace(case, run=replace(case.run, depth=depth), answers={**usual, **case.answers}) for depth in Depth]

    for pillars in zip(*(score_case(run).pillars for run in runs), strict=True):
        known = [pillar.label for pillar in pillars if pillar.label is not None]
        assert max(known, default=0) - min(known, default=0) <= 1, pillars[0].code
