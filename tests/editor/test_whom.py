"""Ticked countries and sizes in place of a condition: nothing is lost on the way there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.bank.conditions import ALWAYS, Clause, Condition
from assessments.editor.forms.whom import condition_of, ticked_in
from tests.bank.making import when

NAMES = {"country": ("country.fr", "country.es", "country.us"), "people": ("people.no", "people.more")}
NAMES["ai"] = ("ai.tools", "ai.none")
TICKED = st.fixed_dictionaries(
    {}, optional={q: st.lists(st.sampled_from(n), min_size=1, unique=True).map(tuple) for q, n in NAMES.items()}
)


@given(TICKED)
def test_what_is_ticked_comes_back(ticked: dict[str, tuple[str, ...]]) -> None:
    found = ticked_in(condition_of(ticked))
    assert found is not None
    assert {question: set(names) for question, names in found.items()} == {q: set(n) for q, n in ticked.items()}


@given(TICKED, st.fixed_dictionaries({question: st.sampled_from(names) for question, names in NAMES.items()}))
def test_a_business_is_meant_where_one_of_each_list_is_its_own(
    ticked: dict[str, tuple[str, ...]], business: dict[str, str]
) -> None:
    meant = all(business[question] in names for question, names in ticked.items())
    assert condition_of(ticked).holds(frozenset(business.values())) is meant


def test_one_list_is_one_of_several() -> None:
    assert condition_of({}) == ALWAYS
    assert condition_of({"country": ("country.fr", "country.es")}) == Condition(
        (Clause(any=("country.fr", "country.es")),)
    )
    both = condition_of({"country": ("country.fr", "country.es"), "people": ("people.no",)})
    assert both == Condition((Clause(all=("people.no",), any=("country.fr", "country.es")),))


@pytest.mark.parametrize(
    "condition",
    [
        Condition((Clause(none=("people.no",)),)),
        Condition((Clause(all=("country.fr", "people.no")), Clause(all=("country.es", "people.more")))),
        Condition((Clause(all=("country.fr",)), Clause(all=("people.no",)))),
        Condition((Clause(any=("country.fr", "people.no")),)),
    ],
    ids=["not", "some pairs", "either list", "mixed"],
)
def test_what_ticks_cannot_say_is_left_alone(condition: Condition) -> None:
    assert ticked_in(condition) is None


def test_a_condition_of_a_file_is_ticked() -> None:
    assert ticked_in(when("country.fr", "people.no")) == {"country": ("country.fr",), "people": ("people.no",)}
    assert ticked_in(ALWAYS) == {}


def test_a_condition_with_long_lists_is_read_at_once() -> None:
    lists = [tuple(f"q{question}.{number}" for number in range(500)) for question in range(6)]
    assert ticked_in(Condition(tuple(Clause(any=names) for names in lists))) is None
