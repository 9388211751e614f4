"""When two results may be compared, and when a difference counts as a change."""

import pytest

from assessments.bank.types import Depth
from assessments.scoring.compare import compare_results, is_real_change
from assessments.scoring.plan import FigureBeforeAfter
from assessments.scoring.types import Figure, Run
from tests.bank.making import edition, question
from tests.scoring.answering import all_at, left_out, level, run, scored

BANK = edition(question("DATA-01"), question("RIGHTS-01"), question("ACCESS-01"))


def test_pillars_come_before_domains_and_only_what_both_assessed() -> None:
    old = scored(BANK, all_at(BANK, 1, ACCESS_01=left_out()))
    new = scored(BANK, all_at(BANK, 1, DATA_01=level(3)))

    assert compare_results(old, new) == (
        FigureBeforeAfter("privacy", Figure(1, 0), Figure(1, 5)),
        FigureBeforeAfter("DATA", Figure(1, 0), Figure(3, 0)),
        FigureBeforeAfter("RIGHTS", Figure(1, 0), Figure(1, 0)),
    )


@pytest.mark.parametrize("other", [run("gdpr"), run(depth=Depth.QUICK)])
def test_runs_that_asked_other_things_are_not_compared(other: Run) -> None:
    answers = all_at(BANK, 1)

    assert compare_results(scored(BANK, answers), scored(BANK, answers, other)) is None


def test_a_tag_that_was_checked_in_between_does_not_matter() -> None:
    answers = all_at(BANK, 1)

    assert compare_results(
        scored(BANK, answers, run("gdpr", provisional=("gdpr",))), scored(BANK, answers, run("gdpr"))
    )


@pytest.mark.parametrize(
    ("before", "after", "real"),
    [
        (Figure(2, 1), Figure(2, 3), False),
        (Figure(2, 1), Figure(2, 4), True),
        (Figure(2, 4), Figure(2, 1), True),
        (Figure(1, 9), Figure(2, 0), True),
        (Figure(2, 0), Figure(2, 0), False),
    ],
)
def test_a_label_or_three_tenths_make_a_change(before: Figure, after: Figure, real: bool) -> None:
    assert is_real_change(FigureBeforeAfter("privacy", before, after)) is real
