"""What a less deep run of the same answers would say: told only where a label lies more than one apart."""

from dataclasses import replace

from hypothesis import given

from assessments.bank.types import Depth, Edition
from assessments.planning.depths import label_differences
from assessments.presentation.figures import tell_depth_differences
from assessments.scoring.engine import score
from assessments.scoring.types import Run, ScoredAnswer
from tests.bank import strategies as some
from tests.bank.making import edition, question
from tests.scoring.answering import level

TAGS = frozenset({"gdpr"})
BANK = edition(
    question("DATA-01", 3),
    question("DATA-02", 3),
    *(question(f"DATA-{number:02}", 3, depth=Depth.STANDARD) for number in range(3, 9)),
)


def told(depth: Depth, answers: dict[str, ScoredAnswer]) -> tuple[tuple[str, int, int, tuple[str, ...]], ...]:
    result = score(BANK, Run(depth, TAGS), answers, some.TODAY)
    return tuple(
        (item.name, item.here.level, item.there.level, tuple(own.id for own in item.questions))
        for item in tell_depth_differences(BANK, result, some.TODAY)
    )


def test_the_questions_that_make_the_difference_are_named() -> None:
    answers = {own.id: level(4 if own.depth is Depth.QUICK else 0) for own in BANK.questions}
    lower = {own.id for own in BANK.questions if own.depth is Depth.STANDARD}
    found = {name: (here, there, questions) for name, here, there, questions in told(Depth.STANDARD, answers)}
    here, there, questions = found["Data"]
    assert (here, there) == (0, 4)
    assert questions
    assert set(questions) <= lower


def test_a_quick_run_has_nothing_less_deep() -> None:
    assert told(Depth.QUICK, {own.id: level(0) for own in BANK.questions}) == ()


def test_labels_that_are_near_are_not_told() -> None:
    assert told(Depth.STANDARD, {own.id: level(2) for own in BANK.questions}) == ()


@given(some.scored())
def test_every_label_more_than_one_apart_is_told_and_no_other(
    drawn: tuple[Edition, Run, dict[str, ScoredAnswer]],
) -> None:
    bank, run, answers = drawn
    result = score(bank, run, answers, some.TODAY)
    expected = [
        (depth, found.code)
        for depth in Depth
        if depth.rank < run.depth.rank
        for found in label_differences(result, score(bank, replace(run, depth=depth), answers, some.TODAY))
    ]
    assert [(own.depth, own.code) for own in tell_depth_differences(bank, result, some.TODAY)] == expected
