"""Counts and minutes: reading at 200 words a minute and 12 seconds to decide, for each open question."""

import pytest

from assessments.bank.types import Depth, NotApplicable
from assessments.scoring.progress import (
    ProgressState,
    first_unanswered_in,
    next_unanswered,
    progress,
    questions_at,
)
from assessments.scoring.types import ScoredAnswer
from tests.bank.making import edition, gate, question, when
from tests.scoring.answering import FULL, UNKNOWN, all_at, left_out, level, run

# Each question has 3 words in its text and 4 in each of five levels: 23 words, 6.9 seconds to read, 18.9 in all.
BANK = edition(
    *(question(f"DATA-0{n}") for n in range(1, 5)),
    question(
        "RIGHTS-01", depth=Depth.STANDARD, gates=(gate(on=when("gdpr")),), not_applicable=NotApplicable.WITHOUT_GATE
    ),
    question("ACCESS-01", applies_when=when("uses_ai"), depth=Depth.FULL),
)


def test_counts_by_domain_and_in_total() -> None:
    answers = {"DATA-01": UNKNOWN, "DATA-02": level(2), "RIGHTS-01": left_out(), "ACCESS-01": level(1)}

    found = progress(BANK, FULL, answers)

    by_domain = {part.code: (part.asked, part.answered, part.unknown, part.state) for part in found.domains}
    assert by_domain == {
        "DATA": (4, 2, 1, ProgressState.IN_PROGRESS),
        "RIGHTS": (1, 1, 0, ProgressState.DONE),
        "ACCESS": (0, 0, 0, ProgressState.DONE),
    }
    assert (found.asked, found.answered, found.unknown) == (5, 3, 1)
    assert found.state is ProgressState.IN_PROGRESS


def test_nothing_answered_is_not_started_and_everything_is_done() -> None:
    assert progress(BANK, FULL, {}).state is ProgressState.NOT_STARTED
    assert progress(BANK, FULL, all_at(BANK, 0)).state is ProgressState.DONE


def test_not_applicable_is_an_answer_only_where_it_is_offered() -> None:
    assert progress(BANK, FULL, {"RIGHTS-01": left_out()}).answered == 1
    assert progress(BANK, run("gdpr"), {"RIGHTS-01": left_out()}).answered == 0
    assert progress(BANK, FULL, {"RIGHTS-01": left_out("")}).answered == 0


@pytest.mark.parametrize(
    ("answered", "minutes"),
    [(0, 2), (1, 1), (3, 1), (4, 0)],  # 75.6, 56.7, 18.9 and 0 seconds
)
def test_minutes_left_are_rounded_up(answered: int, minutes: int) -> None:
    answers = {f"DATA-0{n}": level(1) for n in range(1, answered + 1)}

    found = progress(BANK, run(depth=Depth.QUICK), answers)

    assert found.domains[0].minutes_left == found.minutes_left == minutes


def test_the_total_is_rounded_once() -> None:
    found = progress(BANK, run("uses_ai"), {"DATA-01": level(1)})

    assert [part.minutes_left for part in found.domains] == [1, 1, 1]
    assert found.minutes_left == 2  # 5 x 18.9 = 94.5 seconds


def test_the_size_of_each_depth_for_this_business() -> None:
    def sizes(*tags: str) -> list[tuple[int, int]]:
        found = [progress(BANK, run(*tags, depth=depth), {}) for depth in Depth]
        return [(of_depth.asked, of_depth.minutes_left) for of_depth in found]

    assert sizes() == [(4, 2), (5, 2), (5, 2)]
    assert sizes("uses_ai") == [(4, 2), (5, 2), (6, 2)]
    assert len(questions_at(BANK, Depth.FULL, frozenset({"uses_ai"}))) == 6


def test_the_walk_leads_through_the_domains_in_which_something_is_asked() -> None:
    found = progress(BANK, run(depth=Depth.QUICK), {})
    asked = [part.code for part in found.domains if part.asked]
    assert [part.code for part in found.walk] == asked == ["DATA"]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (None, "DATA-02"),
        ("DATA-02", "DATA-04"),
        ("DATA-04", "RIGHTS-01"),
        ("RIGHTS-01", "DATA-02"),
        ("GONE-01", "DATA-02"),
    ],
)
def test_the_next_unanswered_question_wraps_around(after: str | None, expected: str) -> None:
    answers: dict[str, ScoredAnswer] = {"DATA-01": level(1), "DATA-03": UNKNOWN}

    found = next_unanswered(BANK, FULL, answers, after)

    assert found is not None
    assert found.id == expected


def test_when_all_is_answered_nothing_is_next() -> None:
    assert next_unanswered(BANK, FULL, all_at(BANK, 2)) is None
    assert next_unanswered(BANK, FULL, all_at(BANK, 2, RIGHTS_01=left_out())) is None


def test_taken_over_is_answered_but_not_done() -> None:
    answers = all_at(BANK, 2)

    found = progress(BANK, FULL, answers, frozenset({"DATA-01", "DATA-02", "GONE-01"}))

    assert (found.answered, found.taken_over, found.confirmed) == (found.asked, 2, found.asked - 2)
    assert [part.state for part in found.domains[:2]] == [ProgressState.IN_PROGRESS, ProgressState.DONE]
    assert found.minutes_left == 1
    assert progress(BANK, FULL, answers, frozenset(answers)).state is ProgressState.NOT_STARTED
    assert progress(BANK, FULL, {}, frozenset({"DATA-01"})).taken_over == 0


def test_what_is_taken_over_comes_after_what_is_open() -> None:
    taken_over = frozenset({"DATA-01", "DATA-03"})

    def following(answers: dict[str, ScoredAnswer], after: str) -> str | None:
        found = next_unanswered(BANK, FULL, answers, after, taken_over)
        return found.id if found else None

    all_but_one = {code: answer for code, answer in all_at(BANK, 2).items() if code != "DATA-02"}
    assert following(all_but_one, "DATA-02") == "DATA-02"
    assert following(all_at(BANK, 2), "DATA-01") == "DATA-03"
    assert following(all_at(BANK, 2), "DATA-03") == "DATA-01"


def test_the_first_unanswered_of_a_domain() -> None:
    def first(domain: str, answers: dict[str, ScoredAnswer], *tags: str) -> str | None:
        found = first_unanswered_in(BANK, run(*tags), answers, domain)
        return found.id if found else None

    assert first("DATA", {}) == "DATA-01"
    assert first("DATA", {"DATA-01": level(0), "DATA-02": UNKNOWN}) == "DATA-03"
    assert first("RIGHTS", {}) == "RIGHTS-01"
    assert first("RIGHTS", {"RIGHTS-01": left_out()}) is None
    assert first("RIGHTS", {"RIGHTS-01": left_out()}, "gdpr") == "RIGHTS-01"
    assert (first("ACCESS", {}), first("ACCESS", {}, "uses_ai")) == (None, "ACCESS-01")
    assert first("DEFEND", {}) is None
