"""Which scope questions are still asked: only those of which an answer could change anything."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.bank.conditions import Clause, Condition
from assessments.bank.scope_types import OutOfView, Scope, ScopeQuestion
from assessments.bank.types import Edition
from assessments.editions.shipped import shipped_editions
from assessments.scoring.scope import FactAnswer, ScopeFacts, find_tags, visible_questions
from assessments.scoring.scoping.relevance import deciding_questions, questions_to_ask, shown_questions
from tests.bank.making import scope, scope_question, tag, when

EDITION: Edition = shipped_editions()[-1]
QUESTIONS = [question for screen in EDITION.scope.screens for question in screen.questions]
NAMED = {"country"}


def said(*options: str, not_sure: bool = False) -> FactAnswer:
    return FactAnswer(frozenset(options), not_sure)


def outcome(facts: ScopeFacts, wizard: Scope = EDITION.scope) -> tuple[object, ...]:
    found = find_tags(wizard, facts)
    return tuple(own.state for own in found.tags), found.out_of_view


def names(questions: tuple[ScopeQuestion, ...]) -> list[str]:
    return [question.id for question in questions]


@st.composite
def an_answer(draw: st.DrawFn, question: ScopeQuestion, *, definite: bool = False) -> FactAnswer:
    alone = [option.id for option in question.options if option.exclusive or not question.many]
    others = [option.id for option in question.options if option.id not in alone]
    some = [st.sampled_from(alone).map(lambda option: {option})] if alone else []
    some += [st.sets(st.sampled_from(others), min_size=1, max_size=3)] if others else []
    if definite or draw(st.integers(0, 5)):
        return FactAnswer(frozenset(draw(st.one_of(some))))
    return FactAnswer(not_sure=True)


@st.composite
def some_facts(draw: st.DrawFn) -> dict[str, FactAnswer]:
    """Answers to some of the questions of the shipped edition."""
    return {question.id: draw(an_answer(question)) for question in QUESTIONS if draw(st.integers(0, 3))}


@settings(max_examples=60, deadline=None)
@given(some_facts(), st.data())
def test_what_is_left_out_changes_nothing_whatever_it_is_answered(
    facts: dict[str, FactAnswer], data: st.DataObject
) -> None:
    """Neither now nor once the other questions are answered."""
    matter = deciding_questions(EDITION.scope, facts)
    needless = [question for question in QUESTIONS if question.id not in matter | facts.keys()]
    rest = {
        question.id: data.draw(an_answer(question, definite=True))
        for question in QUESTIONS
        if question not in needless and (question.id not in facts or facts[question.id].not_sure)
    }
    answers = {question.id: data.draw(an_answer(question)) for question in needless}

    assert outcome(facts | answers) == outcome(facts)
    assert outcome(facts | rest | answers) == outcome(facts | rest)


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_a_complete_scope_is_as_sure_as_if_everything_had_been_answered(data: st.DataObject) -> None:
    """Nothing is to be checked but what somebody was not sure of, and every question that was asked could matter."""
    facts: dict[str, FactAnswer] = {}
    while asked := questions_to_ask(EDITION.scope, facts):
        facts[asked[0].id] = data.draw(an_answer(asked[0], definite=True))

    assert find_tags(EDITION.scope, facts).provisional == frozenset()
    assert shown_questions(EDITION.scope, facts) == tuple(
        question for question in visible_questions(EDITION.scope, facts) if question.id in facts
    )


def test_a_question_that_other_answers_make_needless_is_not_asked() -> None:
    wizard = scope(
        scope_question("base", "eu", "us"),
        scope_question("ai", "tools", "none"),
        tags=(tag("both", when("base.eu", "ai.tools")),),
    )

    assert names(questions_to_ask(wizard, {})) == ["base", "ai"]
    assert names(questions_to_ask(wizard, {"base": said("us")})) == []
    assert names(questions_to_ask(wizard, {"ai": said("none")})) == []
    assert names(questions_to_ask(wizard, {"base": said(not_sure=True)})) == ["ai"]
    assert names(shown_questions(wizard, {"base": said("us")})) == ["base"]


def test_what_decides_whether_a_question_is_asked_matters() -> None:
    wizard = scope(
        scope_question("ai", "tools", "none"),
        scope_question("decides", "yes", "no", many=False, asked_when=when("ai.tools")),
        tags=(tag("decides", when("decides.yes")),),
    )

    assert names(questions_to_ask(wizard, {})) == ["ai", "decides"]
    assert names(questions_to_ask(wizard, {"ai": said("none")})) == []
    assert names(questions_to_ask(wizard, {"decides": said("no")})) == []
    assert names(questions_to_ask(wizard, {"decides": said("yes")})) == ["ai"]


def test_one_of_several_ways_to_a_tag_is_enough() -> None:
    either = Condition((Clause(any=("base.eu", "ai.tools")),))
    wizard = scope(
        scope_question("base", "eu", "us"), scope_question("ai", "tools", "none"), tags=(tag("either", either),)
    )

    assert names(questions_to_ask(wizard, {"base": said("eu")})) == []
    assert names(questions_to_ask(wizard, {"base": said("us")})) == ["ai"]


def test_what_is_out_of_view_and_whom_texts_name_count_as_well() -> None:
    wizard = replace(
        scope(scope_question("country", "us", "fr", many=False), scope_question("ai", "tools", "none")),
        out_of_view=(OutOfView("ai", "AI law", when("ai.tools")),),
    )

    assert names(questions_to_ask(wizard, {})) == ["country", "ai"]
    assert deciding_questions(wizard, {"country": said("us"), "ai": said("none")}) == frozenset()
    assert deciding_questions(wizard, {"country": said(not_sure=True), "ai": said("none")}) == NAMED


def test_californian_facts_are_asked_only_where_californian_law_can_depend_on_them() -> None:
    def asked_of(california: str) -> set[str]:
        facts = {"country": said("us_tx"), "base": said("none"), "california": said(california)}
        return set(names(questions_to_ask(EDITION.scope, facts)))

    assert {"ccpa_size", "ccpa_extra"} <= asked_of("business")
    assert {"ccpa_size", "ccpa_extra"}.isdisjoint(asked_of("few") | asked_of("no"))
