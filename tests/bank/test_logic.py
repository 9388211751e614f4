"""Three-valued conditions agree with two-valued ones, and are never more certain than they may be."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from assessments.bank.conditions import Clause, Condition
from assessments.bank.logic import Truth, truth_of

NAMES = ("a", "b", "c")
some_names = st.lists(st.sampled_from(NAMES), max_size=2, unique=True).map(tuple)
conditions = st.lists(st.builds(Clause, all=some_names, any=some_names, none=some_names), max_size=3).map(
    lambda clauses: Condition(tuple(clauses))
)
states = st.fixed_dictionaries({name: st.sampled_from(Truth) for name in NAMES})


@given(conditions, st.frozensets(st.sampled_from(NAMES)))
def test_without_open_names_it_is_the_plain_condition(condition: Condition, on: frozenset[str]) -> None:
    truth = truth_of(condition, lambda name: Truth.YES if name in on else Truth.NO)

    assert truth is (Truth.YES if condition.holds(on) else Truth.NO)


@given(conditions, states)
def test_what_is_sure_holds_in_every_case(condition: Condition, state: dict[str, Truth]) -> None:
    truth = truth_of(condition, state.__getitem__)
    open_names = [name for name in NAMES if state[name] is Truth.MAYBE]
    sure = {name for name in NAMES if state[name] is Truth.YES}

    cases = [
        condition.holds(frozenset(sure | {name for name, on in zip(open_names, case, strict=True) if on}))
        for case in product([False, True], repeat=len(open_names))
    ]

    assert truth is not Truth.YES or all(cases)
    assert truth is not Truth.NO or not any(cases)


def test_opposites() -> None:
    assert [truth.opposite for truth in Truth] == [Truth.YES, Truth.MAYBE, Truth.NO]
