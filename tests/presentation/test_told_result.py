"""The told result holds everything that scoring found, as values that no page has to look up again."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from assessments.bank.types import Edition
from assessments.presentation.statement_kinds import StatementKind
from assessments.presentation.sums import SumStatement
from assessments.presentation.told_result import ToldResult, tell_result
from assessments.scoring.explain import LabelStopKind
from tests.presentation.samples import QUESTIONED, ResultSample, level, mixed_result, result_sample, stress_result


def tell(given: ResultSample) -> ToldResult:
    return tell_result(given.edition, given.outcome, given.first_gain, given.answers)


@pytest.fixture(scope="module")
def given(edition: Edition) -> ResultSample:
    return stress_result(edition)


# For each test anew: ./run mutants tries on a change the tests during which the changed code ran.
@pytest.fixture
def told(given: ResultSample) -> ToldResult:
    return tell(given)


def sums(told: ToldResult, of: StatementKind) -> dict[str, SumStatement]:
    return {each.code: each for each in told.sums if each.of is of}


def test_figures_are_those_of_scoring(edition: Edition, given: ResultSample, told: ToldResult) -> None:
    assert [pillar.code for pillar in told.pillars] == [pillar.code for pillar in given.outcome.pillars]
    for pillar, scored in zip(told.pillars, given.outcome.pillars, strict=True):
        assert pillar.figure is not None
        assert scored.low is not None
        assert scored.high is not None
        assert scored.proven is not None
        assert pillar.figure.low.figure == scored.low.figure
        assert pillar.figure.high.figure == scored.high.figure
        assert pillar.figure.proven.figure == scored.proven.figure
        assert pillar.figure.low.name == edition.labels[scored.low.figure.label].name
        assert pillar.figure.low.says == edition.labels[scored.low.figure.label].says
        assert [(cap.question.id, cap.cap.level) for cap in pillar.figure.caps] == [
            (cap.question.id, cap.cap) for cap in scored.low.caps
        ]
    assert any(pillar.figure.caps for pillar in told.pillars if pillar.figure)
    assert told.overall.label is not None
    assert told.overall.label.level == given.outcome.overall


def test_a_domain_tells_how_much_was_counted(given: ResultSample, told: ToldResult) -> None:
    asked = [domain for domain in given.outcome.domains if domain.traces]
    assert [domain.code for domain in told.domains] == [domain.code for domain in asked]
    for domain, scored in zip(told.domains, asked, strict=True):
        assert (domain.asked, domain.counted) == (len(scored.traces), sum(trace.counted for trace in scored.traces))
        assert domain.not_applicable_heavy == scored.not_applicable_heavy
    assert {domain.not_applicable_heavy for domain in told.domains} == {True, False}
    assert told.lens is not None
    assert given.outcome.lens is not None
    assert told.lens.asked == len(given.outcome.lens.traces)


def test_the_plan_is_that_of_scoring(edition: Edition, given: ResultSample, told: ToldResult) -> None:
    unsure = {trace.question.id for domain in given.outcome.domains for trace in domain.traces if trace.provisional}
    for number, (step, todo) in enumerate(zip(told.plan, given.outcome.todo, strict=True), start=1):
        assert (step.number, step.first) == (number, number <= 3)
        assert (step.question.id, step.question.text) == (todo.question.id, todo.question.text)
        assert (step.step, step.who_knows) == (todo.question.first_step, edition.domain[todo.question.domain].who_knows)
        assert (step.before.level, step.after.level) == (todo.level, todo.target)
        assert step.before.name == edition.scale[todo.level].name
        assert step.effort.code == todo.question.effort
        assert (step.gate.reason if step.gate else None) == (todo.gate.reason if todo.gate else None)
        assert step.provisional == (todo.question.id in unsure)
    assert {step.provisional for step in told.plan} == {True, False}
    assert {step.gate is None for step in told.plan} == {True, False}


def test_only_pillars_that_move_have_a_change(edition: Edition) -> None:
    given = result_sample(edition, otherwise=level(2), answers={"ACCESS-02": level(0), "INCIDENT-06": level(0)})
    moving = [change for change in given.first_gain if change.moves]
    assert moving
    assert [(change.pillar, change.before.figure, change.after.figure) for change in tell(given).changes] == [
        (change.code, change.before, change.after) for change in moving
    ]


def test_what_must_be_fixed_says_why(given: ResultSample, told: ToldResult) -> None:
    for item, found in zip(told.must_fix, given.outcome.must_fix, strict=True):
        assert (item.question.id, item.level.level) == (found.question.id, found.level)
        assert (item.in_part, item.provisional) == (found.in_part, found.provisional)
        assert item.first_step == found.question.first_step
        assert item.reasons == (
            (found.gate.reason,) if found.gate else tuple(dict.fromkeys(duty.says for duty in found.duties))
        )
        assert (item.gate is None) == found.in_part
    assert {item.in_part for item in told.must_fix} == {True, False}
    assert {item.provisional for item in told.must_fix} == {True, False}


def test_every_law_that_applies_is_told(edition: Edition, given: ResultSample, told: ToldResult) -> None:
    assert [law.code for law in told.laws] == [law.code for law in edition.laws if law.tag in given.outcome.run.tags]
    duties = [duty for law in told.laws for duty in law.duties]
    assert len(duties) == len(given.outcome.open_duties)
    for duty, found in zip(duties, given.outcome.open_duties, strict=True):
        assert (duty.law, duty.asks, duty.question.id) == (found.law.code, found.duty.says, found.question.id)
        assert (duty.now.level, duty.needed.level) == (found.level, found.duty.level)
        assert duty.citations == tuple(citation.label for citation in found.citations)
        assert (duty.starts, duty.provisional) == (found.duty.starts, found.provisional)
    in_part = {item.question.id for item in told.must_fix if item.in_part}
    assert {duty.question.id for duty in duties if duty.in_part} == in_part
    assert any(duty.starts for duty in duties)


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


def test_counts_are_those_of_the_lists(told: ToldResult, given: ResultSample) -> None:
    assert (told.counts.asked, told.counts.answered) == (given.outcome.asked, given.outcome.answered)
    assert told.counts.unknown == len(told.find_out) > 0
    assert told.counts.open_duties == sum(len(law.duties) for law in told.laws) > 0
    assert told.counts.untouched == sum(not item.answered for item in told.find_out)


def test_a_sum_comes_to_its_figure(told: ToldResult) -> None:
    for each in told.sums:
        for arithmetic in (each.low, each.high, each.proven):
            shares = [Fraction(part, whole) for part, whole in arithmetic.shares]
            progress = sum(shares, Fraction()) / len(shares) if shares else Fraction()
            assert progress == arithmetic.progress
            assert arithmetic.figure.label == arithmetic.label
            assert arithmetic.figure.tenths == min(9, int(10 * progress))
            assert arithmetic.exact == (10 * progress == arithmetic.figure.tenths)
        assert each.low.label == each.label.level <= each.uncapped.level
    assert {each.low.exact for each in told.sums} == {True, False}


def test_there_is_a_sum_for_every_figure(told: ToldResult) -> None:
    assert list(sums(told, StatementKind.PILLAR)) == [pillar.code for pillar in told.pillars if pillar.figure]
    assert list(sums(told, StatementKind.DOMAIN)) == [domain.code for domain in told.domains if domain.figure]
    assert len(sums(told, StatementKind.AI_LENS)) == 1


def test_a_sum_names_what_went_into_it(given: ResultSample, told: ToldResult) -> None:
    worked = sums(told, StatementKind.DOMAIN)
    for domain in given.outcome.domains:
        if domain.low is None:
            continue
        rows = worked[domain.code].questions
        assert [(row.question.id, row.low, row.high, row.proven) for row in rows] == [
            (trace.question.id, trace.low, trace.high, trace.proven) for trace in domain.traces
        ]
        assert [row.closed for row in rows] == [trace.closed for trace in domain.traces]
        assert all(row.gate for row in rows if row.closed)
        assert [row.left_out for row in rows if row.low is None] == [
            trace.answer.reason for trace in domain.traces if trace.answer and trace.low is None
        ]


def test_a_stop_names_domains_by_title_and_gates_by_question(edition: Edition) -> None:
    told = tell(result_sample(edition, otherwise=level(4, evidence="Yes"), answers={"ACCESS-02": level(0)}))
    security = sums(told, StatementKind.PILLAR)["security"]
    assert {stop.reason for stop in security.stops} >= {LabelStopKind.GATE, LabelStopKind.HEAVY}
    names = {stop.reason: stop.names for stop in security.stops}
    assert names[LabelStopKind.GATE] == ("ACCESS-02",)
    assert names[LabelStopKind.HEAVY] == (edition.domain["ACCESS"].title,)
    gate = next(row.gate for row in sums(told, StatementKind.DOMAIN)["ACCESS"].questions if row.closed)
    assert gate is not None
    assert gate.pillars == ("Security",)
    assert gate.pillar_cap is not None
    assert (gate.domain_cap.level, gate.pillar_cap.level) == (1, 1)


def test_reviewers_come_by_how_much_they_reviewed(edition: Edition) -> None:
    given = mixed_result(edition)
    told = tell(given)
    reviewed = [answer for answer in given.answers.values() if answer.review]
    assert [(r.reviewer, r.consultancy, r.latest, r.reviewed, r.answered) for r in told.reviews] == [
        ("Noor Haddad", "Haddad & Søn", date(2026, 11, 21), len(reviewed), given.outcome.answered)
    ]
    lin = replace(QUESTIONED, by="Lin", on="2026-11-25")
    first, second, *_rest = (answer.question for answer in given.answers.values() if not answer.review)
    more = {name: replace(given.answers[name], review=lin) for name in (first, second)}
    told = tell(replace(given, answers={**given.answers, **more}))
    assert [(r.reviewer, r.reviewed) for r in told.reviews] == [("Noor Haddad", len(reviewed)), ("Lin", 2)]


def test_an_empty_run_is_told_too(edition: Edition) -> None:
    told = tell(result_sample(edition))
    assert (told.plan, told.changes, told.must_fix, told.left_out, told.reviews) == ((), (), (), (), ())
    assert told.counts.untouched == told.counts.asked == len(told.find_out)
    assert told.overall.label is not None


def test_every_kind_of_statement_is_told(told: ToldResult, edition: Edition) -> None:
    reviewed = tell(mixed_result(edition))
    assert {*kinds_in(told), *kinds_in(reviewed)} == set(StatementKind)


def kinds_in(value: Any) -> set[StatementKind]:
    if isinstance(value, tuple):
        return {kind for item in value for kind in kinds_in(item)}
    if not is_dataclass(value):
        return set()
    own = {value.kind} if hasattr(value, "kind") else set()
    return own | {kind for field in fields(value) for kind in kinds_in(getattr(value, field.name))}
