"""In a domain of few questions one light question without a gate costs at most one label (rule 8a)."""

import pytest
from hypothesis import assume, given

from assessments.bank.types import Edition, GateKind
from assessments.scoring.engine import score
from assessments.scoring.types import DomainResult, Run, ScoredAnswer, Sum
from tests.bank import strategies as some
from tests.bank.making import edition, gate, question
from tests.bank.strategies import TODAY
from tests.scoring.answering import UNKNOWN, all_at, domain, left_out, level, number, run, scored


def store(weights: tuple[int, ...], *levels: int | ScoredAnswer) -> DomainResult:
    """A domain with one question of each weight; the first has weights[0] and levels[0]."""
    bank = edition(*(question(f"STORE-0{place}", weight) for place, weight in enumerate(weights, 1)))
    given_levels = [level(own) if isinstance(own, int) else own for own in levels]
    return domain(
        scored(bank, {own.id: answer for own, answer in zip(bank.questions, given_levels, strict=True)}), "STORE"
    )


@pytest.mark.parametrize(
    ("weights", "levels", "figure", "aside"),
    [
        ((2, 3, 2, 2), (0, 4, 4, 4), "3.7", "STORE-01"),  # 7 of 9 is not most: 0 without the rule
        ((1, 3, 1, 2), (0, 3, 3, 3), "3.0", None),  # 6 of 7 is most
        ((2, 2, 2, 2), (3, 1, 3, 3), "2.7", "STORE-02"),  # the worst one, wherever it stands
        ((2, 2, 2, 2), (0, 0, 4, 4), "0.5", None),  # only one of them
        ((3, 2, 2, 2), (0, 4, 4, 4), "0.6", None),  # not where it is heavy
        ((3, 2, 2, 2), (1, 0, 4, 4), "0.7", None),  # the rest reaches 1, because of what is heavy
        ((2, 2, 2, 2, 2, 2), (0, 3, 3, 3, 3, 3), "3.0", None),  # six are not few; 10 of 12 is most
        ((2, 1, 1, 1, 1, 1), (0, 3, 3, 3, 3, 3), "0.7", None),  # six are not few
        ((2, 1, 1, 1, 1), (0, 3, 3, 3, 3), "2.6", "STORE-01"),
        ((2,), (0,), "0.0", None),  # without it there is nothing
        ((2, 2), (0, 4), "3.5", "STORE-01"),
        ((2, 2, 2), (UNKNOWN, 4, 4), "3.6", "STORE-01"),
        ((2, 2, 2), (left_out(), 0, 4), "3.5", "STORE-02"),  # what is left out is not counted
    ],
)
def test_one_light_question_costs_one_label(
    weights: tuple[int, ...], levels: tuple[int | ScoredAnswer, ...], figure: str, aside: str | None
) -> None:
    found = store(weights, *levels)

    assert found.low is not None
    assert number(found) == figure
    assert (found.low.set_aside.id if found.low.set_aside else None) == aside


def test_a_question_with_a_gate_may_cost_more() -> None:
    gates = (gate(GateKind.FOUNDATION, 1),)
    bank = edition(*(question(f"STORE-0{n}", 2, gates=gates if n == 1 else ()) for n in range(1, 5)))

    closed, open_ = (domain(scored(bank, all_at(bank, 4, STORE_01=level(value))), "STORE") for value in (0, 1))

    assert (number(closed), number(open_)) == ("0.7", "1.7")


def test_a_closed_gate_caps_what_the_rule_gives() -> None:
    bank = edition(
        question("STORE-01", 1, gates=(gate(GateKind.LEGAL, 3),)),
        question("STORE-02", 2),
        *(question(f"STORE-0{n}", 3) for n in (3, 4)),
    )

    found = domain(scored(bank, all_at(bank, 4, STORE_01=level(2), STORE_02=level(0))), "STORE").low

    assert found is not None
    assert (found.uncapped, str(found.figure), [cap.cap for cap in found.caps]) == (3, "1.7", [1])


@given(some.scored())
def test_a_light_question_without_a_gate_costs_at_most_one_label(
    scored: tuple[Edition, Run, dict[str, ScoredAnswer]],
) -> None:
    bank, on, answers = scored
    result = score(bank, on, answers, TODAY)
    few = [own for own in result.domains if 1 < sum(trace.counted for trace in own.traces) < 6]
    assume(few)

    for own in few:
        for trace in own.traces:
            if trace.counted and trace.gate is None and trace.question.weight < 3:
                without = domain(score(some.without(bank, trace.question.id), on, answers, TODAY), own.code)
                for which in ("low", "high", "proven"):
                    with_it, rest = getattr(own, which), getattr(without, which)
                    assert isinstance(with_it, Sum)
                    assert isinstance(rest, Sum)
                    if rest.set_aside is None:
                        assert with_it.uncapped >= rest.uncapped - 1


def test_each_pass_has_its_own_question_set_aside() -> None:
    bank = edition(*(question(f"STORE-0{n}", 2) for n in range(1, 5)))

    found = domain(scored(bank, all_at(bank, 4, STORE_01=UNKNOWN, STORE_02=level(4, proof=True)), run()), "STORE")

    sums = [found.low, found.high, found.proven]
    assert [own and own.set_aside and own.set_aside.id for own in sums] == ["STORE-01", None, "STORE-01"]
    assert [str(own.figure) for own in sums if own] == ["3.7", "4.0", "1.7"]
