"""How long a run takes: by its words, and by how long it really took others."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.bank.types import Depth, Edition
from assessments.scoring.progress import questions_at
from assessments.scoring.time_needed import BREAK, ENOUGH_RUNS, Pace, TimeNeeded, measured_pace, time_needed

MORNING = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def saved_every(seconds: int, answers: int = 10) -> list[datetime]:
    return [MORNING + timedelta(seconds=seconds * at) for at in range(answers)]


def test_the_estimate_is_between_reading_alone_and_reading_help_and_looking_up(edition: Edition) -> None:
    tags = frozenset(tag.id for tag in edition.scope.tags)
    quick, standard, full = (time_needed(questions_at(edition, depth, tags)) for depth in Depth)
    assert quick.low < quick.high < standard.high < full.high
    assert quick.low < standard.low < full.low
    assert quick == TimeNeeded(20, 40)


def test_without_a_question_there_is_still_a_moment() -> None:
    assert time_needed(()) == TimeNeeded(5, 5)


def test_the_pace_is_that_of_the_middle_half() -> None:
    runs = [saved_every(10 + at) for at in range(ENOUGH_RUNS)]
    assert measured_pace(runs) == Pace(15, 24)


def test_too_few_runs_say_nothing() -> None:
    assert measured_pace([saved_every(30)] * (ENOUGH_RUNS - 1)) is None
    one_answer = [[MORNING]]
    assert measured_pace([saved_every(30)] * (ENOUGH_RUNS - 1) + one_answer * 5) is None


def test_a_break_is_not_work() -> None:
    evening = [moment + timedelta(hours=9) for moment in saved_every(30)]
    assert measured_pace([saved_every(30) + evening] * ENOUGH_RUNS) == Pace(30, 30)
    assert measured_pace([[MORNING, MORNING + BREAK]] * ENOUGH_RUNS) == Pace(0, 0)


def test_a_measured_pace_is_scaled_to_what_is_asked(edition: Edition) -> None:
    questions = edition.questions[:30]
    assert time_needed(questions, Pace(30, 62)) == TimeNeeded(15, 35)


@given(st.lists(st.lists(st.integers(0, 100_000), max_size=5), max_size=30))
def test_the_order_of_runs_and_answers_does_not_matter(runs: list[list[int]]) -> None:
    moments = [[MORNING + timedelta(seconds=second) for second in run] for run in runs]
    mixed = [sorted(run, reverse=True) for run in reversed(moments)]
    found = measured_pace(moments)
    assert measured_pace(mixed) == found
    assert found is None or found.low <= found.high


@pytest.mark.parametrize("depth", Depth)
def test_what_a_depth_asks_is_in_the_order_of_the_bank(edition: Edition, depth: Depth) -> None:
    asked = questions_at(edition, depth, frozenset())
    assert list(asked) == [question for question in edition.questions if question in asked]


@pytest.mark.parametrize("seconds", [0, 1, 10_000])
def test_runs_that_nobody_can_have_read_promise_nothing_absurd(edition: Edition, seconds: int) -> None:
    questions = edition.questions[:30]
    estimate, promised = time_needed(questions), time_needed(questions, Pace(seconds, seconds))
    assert estimate.low / 3 <= promised.low <= promised.high <= 3 * estimate.high + 5
