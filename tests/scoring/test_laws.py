"""What holds for every bank and every set of answers."""

import random
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.bank.types import Edition, GateKind
from assessments.scoring.engine import score
from assessments.scoring.plan import plan_gain, raise_answers
from assessments.scoring.terms import asks
from assessments.scoring.types import (
    DomainResult,
    Figure,
    PillarResult,
    Run,
    ScoredAnswer,
    ScoredAnswerKind,
    ScoredResult,
    Trace,
)
from tests.bank import strategies as some
from tests.bank.strategies import TODAY

Scored = tuple[Edition, Run, dict[str, ScoredAnswer]]
PASSES = ("low", "high", "proven")


def figures(result: ScoredResult, which: str) -> dict[str, Figure]:
    """Of every assessed domain and pillar, and the lens."""
    parts: list[DomainResult | PillarResult] = [*result.domains, *result.pillars]
    parts += [result.lens] if result.lens else []
    return {part.code: getattr(part, which).figure for part in parts if getattr(part, which)}


def traces(result: ScoredResult) -> dict[str, Trace]:
    return {trace.question.id: trace for domain in result.domains for trace in domain.traces}


def levels_at_least(answer: ScoredAnswer) -> st.SearchStrategy[ScoredAnswer]:
    if answer.level is None:
        return st.just(answer)
    return st.integers(answer.level, 4).map(lambda level: replace(answer, level=level))


@given(st.data(), some.scored())
def test_raising_levels_never_lowers_a_figure(data: st.DataObject, scored: Scored) -> None:
    bank, run, answers = scored
    better = {name: data.draw(levels_at_least(answer)) for name, answer in answers.items()}

    before, after = score(bank, run, answers, TODAY), score(bank, run, better, TODAY)

    for which in PASSES:
        old, new = figures(before, which), figures(after, which)
        assert old.keys() == new.keys()
        assert all(old[code] <= new[code] for code in old)
    assert before.overall is None or (after.overall is not None and before.overall <= after.overall)


@given(some.scored())
def test_figures_stay_within_bounds_and_in_order(scored: Scored) -> None:
    result = score(*scored, TODAY)

    low, high, proven = (figures(result, which) for which in PASSES)
    for code, figure in low.items():
        assert Figure(0, 0) <= proven[code] <= figure <= high[code] <= Figure(4, 0)
        assert 0 <= figure.tenths <= 9


@given(st.randoms(use_true_random=False), some.scored())
def test_the_order_of_answers_does_not_matter(shuffle: random.Random, scored: Scored) -> None:
    bank, run, answers = scored
    mixed = list(answers.items())
    shuffle.shuffle(mixed)

    assert score(bank, run, dict(mixed), TODAY) == score(bank, run, answers, TODAY)


@given(some.scored())
def test_a_question_left_out_counts_as_if_it_were_not_in_the_bank(scored: Scored) -> None:
    bank, run, answers = scored
    result = score(bank, run, answers, TODAY)
    for item in result.left_out:
        bank = some.without(bank, item.question.id)
    shorter = score(bank, run, answers, TODAY)

    for which in PASSES:
        assert figures(shorter, which) == figures(result, which)
    assert shorter.overall == result.overall
    assert shorter.must_fix == result.must_fix
    assert shorter.open_duties == result.open_duties
    assert shorter.find_out == result.find_out
    assert shorter.todo == result.todo
    assert shorter.counts == result.counts


@given(st.data(), some.scored())
def test_the_range_contains_every_completion_of_the_unknowns(data: st.DataObject, scored: Scored) -> None:
    bank, run, answers = scored
    result = score(bank, run, answers, TODAY)
    completed = {**answers, **{item.question.id: data.draw(st.sampled_from(some.LEVELS)) for item in result.find_out}}

    complete = score(bank, run, completed, TODAY)

    assert complete.complete
    assert figures(complete, "low") == figures(complete, "high")
    low, high = figures(result, "low"), figures(result, "high")
    for code, figure in figures(complete, "low").items():
        assert low[code] <= figure <= high[code]


