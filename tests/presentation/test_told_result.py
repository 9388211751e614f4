"""The told result holds everything that scoring found, as values that no page has to look up again."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from assessments.bank.types import Depth, Edition
from assessments.bank.whole_levels import whole_level
from assessments.planning.next_label import pillar_next_label
from assessments.presentation.reviews import AnsweredByStatement, TakenOverStatement
from assessments.presentation.statement_kinds import StatementKind
from assessments.presentation.sums import SumStatement
from assessments.presentation.told_result import ToldResult, tell_result
from assessments.scoring.engine import score
from assessments.scoring.explain import LabelStopKind
from assessments.scoring.plan import raise_answers
from assessments.scoring.steps import todo_steps
from assessments.scoring.types import Todo
from tests.presentation.samples import (
    QUESTIONED,
    ResultSample,
    coming_result,
    level,
    mixed_result,
    result_sample,
    scored_answer,
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
    for number, (entry, todo) in enumerate(zip(told.plan, given.outcome.todo, strict=True), start=1):
        assert (entry.number, entry.first) == (number, number <= 5)
        assert (entry.question.id, entry.question.text) == (todo.question.id, todo.question.text)
        assert entry.who_knows == edition.domain[todo.question.domain].who_knows
        assert (entry.before.level, entry.after.level) == (todo.level, todo.target)
        assert entry.before.name == edition.scale[todo.level].name
        assert (entry.effort.code, entry.minutes) == (todo.effort, todo.minutes)
        assert (entry.gate.reason if entry.gate else None) == (todo.gate.reason if todo.gate else None)
        assert not entry.provisional
    assert {entry.gate is None for entry in told.plan} == {True, False}


def test_an_entry_of_the_plan_has_every_step_up_to_its_target(given: ResultSample, told: ToldResult) -> None:
    for entry, todo in zip(told.plan, given.outcome.todo, strict=True):
        steps = todo_steps(todo)
        assert [step.to.level for step in entry.steps if step.to] == list(range(todo.level + 1, todo.target + 1))
        assert [(step.minutes, step.cost, step.pays_for, step.who) for step in entry.steps] == [
            (step.minutes, step.cost, step.pays_for, step.who) for step in steps
        ]
        assert not any("{" in text for step in entry.steps for text in (step.text, step.done_when))
    assert any(step.links for entry in told.plan for step in entry.steps)


def test_a_step_names_the_authority_of_the_country(edition: Edition) -> None:
    low = {"INCIDENT-06": level(0)}
    french = tell(result_sample(edition, otherwise=level(4), answers=low))
    unknown = tell(result_sample(edition, otherwise=level(4), answers=low, facts={**SHOP, "country": NOT_SURE}))
    texts = [
        " ".join(step.text for entry in told.plan for step in entry.steps if entry.question.id == "INCIDENT-06")
        for told in (french, unknown)
    ]
    assert ["CNIL" in text for text in texts] == [True, False]
    assert "your country" in texts[1]


def test_a_promise_is_what_scoring_counts_afterwards(edition: Edition) -> None:
    """Each entry of the plan alone, and the first ones together."""
    sample = result_sample(edition, otherwise=level(1), depth=Depth.STANDARD)
    told, answers = tell(sample), {name: scored_answer(answer) for name, answer in sample.answers.items()}

    def moves(todo: Iterable[Todo]) -> tuple[int, int, int]:
        after = score(edition, sample.outcome.run, raise_answers(answers, todo), sample.day).counts
        before = sample.outcome.counts
        assert before
        assert after
        return (
            after.in_place - before.in_place,
            before.urgent_gaps - after.urgent_gaps,
            before.open_duties - after.open_duties,
        )

    for entry, todo in list(zip(told.plan, sample.outcome.todo, strict=True))[:12]:
        assert (entry.promise.in_place, entry.promise.urgent_gaps, entry.promise.duties) == moves([todo])
    first = told.first_steps
    assert first
    assert first.entries == 3
    assert (first.promise.in_place, first.promise.urgent_gaps, first.promise.duties) == moves(sample.outcome.todo[:3])


def test_only_pillars_whose_label_changes_have_a_change(edition: Edition) -> None:
    given = result_sample(edition, otherwise=level(2), answers={"ACCESS-02": level(0), "INCIDENT-06": level(0)})
    rising = [change for change in given.first_gain if change.before.label != change.after.label]
    assert rising
    assert [(change.pillar, change.before.figure, change.after.figure) for change in tell(given).changes] == [
        (change.code, change.before, change.after) for change in rising
    ]


def test_counts_are_those_of_the_lists(told: ToldResult, given: ResultSample) -> None:
    assert (told.counts.asked, told.counts.answered) == (given.outcome.asked, given.outcome.answered)
    assert told.counts.unknown == len(told.find_out) > 0
    assert told.counts.open_duties == sum(len(law.duties) for law in told.laws) > 0
    assert told.counts.untouched == sum(not item.answered for item in told.find_out)
    assert told.counts.reached == given.outcome.counts
    assert [pillar.counts for pillar in told.pillars] == [pillar.counts for pillar in given.outcome.pillars]
    assert told.counts.reached
    assert sum(domain.in_place or 0 for domain in told.domains) == told.counts.reached.in_place


def test_strengths_are_in_place_and_of_different_domains(edition: Edition, given: ResultSample) -> None:
    strengths = tell(given).strengths
    traces = {trace.question.id: trace for domain in given.outcome.domains for trace in domain.traces}
    assert len(strengths) == len({item.domain for item in strengths}) == 3
    for item in strengths:
        trace = traces[item.question.id]
        assert trace.in_place
        assert (item.level.level, item.answer) == (trace.low, whole_level(trace.question, item.level.level))
    assert tell(result_sample(edition, otherwise=level(0))).strengths == ()


def test_a_quick_pillar_of_few_questions_is_a_first_indication(edition: Edition) -> None:
    told = tell(result_sample(edition, otherwise=level(2)))
    first = [pillar for pillar in told.pillars if pillar.first_indication]
    assert [(pillar.code, pillar.figure, pillar.next_label) for pillar in first] == [("responsible_ai", None, None)]
    assert 0 < first[0].counted < 4
    thin = [domain for domain in told.domains if domain.pillar == first[0].name]
    assert thin
    assert all(domain.first_indication and domain.figure is None for domain in thin)
    assert told.lens is None
    codes = {each.code for each in told.sums}
    assert not codes & {"responsible_ai", *(domain.code for domain in thin)}
    deeper = tell(result_sample(edition, otherwise=level(2), depth=Depth.STANDARD))
    assert not any(pillar.first_indication for pillar in deeper.pillars)
    assert all(pillar.figure for pillar in deeper.pillars)


def test_what_stands_before_the_next_label_is_that_of_planning(edition: Edition, given: ResultSample) -> None:
    told = tell(given)
    for pillar in told.pillars:
        found = pillar_next_label(given.outcome, pillar.code)
        rises = pillar.next_label.rises if pillar.next_label else ()
        assert [(rise.question.id, rise.now.level if rise.now else None, rise.to.level) for rise in rises] == [
            (rise.question.id, rise.level, rise.to) for rise in (found.rises if found else ())
        ]
        if found and pillar.next_label:
            assert pillar.next_label.following.name == edition.labels[found.following].name
    assert any(domain.next_label for domain in told.domains)


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


def test_who_gave_the_answers_is_counted_apart_from_who_reviewed_them(edition: Edition) -> None:
    given = mixed_result(edition)
    told = tell(given)
    sides = [answer.answered_as for answer in given.answers.values()]
    business, consultancy = sides.count("business"), sides.count("consultancy")
    assert min(business, consultancy) > 1
    rest = given.outcome.answered - business - consultancy
    assert told.answered_by == AnsweredByStatement(business, consultancy, rest)
    elsewhere = replace(level(2), question="NEVER-01", answered_as="consultancy")
    assert tell(replace(given, answers={**given.answers, "NEVER-01": elsewhere})).answered_by == told.answered_by


def test_a_note_without_an_answer_is_no_answer_of_anybody(edition: Edition) -> None:
    noted = replace(level(0), kind="open", level=None, answered_as="business")
    given = result_sample(edition, otherwise=replace(level(2), answered_as="consultancy"))
    without = next(iter(given.answers))
    outcome = score(
        edition,
        given.outcome.run,
        {name: scored_answer(answer) for name, answer in given.answers.items() if name != without},
        given.day,
    )
    told = tell(replace(given, outcome=outcome, answers={**given.answers, without: replace(noted, question=without)}))
    assert told.answered_by == AnsweredByStatement(0, len(given.answers) - 1, 0)


def test_a_result_stored_before_says_nothing_of_who_gave_the_answers(given: ResultSample, told: ToldResult) -> None:
    assert {answer.answered_as for answer in given.answers.values()} == {""}
    assert told.answered_by is None


def test_what_nobody_looked_at_again_is_counted_apart(edition: Edition) -> None:
    given = mixed_result(edition)
    taken_over = [answer.question for answer in given.answers.values() if answer.taken_over_from]
    first = replace(given.answers[taken_over[0]], taken_over_from="2025-01-31")
    elsewhere = replace(level(2), question="NEVER-01", taken_over_from="2020-01-31")

    told = tell(replace(given, answers={**given.answers, first.question: first, "NEVER-01": elsewhere}))

    rest = given.outcome.answered - len(taken_over)
    assert told.taken_over == TakenOverStatement(len(taken_over), rest, date(2025, 1, 31))
    assert tell(result_sample(edition, otherwise=level(2))).taken_over is None


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
    assert (told.plan, told.changes, told.first_steps, told.left_out, told.reviews) == ((), (), None, (), ())
    assert (told.must_fix, told.on_the_day, told.not_looked_at, told.strengths) == ((), (), (), ())
    assert told.counts.untouched == told.counts.asked == len(told.find_out)
    assert told.overall.label is not None


def test_every_kind_of_statement_is_told(told: ToldResult, edition: Edition) -> None:
    others = [tell(sample(edition)) for sample in (mixed_result, coming_result, result_sample)]
    others.append(tell(result_sample(edition, otherwise=level(2), answers={"ACCESS-02": level(0)})))
    assert {kind for each in (told, *others) for kind in kinds_in(each)} == set(StatementKind)


def kinds_in(value: Any) -> set[StatementKind]:
    if isinstance(value, tuple):
        return {kind for item in value for kind in kinds_in(item)}
    if not is_dataclass(value):
        return set()
    own = {value.kind} if hasattr(value, "kind") else set()
    return own | {kind for field in fields(value) for kind in kinds_in(getattr(value, field.name))}
