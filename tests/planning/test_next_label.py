"""The smallest set of rises that reaches the next label, checked against all others on small banks."""

from collections.abc import Callable, Iterator, Mapping
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.bank.types import Depth, Edition, GateKind
from assessments.planning.next_label import NextLabel, Rise, domain_next_label, pillar_next_label
from assessments.scoring.engine import score
from assessments.scoring.types import Run, ScoredAnswer, ScoredResult, Trace
from tests.bank import strategies as some
from tests.bank.making import edition, gate, question, when
from tests.bank.strategies import TODAY
from tests.scoring.answering import UNKNOWN, all_at, left_out, level, run, scored

Scored = tuple[Edition, Run, dict[str, ScoredAnswer]]


def named(found: NextLabel | None) -> list[tuple[str, int | None, int]]:
    assert found
    return [(rise.question.id, rise.level, rise.to) for rise in found.rises]


def test_what_is_heavy_and_what_has_a_gate_is_raised_first() -> None:
    bank = edition(
        question("STORE-01", 3),
        question("STORE-02", 1, gates=(gate(GateKind.FOUNDATION, 3),)),
        *(question(f"STORE-0{n}", 2) for n in range(3, 9)),
    )

    found = domain_next_label(scored(bank, all_at(bank, 4, STORE_01=level(0), STORE_02=level(1))), "STORE")

    assert found
    assert (found.code, found.label, found.following) == ("STORE", 1, 2)
    assert named(found) == [("STORE-01", 0, 1), ("STORE-02", 1, 3)]


def test_the_fewest_questions_then_the_fewest_levels_then_bank_order() -> None:
    bank = edition(*(question(f"STORE-0{n}", weight) for n, weight in enumerate((1, 1, 3, 3, 1, 3, 3), 1)))

    def rises(*levels: int) -> list[tuple[str, int | None, int]]:
        answers = {own.id: level(value) for own, value in zip(bank.questions, levels, strict=True)}
        return named(domain_next_label(scored(bank, answers), "STORE"))

    # 12 of 15 have to be at 2: one of weight 3 or all three of weight 1.
    assert rises(1, 1, 1, 2, 1, 2, 2) == [("STORE-03", 1, 2)]
    assert rises(1, 1, 1, 1, 1, 2, 2) == [("STORE-03", 1, 2), ("STORE-04", 1, 2)]
    assert rises(2, 2, 1, 1, 0, 2, 2) == [("STORE-03", 1, 2), ("STORE-04", 1, 2)]
    assert rises(0, 1, 2, 2, 0, 2, 1) == [("STORE-07", 1, 2)]
    assert rises(0, 0, 1, 2, 1, 2, 1) == [("STORE-03", 1, 2), ("STORE-07", 1, 2)]


def test_in_a_small_domain_one_light_question_may_stay_behind() -> None:
    bank = edition(*(question(f"STORE-0{n}", 2) for n in range(1, 4)))

    found = domain_next_label(scored(bank, all_at(bank, 2, STORE_01=level(0))), "STORE")

    assert found
    assert (found.label, found.following) == (1, 2)
    assert named(found) == [("STORE-01", 0, 2)]
    two = domain_next_label(scored(bank, all_at(bank, 3, STORE_01=level(0), STORE_02=level(2))), "STORE")
    assert named(two) == [("STORE-02", 2, 3)]


def test_what_nobody_knows_counts_as_nothing_and_is_named_as_unknown() -> None:
    bank = edition(*(question(f"STORE-0{n}", 3) for n in range(1, 4)))

    found = domain_next_label(scored(bank, {"STORE-01": UNKNOWN, "STORE-02": level(2)}), "STORE")

    assert named(found) == [("STORE-01", None, 1), ("STORE-03", None, 1)]


def test_nothing_stands_above_the_top_nor_where_nothing_is_assessed() -> None:
    bank = edition(question("STORE-01"), question("DATA-01"))
    result = scored(bank, {"STORE-01": level(4), "DATA-01": left_out()})

    assert domain_next_label(result, "STORE") is None
    assert domain_next_label(result, "DATA") is None
    assert pillar_next_label(result, "security") is None
    assert pillar_next_label(result, "privacy") is None


def test_a_first_indication_has_no_next_label() -> None:
    bank = edition(question("STORE-01"))

    assert pillar_next_label(scored(bank, all_at(bank, 1), run(depth=Depth.QUICK)), "security") is None
    assert named(pillar_next_label(scored(bank, all_at(bank, 1)), "security")) == [("STORE-01", 1, 2)]


