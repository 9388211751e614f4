"""What is told about two results of one business."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.bank.types import Depth, Edition, GateKind
from assessments.presentation.answer_record import RecordedAnswer
from assessments.presentation.as_json import json_value
from assessments.presentation.since.findings import urgent_gaps
from assessments.presentation.since.statements import ApartCause, Cause, FigureSince, Movement, ToldSince
from assessments.presentation.since.tell import FinishedResult, tell_since
from assessments.scoring.compare import DatedRun, compare_runs
from assessments.scoring.engine import score
from assessments.scoring.types import Answers, Counts, Run
from tests.bank import strategies as some
from tests.bank.making import duty, edition, gate, question
from tests.bank.strategies import TODAY, TOMORROW
from tests.scoring.answering import FULL, UNKNOWN, all_at, left_out, level, run

OPPOSITE = {
    Movement.BETTER: Movement.WORSE,
    Movement.WORSE: Movement.BETTER,
    Movement.NO_CLEAR_CHANGE: Movement.NO_CLEAR_CHANGE,
}


def finished(
    bank: Edition, answers: Answers, on: Run = FULL, day: date = TODAY, notes: Mapping[str, str] | None = None
) -> FinishedResult:
    recorded = {name: RecordedAnswer(name, "level", 1, "", note, "") for name, note in (notes or {}).items()}
    return FinishedResult(bank, score(bank, on, answers, day), recorded, {}, day)


def between(
    bank: Edition, old: Answers, new: Answers, first: Run = FULL, second: Run = FULL, second_day: date = TODAY
) -> ToldSince:
    return tell_since(finished(bank, old, first), finished(bank, new, second, second_day))


def names(told: tuple[object, ...]) -> list[str]:
    return [each.question.id for each in told]  # type: ignore[attr-defined]


BANK = edition(
    question("DATA-01", duties=(duty("gdpr", 2),)),
    question("DATA-02", gates=(gate(GateKind.LEGAL, 2),)),
    *(question(f"STORE-0{n}") for n in range(1, 10)),
)


def test_answers_that_rose_fell_or_were_found_out() -> None:
    old = all_at(BANK, 2, STORE_01=level(1), STORE_02=level(3), STORE_03=UNKNOWN, STORE_04=UNKNOWN)
    new = all_at(BANK, 2, STORE_01=level(4), STORE_02=level(1), STORE_03=level(0), STORE_04=level(2))

    told = between(BANK, old, new)

    assert (names(told.better), names(told.worse), names(told.otherwise)) == (
        ["STORE-01", "STORE-04"],
        ["STORE-02"],
        ["STORE-03"],
    )
    first = told.better[0]
    assert first.before
    assert first.after
    assert (first.before.level, first.after.level) == (1, 4)
    assert (first.in_place_before, first.in_place_after) == (False, True)
    assert told.better[1].before is None


def test_an_urgent_gap_and_a_duty_that_are_closed_and_met() -> None:
    old, new = all_at(BANK, 1), all_at(BANK, 2, STORE_01=level(0))

    told = between(BANK, old, new, run("gdpr"), run("gdpr"))
    back = between(BANK, new, old, run("gdpr"), run("gdpr"))

    assert names(told.gaps_closed) == ["DATA-02"] == names(back.gaps_new)
    assert names(told.duties_met) == ["DATA-01"] == names(back.duties_new)
    assert [told.gaps_closed[0].cause, told.duties_met[0].cause] == [Cause.ANSWER, Cause.ANSWER]
    assert (told.counts_before.urgent_gaps, told.counts_after.urgent_gaps) == (1, 0)
    assert (told.counts_before.open_duties, told.counts_after.open_duties) == (1, 0)
    assert (told.fell, back.fell) == (False, True)


def test_a_gap_that_nobody_knows_any_more_is_not_called_closed_by_an_answer() -> None:
    told = between(BANK, all_at(BANK, 1), all_at(BANK, 1, DATA_02=UNKNOWN))
    back = between(BANK, all_at(BANK, 1, DATA_02=UNKNOWN), all_at(BANK, 1))

    assert [each.cause for each in told.gaps_closed] == [Cause.NOT_KNOWN]
    assert [each.cause for each in back.gaps_new] == [Cause.NOT_KNOWN]
    assert not back.fell


def test_a_duty_that_began_in_between_is_no_fault_of_an_answer() -> None:
    bank = edition(question("DATA-01", duties=(duty("gdpr", 2, starts=TOMORROW),)))

    told = between(bank, all_at(bank, 1), all_at(bank, 1), run("gdpr"), run("gdpr"), TOMORROW)

    assert [(each.cause, each.starts) for each in told.duties_new] == [(Cause.CIRCUMSTANCES, TOMORROW)]
    assert not told.better
    assert not told.worse


def test_a_law_that_no_longer_applies() -> None:
    told = between(BANK, all_at(BANK, 1), all_at(BANK, 1), run("gdpr"), FULL)

    assert [each.cause for each in told.duties_met] == [Cause.CIRCUMSTANCES]


@pytest.mark.parametrize(
    ("raised", "direction"), [(1, Movement.NO_CLEAR_CHANGE), (3, Movement.BETTER), (9, Movement.BETTER)]
)
def test_less_than_three_tenths_of_a_figure_are_no_clear_change(raised: int, direction: Movement) -> None:
    new = all_at(BANK, 1, **{f"STORE_0{n}": level(2) for n in range(1, raised + 1)})

    told = between(BANK, all_at(BANK, 1), new)

    store = next(each for each in told.domains if each.code == "STORE")
    assert store.direction is direction
    assert len(told.better) == raised


def test_what_only_one_of_them_asks_is_apart_and_moves_no_figure() -> None:
    bank = edition(
        question("STORE-01"), question("STORE-02", depth=Depth.FULL), question("DATA-01"), question("DATA-02")
    )
    old = all_at(bank, 2, DATA_02=left_out())
    new = all_at(bank, 2, STORE_02=level(0), DATA_01=left_out())

    told = between(bank, old, new, run(depth=Depth.STANDARD), FULL)

    assert [(each.question.id, each.cause) for each in told.only_after] == [
        ("DATA-02", ApartCause.LEFT_OUT),
        ("STORE-02", ApartCause.NOT_ASKED),
    ]
    assert [(each.question.id, each.cause) for each in told.only_before] == [("DATA-01", ApartCause.LEFT_OUT)]
    assert {each.direction for each in told.pillars} == {Movement.NO_CLEAR_CHANGE}
    assert (told.compared, told.counts_before) == (1, told.counts_after)
    assert told.figures_differ


def test_the_same_questions_give_the_figures_of_the_results_themselves() -> None:
    told = between(BANK, all_at(BANK, 1), all_at(BANK, 3))

    assert not told.figures_differ
    assert (told.compared, told.only_before, told.only_after, told.earlier_edition) == (11, (), (), "")


def test_notes_of_both_times() -> None:
    before = finished(BANK, all_at(BANK, 1), notes={"STORE-01": "Bo looks after it."})
    after = finished(BANK, all_at(BANK, 1, STORE_01=level(2)), notes={"STORE-01": "Done in May."})

    moved = tell_since(before, after).better[0]

    assert (moved.note_before, moved.note_after) == ("Bo looks after it.", "Done in May.")


def newer_bank() -> Edition:
    """STORE-09 is gone, STORE-08 means something else, and there is a new question."""
    kept = [
        replace(own, text="Are all others done as well?") if own.id == "STORE-08" else own
        for own in BANK.questions
        if own.id != "STORE-09"
    ]
    return replace(BANK, id="TEST.2", questions=(*kept, question("STORE-10")))


def test_across_editions_the_old_answers_are_scored_in_the_new_one() -> None:
    new = newer_bank()
    before = finished(BANK, all_at(BANK, 1, STORE_01=UNKNOWN))
    after = finished(new, all_at(new, 2))

    told = tell_since(before, after)

    assert (told.edition, told.earlier_edition) == (new.id, BANK.id)
    assert told.compared == 9
    assert [(each.question.id, each.cause) for each in told.only_before] == [("STORE-09", ApartCause.NOT_ASKED)]
    assert [(each.question.id, each.cause) for each in told.only_after] == [
        ("STORE-08", ApartCause.MEANING),
        ("STORE-10", ApartCause.NOT_ASKED),
    ]
    assert len(told.better) == 9
    assert (told.counts_before.counted, told.counts_after.counted) == (9, 9)


def test_it_is_plain_values_as_json() -> None:
    value = json_value(between(BANK, all_at(BANK, 1), all_at(BANK, 2)))

    assert value["questions"][0]["kind"] == "question_since"
    assert value["pillars"][0]["before"]["figure"] == {"label": 1, "tenths": 0, "number": "1.0"}
    assert value["before_day"] == TODAY.isoformat()


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Edition, DatedRun, DatedRun]:
    """Two runs of a random bank with facts and depths of their own."""
    bank, first, old = draw(some.scored())
    second, new = draw(some.runs()), draw(some.answers(bank))
    return bank, DatedRun(first, old, TODAY), DatedRun(second, new, TODAY + timedelta(days=draw(st.integers(0, 2))))


def told_of(bank: Edition, before: DatedRun, after: DatedRun) -> ToldSince:
    first, second = (finished(bank, each.answers, each.run, each.day) for each in (before, after))
    return tell_since(first, second)


def turned(figure: FigureSince) -> tuple[object, ...]:
    return figure.code, figure.after, figure.before, OPPOSITE[figure.direction]


@given(pairs())
@settings(max_examples=60)
def test_swapping_the_two_turns_every_sign(drawn: tuple[Edition, DatedRun, DatedRun]) -> None:
    bank, first, second = drawn
    told, back = told_of(bank, first, second), told_of(bank, second, first)

    assert (names(told.better), names(told.worse)) == (names(back.worse), names(back.better))
    assert names(told.otherwise) == names(back.otherwise)
    assert (told.gaps_closed, told.gaps_new) == (back.gaps_new, back.gaps_closed)
    assert (told.duties_met, told.duties_new) == (back.duties_new, back.duties_met)
    assert (told.counts_before, told.counts_after) == (back.counts_after, back.counts_before)
    assert (told.only_before, told.only_after) == (back.only_after, back.only_before)
    for here, there in ((told.pillars, back.pillars), (told.domains, back.domains)):
        assert [(each.code, each.before, each.after, each.direction) for each in here] == [
            turned(each) for each in there
        ]


@given(some.scored())
@settings(max_examples=60)
def test_a_result_compared_with_itself_tells_nothing(drawn: tuple[Edition, Run, Answers]) -> None:
    bank, fixed, answers = drawn
    told = told_of(bank, DatedRun(fixed, answers, TODAY), DatedRun(fixed, answers, TODAY))

    assert not any((told.questions, told.gaps_closed, told.gaps_new, told.duties_met, told.duties_new))
    assert not any((told.only_before, told.only_after, told.figures_differ, told.fell))
    assert {each.direction for each in (*told.pillars, *told.domains)} <= {Movement.NO_CLEAR_CHANGE}
    assert told.counts_before == told.counts_after


def moved(counts: Counts, other: Counts) -> tuple[int, int, int]:
    return (
        other.in_place - counts.in_place,
        other.urgent_gaps - counts.urgent_gaps,
        other.open_duties - counts.open_duties,
    )


@given(pairs())
@settings(max_examples=60)
def test_sums_agree_with_what_is_listed(drawn: tuple[Edition, DatedRun, DatedRun]) -> None:
    bank, first, second = drawn
    told, found = told_of(bank, first, second), compare_runs(bank, first, second)

    in_place = sum(each.in_place_after - each.in_place_before for each in told.questions)
    gaps, duties = len(told.gaps_new) - len(told.gaps_closed), len(told.duties_new) - len(told.duties_met)
    assert moved(told.counts_before, told.counts_after) == (in_place, gaps, duties)
    assert told.counts_before.counted == told.counts_after.counted == told.compared == len(found.shared)
    assert told.compared + len(told.only_after) == found.whole_after.counts.counted  # type: ignore[union-attr]
    assert len(urgent_gaps(found.before)) == told.counts_before.urgent_gaps


@given(pairs())
@settings(max_examples=60)
def test_answers_that_only_rise_make_nothing_worse(drawn: tuple[Edition, DatedRun, DatedRun]) -> None:
    bank, first, _ = drawn
    raised = {
        name: replace(answer, level=min(4, answer.level + 1)) if answer.level is not None else answer
        for name, answer in first.answers.items()
    }
    told = told_of(bank, first, replace(first, answers=raised))

    assert not told.worse
    assert not told.fell
    assert not told.gaps_new
    assert not told.duties_new
    assert Movement.WORSE not in {each.direction for each in (*told.pillars, *told.domains)}
