"""What of two results is compared, and when a difference counts as a change."""

import pytest

from assessments.bank.types import Depth
from assessments.scoring.compare import DatedRun, compare_runs, is_real_change, traces_of
from assessments.scoring.plan import FigureBeforeAfter
from assessments.scoring.types import Figure
from tests.bank.making import edition, question
from tests.bank.strategies import TODAY
from tests.scoring.answering import FULL, all_at, left_out, level, number, pillar, run, scored

BANK = edition(question("DATA-01"), question("RIGHTS-01"), question("ACCESS-01"))


def test_only_what_counts_in_both_is_compared() -> None:
    old = all_at(BANK, 1, ACCESS_01=left_out())
    new = all_at(BANK, 1, DATA_01=level(3), RIGHTS_01=left_out())

    found = compare_runs(BANK, DatedRun(FULL, old, TODAY), DatedRun(FULL, new, TODAY))

    assert found.shared == {"DATA-01"}
    assert [list(traces_of(each)) for each in (found.before, found.after)] == [["DATA-01"], ["DATA-01"]]
    assert [number(pillar(each, "privacy")) for each in (found.before, found.after)] == ["1.0", "3.0"]
    assert found.whole_before == scored(BANK, old)
    assert found.whole_after == scored(BANK, new)


def test_both_are_scored_at_the_lesser_depth() -> None:
    """A standard run has no first indications."""
    answers = all_at(BANK, 1)

    found = compare_runs(BANK, DatedRun(FULL, answers, TODAY), DatedRun(run(depth=Depth.QUICK), answers, TODAY))

    assert {each.run.depth for each in (found.before, found.after)} == {Depth.QUICK}
    assert all(own.first_indication for each in (found.before, found.after) for own in each.pillars if own.low)


def test_what_a_run_was_never_asked_is_not_shared() -> None:
    first = DatedRun(FULL, all_at(BANK, 1), TODAY, frozenset({"DATA-01"}))

    found = compare_runs(BANK, first, DatedRun(FULL, all_at(BANK, 1), TODAY))

    assert found.shared == {"RIGHTS-01", "ACCESS-01"}
    assert list(traces_of(found.whole_before)) == ["RIGHTS-01", "ACCESS-01"]


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