@given(some.scored())
def test_a_closed_gate_always_shows(scored: Scored) -> None:
    result = score(*scored, TODAY)
    lists = {
        "find out": {item.question.id for item in result.find_out if item.gate},
        "to check": {item.question.id for item in result.to_check if item.gate},
        GateKind.LEGAL_STOP: {item.question.id for item in result.must_fix if item.gate},
        GateKind.LEGAL: {item.question.id for item in result.must_fix if item.gate},
        GateKind.HARM: {item.question.id for item in result.on_the_day if item.gate},
        GateKind.FOUNDATION: {item.question.id for item in result.not_looked_at},
    }
    in_plan = {step.question.id for step in result.todo if step.gate}
    low = figures(result, "low")

    for name, trace in traces(result).items():
        if not trace.closed or trace.gate is None:
            continue
        assert low[trace.question.domain].label <= trace.gate.cap_domain
        for pillar in trace.gate.pillars:
            assert pillar not in low or trace.gate.cap_pillar is None or low[pillar].label <= trace.gate.cap_pillar
        unknown = trace.answer is None or trace.answer.kind is not ScoredAnswerKind.LEVEL
        shown = "find out" if unknown else "to check" if trace.provisional else trace.gate.kind
        assert name in lists[shown]
        assert (name in in_plan) == (not unknown and not trace.provisional)


@given(some.scored(), st.integers(0, 5))
def test_the_promised_gain_is_the_gain_of_doing_it(scored: Scored, count: int) -> None:
    bank, run, answers = scored
    steps = score(bank, run, answers, TODAY).todo[:count]

    promised = plan_gain(bank, run, answers, steps, TODAY)
    done = score(bank, run, raise_answers(answers, steps), TODAY)

    after = figures(done, "low")
    assert all(after[change.code] == change.after for change in (*promised.domains, *promised.pillars))
    assert all(change.before <= change.after for change in (*promised.domains, *promised.pillars))
    assert promised.overall_after == done.overall
    assert not {step.question.id for step in steps} & {step.question.id for step in done.todo}


@given(some.scored())
def test_when_all_is_done_nothing_is_closed_and_no_duty_is_open(scored: Scored) -> None:
    bank, run, answers = scored
    done = score(bank, run, raise_answers(answers, score(bank, run, answers, TODAY).todo), TODAY)

    assert not done.todo
    assert not [*done.must_fix, *done.open_duties, *done.on_the_day, *done.duties_on_the_day, *done.not_looked_at]
    known = [trace for trace in traces(done).values() if trace.answer and trace.answer.level is not None]
    assert all(trace.in_place and not trace.closed for trace in known if not trace.provisional)


@given(some.scored())
def test_answers_to_questions_that_are_not_asked_play_no_part(scored: Scored) -> None:
    bank, run, answers = scored
    asked = {own.id for own in bank.questions if asks(own, run.depth, run.tags)}
    only = {name: answer for name, answer in answers.items() if name in asked}

    result = score(bank, run, answers, TODAY)

    assert result == score(bank, run, only, TODAY)
    assert set(traces(result)) == asked


@given(st.data(), some.scored())
def test_what_is_not_provisional_holds_whatever_the_open_facts_turn_out_to_be(
    data: st.DataObject, scored: Scored
) -> None:
    bank, run, answers = scored
    off = data.draw(st.frozensets(st.sampled_from(sorted(run.provisional)))) if run.provisional else frozenset()
    result = score(bank, run, answers, TODAY)

    settled = score(bank, Run(run.depth, run.tags - off), answers, TODAY)

    after = traces(settled)
    for name, trace in traces(result).items():
        if not trace.provisional:
            assert after[name].gate == trace.gate
    assert findings_of(result) <= findings_of(settled)
    assert {step.question.id for step in result.todo} <= {step.question.id for step in settled.todo}
    assert set(result.starting_soon) <= set(settled.starting_soon)


