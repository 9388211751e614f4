"""Findings, duties and open points as told: everything that scoring found, three kinds, never mixed."""

from collections.abc import Collection
from datetime import date

import pytest

from assessments.bank.types import Depth, Edition, GateKind, Question
from assessments.presentation.told_result import ToldResult, tell_result
from assessments.scoring.types import Run
from tests.presentation.samples import (
    UNKNOWN,
    ResultSample,
    asked,
    coming_result,
    level,
    result_sample,
    stress_result,
)
from tests.scope_facts import NOT_SURE, SHOP


def tell(given: ResultSample) -> ToldResult:
    return tell_result(given.edition, given.outcome, given.first_gain, given.answers, facts=given.facts, day=given.day)


@pytest.fixture(scope="module")
def given(edition: Edition) -> ResultSample:
    return stress_result(edition)


# For each test anew: ./run mutants tries on a change the tests during which the changed code ran.
@pytest.fixture
def told(given: ResultSample) -> ToldResult:
    return tell(given)


def test_what_is_unlawful_now_says_why(given: ResultSample, told: ToldResult) -> None:
    for item, found in zip(told.must_fix, given.outcome.must_fix, strict=True):
        assert (item.question.id, item.level.level, item.in_part) == (found.question.id, found.level, found.in_part)
        assert item.next_step
        assert item.reasons == (
            (found.gate.reason,) if found.gate else tuple(dict.fromkeys(duty.says for duty in found.duties))
        )
        assert (item.gate is None) == found.in_part
    assert {item.in_part for item in told.must_fix} == {True, False}


def test_what_would_be_missed_names_its_duties_and_the_entry_of_the_plan(given: ResultSample, told: ToldResult) -> None:
    for item, found in zip(told.on_the_day, given.outcome.on_the_day, strict=True):
        assert (item.question.id, item.level.level) == (found.question.id, found.level)
        assert (item.gate.reason if item.gate else None) == (found.gate.reason if found.gate else None)
        duties = [own for own in given.outcome.duties_on_the_day if own.question is found.question]
        assert [(own.law, own.asks) for own in item.duties] == [(own.law.name, own.duty.says) for own in duties]
        assert item.plan_step is None or told.plan[item.plan_step - 1].question == item.question
    assert {item.gate is None for item in told.on_the_day} == {True, False}
    assert any(item.plan_step for item in told.on_the_day)


def test_what_starts_soon_has_its_day(edition: Edition) -> None:
    given = coming_result(edition)
    told = tell(given)
    assert [(item.question.id, item.day, item.now.level, item.needed.level) for item in told.starting_soon] == [
        (item.question.id, item.day, item.level, item.needed) for item in given.outcome.starting_soon
    ]
    assert {item.day for item in told.starting_soon} == {date(2027, 1, 1)}
    assert all(item.asks for item in told.starting_soon)


def test_kinds_of_findings_are_never_mixed(given: ResultSample, told: ToldResult) -> None:
    unknown = {item.question.id for item in told.find_out}
    answered = {item.question.id for item in told.must_fix} | {item.question.id for item in told.on_the_day}
    answered |= {item.question.id for item in told.not_looked_at} | {item.question.id for item in told.to_check}
    assert unknown
    assert answered
    assert not unknown & answered
    gates = {GateKind(item.gate.code) for item in told.must_fix if item.gate}
    assert gates <= {GateKind.LEGAL_STOP, GateKind.LEGAL}
    assert {item.gate.code for item in told.on_the_day if item.gate} == {GateKind.HARM}
    assert {item.gate.code for item in told.not_looked_at} == {GateKind.FOUNDATION}
    unsure = {trace.question.id for domain in given.outcome.domains for trace in domain.traces if trace.provisional}
    duties = {duty.question.id for law in told.laws for duty in law.duties}
    assert unsure
    assert not unsure & duties
    assert not unsure & {item.question.id for item in told.must_fix}
    assert not unsure & {item.question.id for item in told.on_the_day}


def test_what_is_to_be_checked_names_the_question_that_settles_it(edition: Edition, told: ToldResult) -> None:
    texts = {question.text for screen in edition.scope.screens for question in screen.questions}
    assert told.to_check
    assert all(item.settled_by and set(item.settled_by) <= texts for item in told.to_check)


