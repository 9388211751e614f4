"""What reaches most in a given time, checked against every other choice on small banks."""

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessments.bank.types import GateKind
from assessments.planning.time_budget import best_in_time
from assessments.scoring.engine import score
from assessments.scoring.types import ScoredResult, Todo
from tests.bank import strategies as some
from tests.bank.making import duty, edition, gate, question
from tests.bank.strategies import STEPS, TODAY
from tests.planning.every_choice import Case, best_of_every_choice, number_of_choices, value_of
from tests.scoring.answering import all_at, level, run, scored

MOST_CHOICES = 200
SHARES = st.integers(0, 100)
# Minutes to the levels 1 to 4: 5, 15, 35, 75 and 60, 120, 360, 2760.
QUICK, LONG = STEPS[1], STEPS[3]


def named(found: tuple[Todo, ...]) -> list[tuple[str, int, int | None]]:
    return [(entry.question.id, entry.target, entry.minutes) for entry in found]


def levels(found: tuple[Todo, ...]) -> dict[str, int]:
    return {entry.question.id: entry.target for entry in found}


def minutes_of_all(result: ScoredResult) -> int:
    return sum(entry.minutes or 240 for entry in result.todo)


def test_an_urgent_gap_goes_before_any_number_of_questions_in_place() -> None:
    bank = edition(
        question("STORE-01", 3, steps=LONG, gates=(gate(GateKind.HARM, 1),)),
        *(question(f"STORE-0{n}", 1, steps=QUICK) for n in range(2, 8)),
    )
    result = scored(bank, all_at(bank, 0))

    # With 60 minutes either the gate is opened or four questions are in place.
    assert named(best_in_time(result, 60)) == [("STORE-01", 1, 60)]
    assert named(best_in_time(result, 59)) == [(f"STORE-0{n}", 2, 15) for n in (2, 3, 4)]
    assert named(best_in_time(result, 80)) == [("STORE-01", 1, 60), ("STORE-02", 2, 15)]


def test_what_asks_to_stop_goes_before_several_other_gaps() -> None:
    bank = edition(
        question("AIUSE-01", 2, steps=LONG, gates=(gate(GateKind.LEGAL_STOP, 1),)),
        question("STORE-01", 2, steps=QUICK, duties=(duty("gdpr", 2),)),
        question("STORE-02", 2, steps=QUICK, gates=(gate(GateKind.HARM, 2),)),
    )
    result = scored(bank, all_at(bank, 0), run("gdpr"))

    # Under the GDPR this step takes 90 minutes.
    assert levels(best_in_time(result, 90)) == {"AIUSE-01": 1}
    assert levels(best_in_time(result, 89)) == {"STORE-01": 2, "STORE-02": 3}


def test_only_the_steps_that_bring_something_are_taken() -> None:
    """The gate opens at 1 and the target is 3: with little time the rest waits."""
    bank = edition(
        question("STORE-01", 2, steps=LONG, gates=(gate(GateKind.LEGAL, 1),)),
        question("STORE-02", 2, steps=LONG, gates=(gate(GateKind.LEGAL, 1),)),
    )
    result = scored(bank, all_at(bank, 0))

    assert {entry.target for entry in result.todo} == {3}
    assert named(best_in_time(result, 120)) == [("STORE-01", 1, 60), ("STORE-02", 1, 60)]
    assert [len(entry.steps) for entry in best_in_time(result, 120)] == [1, 1]


def test_a_label_goes_before_more_in_place() -> None:
    bank = edition(
        question("STORE-01", 3, steps=LONG),
        question("DATA-01", 1, steps=QUICK),
        *(question(f"DATA-0{n}", 3, steps=LONG) for n in range(2, 5)),
        question("AIUSE-01", 1, steps=QUICK),
        *(question(f"AIUSE-0{n}", 3, steps=LONG) for n in range(2, 5)),
    )
    result = scored(bank, all_at(bank, 0))

    # One hour lifts Security to label 1 and puts nothing in place; half of one puts two in place.
    assert levels(best_in_time(result, 60)) == {"STORE-01": 1}
    assert levels(best_in_time(result, 59)) == {"DATA-01": 2, "AIUSE-01": 2}


def test_an_edition_without_steps_knows_only_targets_and_efforts() -> None:
    bank = edition(question("STORE-01", 2), question("STORE-02", 2))
    result = scored(bank, all_at(bank, 0))

    assert all(entry.minutes is None for entry in result.todo)
    assert len(best_in_time(result, 60)) == 1
    assert best_in_time(result, 59) == ()
    assert best_in_time(result, 120) == result.todo


@given(some.scored(), SHARES)
def test_it_fits_in_the_time_and_is_part_of_the_plan_in_its_order(case: Case, share: int) -> None:
    result = score(*case, TODAY)
    minutes = minutes_of_all(result) * share // 100
    found = best_in_time(result, minutes)
    places = [[own.question.id for own in result.todo].index(entry.question.id) for entry in found]
    by_question = {own.question.id: own for own in result.todo}

    assert places == sorted(set(places))
    assert sum(entry.minutes or 60 for entry in found) <= minutes
    for entry in found:
        whole = by_question[entry.question.id]
        assert whole.level < entry.target <= whole.target
        assert entry.steps == whole.steps[: len(entry.steps)]
        assert (
            replace(entry, target=whole.target, steps=whole.steps, minutes=whole.minutes, effort=whole.effort) == whole
        )


@settings(max_examples=60)
@given(some.scored(), SHARES)
def test_no_other_choice_closes_more_or_reaches_higher_labels(case: Case, share: int) -> None:
    result = score(*case, TODAY)
    assume(result.todo and number_of_choices(result) <= MOST_CHOICES)
    minutes = minutes_of_all(result) * share // 100

    reached = value_of(case, levels(best_in_time(result, minutes)), TODAY)
    best = best_of_every_choice(case, result, minutes, TODAY)

    assert reached[:3] == best[:3]
    assert reached <= best


@given(some.scored(), SHARES, SHARES)
def test_more_time_never_closes_less(case: Case, one: int, other: int) -> None:
    result = score(*case, TODAY)
    less, more = (minutes_of_all(result) * share // 100 for share in sorted((one, other)))

    with_less, with_more = (value_of(case, levels(best_in_time(result, own)), TODAY) for own in (less, more))

    assert with_less[:3] <= with_more[:3]


@given(some.scored())
def test_with_all_the_time_it_is_the_whole_plan(case: Case) -> None:
    result = score(*case, TODAY)

    assert best_in_time(result, minutes_of_all(result) + 10_000) == result.todo


def test_levels_as_answers_are_read_as_given() -> None:
    """The oracle of this file sees what scoring sees."""
    bank = edition(question("STORE-01", 2, gates=(gate(GateKind.HARM, 2),)))
    case = bank, run(), {"STORE-01": level(0)}

    assert value_of(case, {}, TODAY) == (0, -1, 0, 0)
    assert value_of(case, {"STORE-01": 3}, TODAY) == (0, 0, 3, 1)