def test_a_pillar_needs_the_gates_of_other_domains_and_most_of_its_own() -> None:
    far = gate(GateKind.HARM, 3, caps_pillar=True, pillars=("privacy", "security"))
    names = ("ACCESS", "STORE", "DEFEND", "INCIDENT", "PEOPLE")
    bank = edition(question("DATA-01", gates=(far,)), *(question(f"{code}-01", 3) for code in names))
    two_behind = all_at(bank, 2, DATA_01=level(2), STORE_01=level(1), ACCESS_01=level(1))
    one_far_behind = two_behind | {"PEOPLE-01": level(0)}

    found = [pillar_next_label(scored(bank, answers), "security") for answers in (two_behind, one_far_behind)]

    assert [own and (own.label, own.following) for own in found] == [(1, 2), (1, 2)]
    assert named(found[0]) == [("DATA-01", 2, 3), ("ACCESS-01", 1, 2)]
    # Two questions by three levels rather than three questions by one level each.
    assert named(found[1]) == [("DATA-01", 2, 3), ("ACCESS-01", 1, 2), ("PEOPLE-01", 0, 2)]


def test_a_rise_says_that_it_rests_on_an_open_fact() -> None:
    bank = edition(question("STORE-01", gates=(gate(GateKind.LEGAL, 2, on=when("gdpr")),)))

    found = domain_next_label(scored(bank, all_at(bank, 1), run("gdpr", provisional=("gdpr",))), "STORE")

    assert found
    assert found.rises == (Rise(bank.questions[0], 1, 2, provisional=True),)


# Every set of rises, cheapest first, until one reaches the label.

Label = Callable[[ScoredResult], int | None]


@st.composite
def small(draw: st.DrawFn) -> Scored:
    bank, on, answers = draw(some.scored())
    few = sorted(bank.questions, key=lambda own: (own.domain, own.id))[: draw(st.integers(1, 5))]
    bank = edition(*few, scope=bank.scope)
    return bank, on, answers


def sets_of_rises(counted: list[Trace]) -> Iterator[Mapping[str, int]]:
    """Fewest questions, then fewest levels, then the first in bank order, then the higher level at the first."""
    lows = [trace.low or 0 for trace in counted]

    def cost(levels: tuple[int, ...]) -> tuple[object, ...]:
        raised = [place for place, (low, to) in enumerate(zip(lows, levels, strict=True)) if to > low]
        return len(raised), sum(levels) - sum(lows), raised, [-levels[place] for place in raised]

    every = sorted(product(*(range(low, 5) for low in lows)), key=cost)
    for levels in every:
        yield {t.question.id: to for t, low, to in zip(counted, lows, levels, strict=True) if to > low}


def first_that_reaches(case: Scored, result: ScoredResult, label: Label) -> Mapping[str, int]:
    bank, on, answers = case
    goal = (label(result) or 0) + 1
    counted = [trace for own in result.domains for trace in own.traces if trace.counted]
    for rises in sets_of_rises(counted):
        reached = label(score(bank, on, answers | {name: level(to) for name, to in rises.items()}, TODAY))
        if reached is not None and reached >= goal:
            return rises
    raise AssertionError("all at 4 is always enough")


def as_mapping(found: NextLabel) -> Mapping[str, int]:
    return {rise.question.id: rise.to for rise in found.rises}


def label_of_domain(code: str) -> Label:
    def label(result: ScoredResult) -> int | None:
        low = next(own.low for own in result.domains if own.code == code)
        return low.figure.label if low else None

    return label


def label_of_pillar(code: str) -> Label:
    return lambda result: next(own.label for own in result.pillars if own.code == code)


@settings(max_examples=60)
@given(small())
def test_no_smaller_set_reaches_the_next_label_of_a_domain(case: Scored) -> None:
    result = score(*case, TODAY)

    for own in result.domains:
        found = domain_next_label(result, own.code)
        assert (found is None) == (own.low is None or own.low.figure.label == 4)
        if found:
            assert as_mapping(found) == first_that_reaches(case, result, label_of_domain(own.code))


@settings(max_examples=60)
@given(small())
def test_no_smaller_set_reaches_the_next_label_of_a_pillar(case: Scored) -> None:
    result = score(*case, TODAY)

    for own in result.pillars:
        found = pillar_next_label(result, own.code)
        assert (found is None) == (own.label is None or own.label == 4)
        if found:
            assert as_mapping(found) == first_that_reaches(case, result, label_of_pillar(own.code))


@given(some.scored())
def test_the_rises_are_what_they_say_and_reach_the_label(case: Scored) -> None:
    bank, on, answers = case
    result = score(bank, on, answers, TODAY)
    traces = {trace.question.id: trace for own in result.domains for trace in own.traces}

    for own in result.pillars:
        found = pillar_next_label(result, own.code)
        if found is None:
            continue
        raised: dict[str, ScoredAnswer] = answers | {name: level(to) for name, to in as_mapping(found).items()}
        assert (label_of_pillar(own.code)(score(bank, on, raised, TODAY)) or 0) >= found.following
        for rise in found.rises:
            trace = traces[rise.question.id]
            assert (trace.low or 0) < rise.to <= 4
            assert rise.level == (trace.low if trace.high == trace.low else None)
            assert rise.provisional == trace.provisional
