"""The search finds facts exactly where there are any: checked against trying them all."""

from itertools import chain, combinations, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.bank.checks.edition import check_edition, errors_of
from assessments.bank.conditions import Clause, Condition
from assessments.bank.logic import ScopeLogic, Truth, truth_of
from assessments.bank.reach import Demand, Reach, reach_of
from assessments.bank.scope_types import Scope, ScopeQuestion
from tests.bank.making import edition, scope, scope_question, tag, when

NOT_EU = Condition((Clause(none=("base.eu",)),))
WIZARD = scope(
    scope_question("base", "eu", "us", "none"),
    scope_question("size", "small", "big", many=False),
    scope_question("sells", "yes", asked_when=when("size.big")),
    tags=(
        tag("eu", when("base.eu")),
        tag("nowhere", when("base.none")),
        tag("small", when("size.small")),
        tag("seller", when("sells.yes")),
        tag("outside", Condition((Clause(any=("base.us", "base.none"), none=("tag:eu",)),))),
    ),
)
QUESTIONS = {question.id: question for screen in WIZARD.screens for question in screen.questions}
TAGS = [tag.id for tag in WIZARD.tags]


@pytest.mark.parametrize(
    ("tags", "possible"),
    [
        (("eu", "small"), True),
        (("eu", "nowhere"), False),  # "none" excludes the others
        (("eu", "outside"), False),
        (("seller",), True),
        (("seller", "small"), False),  # asked only of the big, and one size at a time
        (("nowhere", "outside"), True),
    ],
)
def test_tags_that_can_or_cannot_be_set_together(tags: tuple[str, ...], possible: bool) -> None:
    assert Reach(WIZARD).possible([Demand(when(*tags))]) is possible


def test_demands_must_hold_together() -> None:
    reach = Reach(WIZARD)

    assert reach.possible([Demand(when("seller")), Demand(when("eu"), holds=False)])
    assert not reach.possible([Demand(when("seller")), Demand(when("seller"), holds=False)])
    assert reach.possible([])
    assert not reach.possible([Demand(Condition(), holds=False)])


def test_demands_that_contradict_each_other_need_no_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """With forty countries, looking for such a business would take hours."""
    monkeypatch.setattr(Reach, "_search", lambda *args: pytest.fail("searched"))
    either = Condition((Clause(any=("eu", "small")),))

    assert not Reach(WIZARD).possible(
        [Demand(when("seller")), Demand(either), Demand(when("eu"), holds=False), Demand(when("small"), holds=False)]
    )


def subsets(question: ScopeQuestion) -> list[frozenset[str]]:
    """What may be ticked at one question; nothing at all is possible too."""
    ids = [option.id for option in question.options]
    alone = {option.id for option in question.options if option.exclusive}
    every = chain.from_iterable(combinations(ids, n) for n in range(len(ids) + 1 if question.many else 2))
    return [frozenset(chosen) for chosen in every if len(chosen) < 2 or not alone & set(chosen)]


def tried(demands: list[Demand]) -> bool:
    """Every combination of facts, one by one."""
    for chosen in product(*(subsets(question) for question in QUESTIONS.values())):
        facts = dict(zip(QUESTIONS, chosen, strict=True))

        def fact(question: ScopeQuestion, option: str, facts: dict[str, frozenset[str]] = facts) -> Truth:
            return Truth.YES if option in facts[question.id] else Truth.NO

        logic = ScopeLogic(WIZARD, fact)
        if all((truth_of(demand.condition, logic.tag) is Truth.YES) == demand.holds for demand in demands):
            return True
    return False


def pigeons(holes: int) -> Scope:
    """Whether one more pigeon than holes finds a place: no, and no search over facts is known that soon sees it."""
    places = [[f"p{pigeon}h{hole}" for hole in range(holes)] for pigeon in range(holes + 1)]
    tags = [
        tag(f"housed{number}", Condition((Clause(any=tuple(f"in.{one}" for one in own)),)))
        for number, own in enumerate(places)
    ]
    for hole in range(holes):
        for one, other in combinations(range(holes + 1), 2):
            alone = (when_not(f"in.{places[one][hole]}"), when_not(f"in.{places[other][hole]}"))
            tags.append(tag(f"alone{one}x{other}x{hole}", *alone))
    tags.append(tag("all_housed", when(*(f"tag:{own.id}" for own in tags))))
    return scope(scope_question("in", *chain.from_iterable(places)), tags=tags)


def when_not(name: str) -> Condition:
    return Condition((Clause(none=(name,)),))


def test_a_search_that_would_never_end_is_given_up() -> None:
    reach = Reach(pigeons(3), most_work=1_000)
    assert reach.possible([Demand(when("all_housed"))])
    assert reach.is_undecided
    with_time = Reach(pigeons(3))
    assert not with_time.possible([Demand(when("all_housed"))])
    assert not with_time.is_undecided


def test_what_was_given_up_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    hard = pigeons(9)
    monkeypatch.setattr("assessments.bank.reach.MOST_WORK", 1_000)
    assert reach_of(hard).possible([Demand(when("all_housed"))])
    monkeypatch.setattr(Reach, "_search", lambda *args: pytest.fail("searched"))
    again = reach_of(hard)
    assert again.possible([Demand(when("all_housed"))])
    assert again.is_undecided


def test_such_rules_are_a_problem_that_keeps_an_edition_from_being_published(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessments.bank.reach.MOST_WORK", 100_000)
    found = errors_of(check_edition(edition(scope=pigeons(9))))
    assert any(problem.place == "tags" and "too intertwined" in problem.message for problem in found)


def test_tags_that_rest_on_each_other_in_a_long_chain_are_a_problem() -> None:
    chained = (tag("t0", when("in.a")), *(tag(f"t{n}", when(f"tag:t{n - 1}")) for n in range(1, 2_000)))
    found = errors_of(check_edition(edition(scope=scope(scope_question("in", "a"), tags=chained[::-1]))))
    assert any("lead from one to the next more than 40 times" in problem.message for problem in found)


some_tags = st.lists(st.sampled_from(TAGS), max_size=2, unique=True).map(tuple)
clauses = st.builds(Clause, all=some_tags, any=some_tags, none=some_tags)
demands = st.builds(Demand, st.lists(clauses, max_size=2).map(tuple).map(Condition), st.booleans())


@given(st.lists(st.lists(demands, max_size=2), min_size=1, max_size=2))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_search_agrees_with_trying_everything(questions: list[list[Demand]]) -> None:
    """What it remembers from one search does not mislead the next."""
    reach = Reach(WIZARD)
    assert [reach.possible(wanted) for wanted in questions] == [tried(wanted) for wanted in questions]


@given(st.lists(st.lists(demands, max_size=2), min_size=1, max_size=2), st.integers(0, 400))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whoever_gives_up_says_so_and_calls_nothing_impossible(questions: list[list[Demand]], most_work: int) -> None:
    reach = Reach(WIZARD, most_work=most_work)
    for wanted in questions:
        found = reach.possible(wanted)
        assert found or not tried(wanted)
        assert found == tried(wanted) or reach.is_undecided
