"""What a quick check says, for every business and every set of answers: never more than eight answers carry."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.bank.steps import StepLink
from assessments.bank.types import Edition
from assessments.presentation.named_values import NamedFigure, NamedLevel
from assessments.presentation.quick_check.asked import check_questions, fact_screens, first_open_fact_screen
from assessments.presentation.quick_check.statements import ToldCheck
from assessments.presentation.quick_check.telling import FIT_STEPS, CheckAnswers, tell_check, tell_insight
from assessments.scoring.scope import FactAnswer
from assessments.scoring.steps import fitted_step
from assessments.scoring.types import Figure, ScoredAnswer, ScoredAnswerKind, StepChoice
from tests.quick_checks import guest_facts

DAY = date(2026, 11, 30)
TRIES = settings(max_examples=60, deadline=None)
WRITES_LEVELS = ("level", "label", "score", "figure", "target")


def level(number: int) -> ScoredAnswer:
    return ScoredAnswer(ScoredAnswerKind.LEVEL, number)


UNKNOWN = ScoredAnswer(ScoredAnswerKind.UNKNOWN)
LEFT_OUT = ScoredAnswer(ScoredAnswerKind.NOT_APPLICABLE, reason="we have none")
ANSWERS = st.one_of(st.integers(0, 4).map(level), st.sampled_from([UNKNOWN, LEFT_OUT]))


def some_guest(data: st.DataObject, edition: Edition) -> CheckAnswers:
    """Any facts, known or not, and any answers, also to none of the questions."""
    facts = {}
    questions = {own.id: own for screen in edition.scope.screens for own in screen.questions}
    for name in edition.quick_check.facts if edition.quick_check else ():
        options = [option.id for option in questions[name].options]
        chosen = data.draw(st.sampled_from([*options, ""]))
        facts[name] = FactAnswer(frozenset([chosen] if chosen else []), not_sure=not chosen)
    asked = check_questions(edition, facts, DAY)
    given_answers = [data.draw(st.one_of(st.none(), ANSWERS)) for _ in asked]
    pairs = zip(asked, given_answers, strict=True)
    return CheckAnswers(facts, {own.question.id: answer for own, answer in pairs if answer})


def statements(value: object) -> Iterator[object]:
    yield value
    if isinstance(value, tuple):
        for each in value:
            yield from statements(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from statements(getattr(value, each.name))


def names(told: ToldCheck) -> set[str]:
    return {gap.question.id for gap in told.gaps}


@TRIES
@given(data=st.data())
def test_no_statement_carries_a_level(edition: Edition, data: st.DataObject) -> None:
    guest = some_guest(data, edition)
    for told in (tell_check(edition, guest, DAY), tell_insight(edition, guest, DAY)):
        for value in statements(told):
            assert not isinstance(value, NamedLevel | NamedFigure | Figure)
            if is_dataclass(value) and not isinstance(value, StepLink):
                assert not [own.name for own in fields(value) if any(word in own.name for word in WRITES_LEVELS)]


@TRIES
@given(data=st.data())
def test_raising_an_answer_never_adds_a_gap_nor_takes_what_is_solid(edition: Edition, data: st.DataObject) -> None:
    guest = some_guest(data, edition)
    before = tell_check(edition, guest, DAY)
    levels = [name for name, answer in guest.answers.items() if answer.level is not None and answer.level < 4]
    if not levels:
        return
    name = data.draw(st.sampled_from(levels))
    higher = data.draw(st.integers((guest.answers[name].level or 0) + 1, 4))
    after = tell_check(edition, replace(guest, answers={**guest.answers, name: level(higher)}), DAY)
    assert names(after) <= names(before)
    assert after.counts.in_place >= before.counts.in_place
    assert {own.question.id for own in before.solid} <= {own.question.id for own in after.solid}


@TRIES
@given(data=st.data())
def test_a_step_never_promises_what_is_done(edition: Edition, data: st.DataObject) -> None:
    guest = some_guest(data, edition)
    told = tell_check(edition, guest, DAY)
    assert len(told.steps) <= FIT_STEPS
    for step in told.steps:
        answer, question = guest.answers[step.question.id], edition.question[step.question.id]
        assert answer.level is not None
        reached = [own for own in question.steps if own.to <= answer.level]
        done = [fitted_step(question, StepChoice(own.to, place)).text for own in reached for place in _wordings(own)]
        assert step.step.text not in [*done, *(own.solo for own in reached)]
        assert step.question.id not in {own.question.id for own in told.solid}


def _wordings(step: object) -> list[int | None]:
    return [None, *range(len(getattr(step, "variants", ())))]


@TRIES
@given(data=st.data())
def test_counts_are_what_the_lists_say(edition: Edition, data: st.DataObject) -> None:
    guest = some_guest(data, edition)
    told = tell_check(edition, guest, DAY)
    assert told.counts.in_place == len(told.solid)
    assert told.counts.unknown == len(told.open_answers)
    assert told.counts.urgent_gaps == len(told.gaps)
    assert told.counts.in_place + told.counts.unknown <= told.counts.counted <= told.counts.answered
    assert told.counts.answered <= told.counts.asked <= 8


@TRIES
@given(data=st.data())
def test_the_order_of_answers_does_not_matter(edition: Edition, data: st.DataObject) -> None:
    guest = some_guest(data, edition)
    turned = dict(reversed(list(guest.answers.items())))
    assert tell_check(edition, replace(guest, answers=turned), DAY) == tell_check(edition, guest, DAY)


def test_facts_fit_on_three_screens(edition: Edition) -> None:
    screens = fact_screens(edition, {})
    assert [[question.id for question in screen] for screen in screens] == [["country", "people"], ["ai"]]
    assert first_open_fact_screen(edition, {}) == 1
    facts = guest_facts()
    assert first_open_fact_screen(edition, {name: facts[name] for name in ("country", "people")}) == 2
    assert first_open_fact_screen(edition, facts) is None


def test_many_facts_still_fit_on_three_screens(edition: Edition) -> None:
    assert edition.quick_check is not None
    many = replace(
        edition, quick_check=replace(edition.quick_check, facts=("country", "base", "people", "setup", "ai"))
    )
    screens = fact_screens(many, {})
    assert len(screens) == 3
    assert [question.id for question in screens[2]] == ["people", "setup", "ai"]


def test_questions_are_asked_in_the_order_of_the_edition_and_no_more_than_it_says(edition: Edition) -> None:
    assert edition.quick_check is not None
    with_ai = [own.question.id for own in check_questions(edition, guest_facts(), DAY)]
    without = [own.question.id for own in check_questions(edition, guest_facts("es", "no", "none"), DAY)]
    for asked in (with_ai, without):
        assert asked == [question for question in edition.quick_check.questions if question in asked]
    assert len(with_ai) == edition.quick_check.most
    assert 6 <= len(without) <= edition.quick_check.most
    assert "DATA-03" in with_ai
    assert "DATA-03" not in without


def test_nothing_is_asked_without_a_quick_check(edition: Edition) -> None:
    plain = replace(edition, quick_check=None)
    assert check_questions(plain, guest_facts(), DAY) == ()
    assert fact_screens(plain, {}) == ()


def test_an_insight_names_what_is_solid_and_what_stands_out(edition: Edition) -> None:
    answers = {"ACCESS-02": level(3), "STORE-05": level(0), "DEFEND-01": UNKNOWN}
    told = tell_insight(edition, CheckAnswers(guest_facts(), answers), DAY)
    assert [own.question.id for own in told.solid] == ["ACCESS-02"]
    assert told.solid[0].answer == edition.question["ACCESS-02"].levels[3]
    assert told.stands_out is not None
    assert told.stands_out.question.id == "STORE-05"
    assert told.stands_out.urgent
    assert told.stands_out.means == edition.question["STORE-05"].gates[0].reason
    assert (told.answered, told.unknown, told.left) == (3, 1, 5)


def test_nothing_stands_out_where_all_is_in_place(edition: Edition) -> None:
    answers = {"ACCESS-02": level(4), "STORE-05": level(4)}
    told = tell_insight(edition, CheckAnswers(guest_facts(), answers), DAY)
    assert told.stands_out is None
    assert len(told.solid) == 2


def test_laws_are_said_to_apply_only_where_they_certainly_do(edition: Edition) -> None:
    spain = tell_check(edition, CheckAnswers(guest_facts("es"), {}), DAY).laws
    assert {law.code for law in spain if law.applies} == {"gdpr", "eu_ai_act"}
    texas = tell_check(edition, CheckAnswers(guest_facts("us_tx"), {}), DAY).laws
    assert not [law.code for law in texas if law.applies]
    assert all(reason.startswith("if ") for law in texas for reason in law.reasons)


def test_it_says_how_much_was_not_looked_at(edition: Edition) -> None:
    told = tell_check(edition, CheckAnswers(guest_facts(), {}), DAY).not_asked
    assert told.questions > 20
    titles = {domain.title for domain in edition.domains}
    asked = {edition.domain[own.question.domain].title for own in check_questions(edition, guest_facts(), DAY)}
    assert told.topics
    assert set(told.topics) <= titles - asked
