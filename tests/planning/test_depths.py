"""The depths of one business lie within one label, or the questions that make the difference are named."""

import random
from itertools import combinations

import pytest

from assessments.bank.types import Depth, Edition
from assessments.editions.shipped import shipped_editions
from assessments.planning.depths import LabelDifference, duties_left_out, label_differences
from assessments.scoring.engine import score
from assessments.scoring.types import Answers, Run, ScoredResult
from tests.bank.making import duty, edition, question, when
from tests.bank.strategies import TODAY, TOMORROW
from tests.scoring.answering import all_at, level, run, scored
from tests.scoring.businesses import random_answers, random_run

BANK = edition(
    *(question(f"STORE-0{n}", 3) for n in range(1, 5)),
    *(question(f"STORE-0{n}", 3, depth=Depth.FULL) for n in range(5, 8)),
)


def at(depth: Depth, answers: Answers) -> ScoredResult:
    return scored(BANK, dict(answers), run(depth=depth))


def test_the_questions_that_make_the_difference_are_named() -> None:
    answers = all_at(BANK, 4, STORE_06=level(0), STORE_07=level(0))
    quick, full = at(Depth.QUICK, answers), at(Depth.FULL, answers)

    found = label_differences(quick, full)

    # Of the seven questions six have to be at 3, and none below 2.
    assert [(own.code, own.label, own.other_label) for own in found] == [("security", 4, 0), ("STORE", 4, 0)]
    for own in found:
        assert [(rise.question.id, rise.level, rise.to) for rise in own.rises] == [
            ("STORE-06", 0, 3),
            ("STORE-07", 0, 2),
        ]
    assert [(own.code, own.label, own.other_label, own.rises) for own in label_differences(full, quick)] == [
        (own.code, 0, 4, own.rises) for own in found
    ]


def test_one_label_is_no_difference_and_an_indication_has_no_label() -> None:
    three = at(Depth.FULL, all_at(BANK, 4, STORE_06=level(3), STORE_07=level(3)))
    assert label_differences(at(Depth.QUICK, all_at(BANK, 4)), three) == ()

    few = edition(question("STORE-01"), question("STORE-02", depth=Depth.FULL))
    answers = all_at(few, 4, STORE_02=level(0))
    quick, full = (scored(few, answers, run(depth=depth)) for depth in (Depth.QUICK, Depth.FULL))
    assert [own.code for own in label_differences(quick, full)] == []
    heavy = edition(question("STORE-01"), question("STORE-02", 3, depth=Depth.FULL))
    quick, full = (scored(heavy, answers, run(depth=depth)) for depth in (Depth.QUICK, Depth.FULL))
    assert [own.code for own in label_differences(quick, full)] == ["STORE"]


def test_a_run_says_how_many_duties_only_a_deeper_one_asks_about() -> None:
    coming = duty(starts=TOMORROW)
    bank = edition(
        question("DATA-01", duties=(duty(),)),
        question("DATA-02", depth=Depth.STANDARD, duties=(duty(), duty("ccpa"), coming)),
        question("DATA-03", depth=Depth.FULL, duties=(duty(), duty(level=3))),
        question("DATA-04", depth=Depth.FULL, applies_when=when("uses_ai"), duties=(duty(),)),
    )

    def left_out(depth: Depth, *tags: str, provisional: tuple[str, ...] = ()) -> int:
        return duties_left_out(bank, run(*tags, depth=depth, provisional=provisional), TODAY)

    assert [left_out(depth, "gdpr") for depth in Depth] == [3, 2, 0]
    assert left_out(Depth.QUICK, "gdpr", "ccpa", "uses_ai") == 5
    assert left_out(Depth.QUICK, "gdpr", "ccpa", "uses_ai", provisional=("ccpa", "uses_ai")) == 3
    assert left_out(Depth.QUICK) == 0


@pytest.mark.parametrize("seed", range(4))
def test_of_the_shipped_edition_every_wider_gap_is_closed_by_the_questions_named(seed: int) -> None:
    bank, chance = shipped_editions()[-1], random.Random(seed)  # noqa: S311
    for _ in range(5):
        any_run, answers = random_run(chance, bank), mostly(chance, random_answers(chance, bank))
        results = [score(bank, Run(own, any_run.tags, any_run.provisional), answers, TODAY) for own in Depth]
        for one, other in combinations(results, 2):
            assert_named(bank, answers, one, other)


def mostly(chance: random.Random, answers: Answers) -> Answers:
    """Most of them at one level: a business that is good on the whole shows the widest gaps."""
    usual = level(chance.randint(2, 4))
    return {name: usual if chance.random() < 0.9 else answer for name, answer in answers.items()}


def assert_named(bank: Edition, answers: Answers, one: ScoredResult, other: ScoredResult) -> None:
    found = {own.code: own for own in label_differences(one, other)}
    labels, others = labels_of(one), labels_of(other)
    apart = {code for code in labels.keys() & others.keys() if abs(labels[code] - others[code]) > 1}
    assert found.keys() == apart
    for code, own in found.items():
        lower = one if labels[code] < others[code] else other
        assert own.rises
        assert closes(bank, answers, lower, own) >= max(labels[code], others[code]) - 1


def closes(bank: Edition, answers: Answers, lower: ScoredResult, found: LabelDifference) -> int:
    raised = {**answers, **{rise.question.id: level(rise.to) for rise in found.rises}}
    return labels_of(score(bank, lower.run, raised, TODAY))[found.code]


def labels_of(result: ScoredResult) -> dict[str, int]:
    domains = {own.code: own.low.figure.label for own in result.domains if own.low}
    return domains | {own.code: own.label for own in result.pillars if own.label is not None}