def findings_of(result: ScoredResult) -> set[tuple[str, str, str]]:
    """Each finding of the first two kinds: which, at which question, with which gate or duty."""
    found = [("gate", item.question.id, str(item.gate)) for item in (*result.must_fix, *result.on_the_day) if item.gate]
    duties = (*result.open_duties, *result.duties_on_the_day)
    found += [("duty", item.question.id, str(item.duty)) for item in duties]
    found += [("look", item.question.id, str(item.gate)) for item in result.not_looked_at]
    return set(found)


# The rules again, written as plainly as possible, to check the engine against.


def plain_label(values: Mapping[str, int], weights: Mapping[str, int], heavy: Mapping[str, int]) -> int:
    whole = sum(weights[name] for name in values)

    def reached(label: int) -> bool:
        part = sum(weights[name] for name, value in values.items() if value >= label)
        return Fraction(part, whole) >= Fraction(4, 5) and all(value >= label - 1 for value in heavy.values())

    return max(label for label in range(5) if label == 0 or reached(label))


def plain_domain_label(own: list[Trace], which: str) -> int:
    """Rules 8, 8a and 10."""
    values = {trace.question.id: getattr(trace, which) for trace in own}
    weights = {trace.question.id: trace.question.weight for trace in own}
    heavy = {name: value for name, value in values.items() if weights[name] == 3}
    labels = [plain_label(values, weights, heavy)]
    for trace in own if 1 < len(own) < 6 else []:
        if trace.gate is None and trace.question.weight < 3:
            rest = {name: value for name, value in values.items() if name != trace.question.id}
            labels.append(plain_label(rest, weights, heavy) - 1)
    caps = [t.gate.cap_domain for t in own if t.gate and getattr(t, which) < t.gate.min_level]
    return min([max(labels), *caps])


def plain_pillar_label(labels: Mapping[str, int]) -> int:
    """Rules 9 and 9a."""
    by_most = plain_label(labels, dict.fromkeys(labels, 1), labels)
    if len(labels) not in (3, 4):
        return by_most
    second_lowest = sorted(labels.values())[1]
    return max(by_most, min(second_lowest, min(labels.values()) + 1))


def plain_number(label: int, shares: list[Fraction]) -> Figure:
    progress = min(Fraction(9, 10), sum(shares, Fraction()) / len(shares)) if label < 4 else Fraction()
    return Figure(label, int(progress * 10))


def plain_share(counted: list[Trace], which: str, level: int) -> Fraction:
    weights = [(getattr(trace, which), trace.question.weight) for trace in counted]
    return Fraction(sum(w for value, w in weights if value >= level), sum(w for _, w in weights))


@pytest.mark.parametrize("which", PASSES)
@given(scored=some.scored())
def test_figures_are_those_of_the_rules_read_plainly(which: str, scored: Scored) -> None:
    bank = scored[0]
    result = score(*scored, TODAY)
    closed = [
        trace.gate
        for trace in traces(result).values()
        if trace.gate and trace.counted and getattr(trace, which) < trace.gate.min_level
    ]
    labels: dict[str, int] = {}
    counted: dict[str, list[Trace]] = {}
    for domain in result.domains:
        own = [trace for trace in domain.traces if trace.counted]
        if not own:
            assert getattr(domain, which) is None
            continue
        labels[domain.code] = label = plain_domain_label(own, which)
        counted[domain.code] = own
        share = plain_share(own, which, label + 1)
        assert getattr(domain, which).figure == plain_number(label, [share])

    for pillar in result.pillars:
        mine = {code: label for code, label in labels.items() if bank.domain[code].pillar == pillar.code}
        if not mine:
            assert getattr(pillar, which) is None
            continue
        caps = [g.cap_pillar for g in closed if g.cap_pillar is not None and pillar.code in g.pillars]
        label = min([plain_pillar_label(mine), *caps])
        shares = [plain_share(counted[code], which, label + 1) for code in mine]
        assert getattr(pillar, which).figure == plain_number(label, shares)