def test_only_what_really_is_open_settles_it(edition: Edition) -> None:
    """The edition names the question on sensitive data; where that is answered, another one is open."""
    known = {**SHOP, "special": "health", "ai_data": NOT_SURE}
    told = tell(result_sample(edition, otherwise=level(0), facts=known))
    item = next(item for item in told.to_check if item.question.id == "DATA-10")
    questions = {question.id: question.text for screen in edition.scope.screens for question in screen.questions}
    assert item.settled_by == (questions["ai_data"],)


def test_every_law_that_applies_is_told(edition: Edition, given: ResultSample, told: ToldResult) -> None:
    assert [law.code for law in told.laws] == [law.code for law in edition.laws if law.tag in given.outcome.run.tags]
    duties = [duty for law in told.laws for duty in law.duties]
    assert len(duties) == len(given.outcome.open_duties)
    for duty, found in zip(duties, given.outcome.open_duties, strict=True):
        assert (duty.law, duty.asks, duty.question.id) == (found.law.code, found.duty.says, found.question.id)
        assert (duty.now.level, duty.needed.level) == (found.level, found.duty.level)
        assert duty.citations == tuple(citation.label for citation in found.citations)
        assert (duty.starts, duty.unsettled) == (found.duty.starts, found.duty.unsettled)
    in_part = {item.question.id for item in told.must_fix if item.in_part}
    assert {duty.question.id for duty in duties if duty.in_part} == in_part
    assert any(duty.starts for duty in duties)


def test_a_law_says_who_watches_over_it_and_what_may_be_fined(edition: Edition, told: ToldResult) -> None:
    gdpr = next(law for law in told.laws if law.code == "gdpr")
    known = next(law for law in edition.laws if law.code == "gdpr")
    assert gdpr.authority
    assert (gdpr.authority.name, gdpr.authority.url) == ("the CNIL", "https://www.cnil.fr")
    assert (gdpr.fines, gdpr.looked_up, gdpr.unsettled) == (known.fines, known.looked_up, known.unsettled)
    assert {law.to_check for law in told.laws} == {True, False}


@pytest.mark.parametrize("depth", list(Depth))
def test_a_list_of_duties_that_is_partial_says_how_much_is_missing(edition: Edition, depth: Depth) -> None:
    sample = result_sample(edition, depth=depth)
    tags = sample.outcome.run.tags
    laws = {law.code for law in edition.laws if law.tag in tags}
    asked_about = [
        {question.id for question in asked(edition, Run(to, tags)) if _has_duty(question, laws, tags)}
        for to in (depth, Depth.FULL)
    ]
    more = len(asked_about[1] - asked_about[0])
    found = tell(sample).partial_list
    assert (found.more if found else 0) == more
    assert (more > 0) == (depth is not Depth.FULL)


def _has_duty(question: Question, laws: Collection[str], tags: frozenset[str]) -> bool:
    return any(duty.law in laws and duty.when.holds(tags) for duty in question.duties)


def test_a_law_with_nothing_open_is_told_too(edition: Edition) -> None:
    told = tell(result_sample(edition, otherwise=level(4, evidence="Yes")))
    assert told.laws
    assert not any(law.duties for law in told.laws)


def test_open_points_say_whom_to_ask(given: ResultSample, told: ToldResult) -> None:
    for item, found in zip(told.find_out, given.outcome.find_out, strict=True):
        assert (item.question.id, item.who_knows, item.answered) == (found.question.id, found.who_knows, found.answered)
        assert item.weight == found.question.weight
        assert (item.gate.reason if item.gate else None) == (found.gate.reason if found.gate else None)
    assert [(item.question.id, item.reason) for item in told.left_out] == [
        (item.question.id, item.reason) for item in given.outcome.left_out
    ]


def test_how_to_find_out_is_told_with_minutes(edition: Edition) -> None:
    told = tell(result_sample(edition, otherwise=UNKNOWN))
    hints = {item.question.id: item.hint for item in told.find_out}
    known = {name: edition.question[name].find_out for name in hints}
    assert {name for name, hint in hints.items() if hint} == {name for name, hint in known.items() if hint}
    assert all(hint.minutes > 0 and "{" not in hint.text for hint in hints.values() if hint)
    assert any(item.gate for item in told.find_out)
