"""In place n of m, urgent gaps, open duties: every improvement moves one of them (rule 20)."""

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assessments.bank.types import Edition, GateKind
from assessments.scoring.engine import score
from assessments.scoring.plan import raise_answers
from assessments.scoring.types import (
    Counts,
    DomainResult,
    PillarResult,
    Run,
    ScoredAnswer,
    ScoredAnswerKind,
    ScoredResult,
)
from tests.bank import strategies as some
from tests.bank.making import duty, edition, gate, question, when
from tests.bank.strategies import TODAY
from tests.scoring.answering import UNKNOWN, left_out, level, run, scored

Scored = tuple[Edition, Run, dict[str, ScoredAnswer]]


def counts(result: ScoredResult) -> dict[str, Counts]:
    """Of the whole and of every pillar."""
    assert result.counts
    return {"": result.counts} | {pillar.code: pillar.counts for pillar in result.pillars if pillar.counts}


def test_what_is_counted() -> None:
    bank = edition(
        question("DATA-01"),  # in place
        question("DATA-02"),  # unknown: counted, not in place
        question("DATA-03"),  # left out: not counted
        question("DATA-04", gates=(gate(GateKind.LEGAL),), duties=(duty(level=3), duty(level=2))),
        question("RIGHTS-01", gates=(gate(GateKind.FOUNDATION),)),
        question("RIGHTS-02", gates=(gate(GateKind.HARM),)),
        question("RIGHTS-03", gates=(gate(GateKind.HARM, on=when("uses_ai")),)),
        question("RIGHTS-04"),  # not answered
    )
    answers = {"DATA-01": level(2), "DATA-02": UNKNOWN, "DATA-03": left_out(), "DATA-04": level(1)}
    answers |= {"RIGHTS-01": level(0), "RIGHTS-02": UNKNOWN, "RIGHTS-03": level(1)}

    found = counts(scored(bank, answers, run("gdpr", "uses_ai", provisional=("uses_ai",))))

    expected = Counts(
        in_place=1,
        counted=7,
        unknown=3,
        urgent_gaps=1,
        open_duties=2,
        gates_not_looked_at=2,
        gates_to_check=1,
    )
    assert found == {"": expected, "privacy": expected}


def test_a_gate_counts_in_every_pillar_that_it_caps_and_once_in_the_whole() -> None:
    both = gate(GateKind.HARM, caps_pillar=True, pillars=("privacy", "security"))
    elsewhere = gate(GateKind.HARM, caps_pillar=True, pillars=("privacy",))
    bank = edition(
        question("DATA-01"),
        question("AIUSE-01"),
        question("STORE-01", gates=(both,)),
        question("STORE-02", gates=(elsewhere,)),
        question("STORE-03", gates=(gate(GateKind.HARM),)),
    )

    found = counts(scored(bank, {f"STORE-0{n}": level(0) for n in (1, 2, 3)}))

    assert {name: own.urgent_gaps for name, own in found.items()} == {
        "": 3,
        "privacy": 2,
        "security": 3,
        "responsible_ai": 0,
    }
    assert {name: own.counted for name, own in found.items()} == {
        "": 5,
        "privacy": 1,
        "security": 3,
        "responsible_ai": 1,
    }


def test_an_unknown_gate_elsewhere_counts_in_the_pillar_that_it_caps() -> None:
    there = gate(GateKind.HARM, caps_pillar=True, pillars=("privacy",), on=when("uses_ai"))
    certain = gate(GateKind.HARM, caps_pillar=True, pillars=("privacy",))
    gates = {"STORE-01": certain, "STORE-02": there, "STORE-03": there}
    bank = edition(question("DATA-01"), *(question(name, gates=(own,)) for name, own in gates.items()))
    answers = {"STORE-01": UNKNOWN, "STORE-02": level(1), "STORE-03": UNKNOWN}

    found = counts(scored(bank, answers, run("uses_ai", provisional=("uses_ai",))))["privacy"]

    assert (found.urgent_gaps, found.gates_not_looked_at, found.gates_to_check) == (0, 1, 2)


@given(some.scored())
def test_counts_are_those_of_the_lists(scored: Scored) -> None:
    bank = scored[0]
    result = score(*scored, TODAY)
    traces = [trace for domain in result.domains for trace in domain.traces]
    closed = [*result.must_fix, *result.on_the_day]

    for pillar, found in counts(result).items():
        own = [trace for trace in traces if pillar in ("", bank.domain[trace.question.domain].pillar)]
        names = {trace.question.id for trace in own}
        reached = names | {t.question.id for t in traces if t.gate and pillar in t.gate.pillars}
        assert found.counted == sum(trace.counted for trace in own)
        assert found.in_place == sum(trace.in_place for trace in own)
        assert found.unknown == sum(item.question.id in names for item in result.find_out)
        assert found.open_duties == sum(item.question.id in names for item in result.open_duties)
        assert found.urgent_gaps == sum(item.question.id in reached for item in closed if item.gate)
        unknown = [item for item in result.find_out if item.gate]
        unseen = [item.question.id for item in result.not_looked_at]
        unseen += [item.question.id for item in unknown if not item.open_facts]
        assert found.gates_not_looked_at == sum(name in reached for name in unseen)
        to_check = [item.question.id for item in result.to_check if item.gate]
        to_check += [item.question.id for item in unknown if item.open_facts]
        assert found.gates_to_check == sum(name in reached for name in to_check)


@given(st.data(), some.scored())
def test_raising_a_level_never_makes_a_count_worse(data: st.DataObject, scored: Scored) -> None:
    bank, on, answers = scored
    better = {
        name: answer if answer.level is None else replace(answer, level=data.draw(st.integers(answer.level, 4)))
        for name, answer in answers.items()
    }

    before, after = counts(score(bank, on, answers, TODAY)), counts(score(bank, on, better, TODAY))

    assert before.keys() == after.keys()
    for pillar, old in before.items():
        new = after[pillar]
        assert (new.counted, new.unknown) == (old.counted, old.unknown)
        assert new.in_place >= old.in_place
        assert new.urgent_gaps <= old.urgent_gaps
        assert new.open_duties <= old.open_duties
        assert new.gates_not_looked_at <= old.gates_not_looked_at
        assert new.gates_to_check <= old.gates_to_check


@given(some.scored())
def test_every_step_that_reaches_its_target_is_one_more_in_place(scored: Scored) -> None:
    bank, on, answers = scored
    result = score(bank, on, answers, TODAY)

    for step in result.todo:
        after = counts(score(bank, on, raise_answers(answers, [step]), TODAY))
        pillar = bank.domain[step.question.domain].pillar
        for name in ("", pillar):
            assert after[name].in_place == counts(result)[name].in_place + 1
        assert after[""].urgent_gaps <= counts(result)[""].urgent_gaps - is_urgent(step.gate)


def is_urgent(gate: object) -> int:
    return int(gate is not None and getattr(gate, "kind", None) is not GateKind.FOUNDATION)


@given(some.scored())
def test_who_has_not_looked_has_the_gaps_and_duties_of_who_does_not_know(scored: Scored) -> None:
    """A foundation gate is closed by an answer that says so; the figures of the headline agree too."""
    bank, on, answers = scored
    first = bank.questions[0]
    looked = replace(first, gates=(gate(GateKind.FOUNDATION, 1),), duties=())
    bank = replace(bank, questions=(looked, *bank.questions[1:]))

    not_looked, not_known = (
        score(bank, on, answers | {first.id: answer}, TODAY)
        for answer in (ScoredAnswer(ScoredAnswerKind.LEVEL, 0), UNKNOWN)
    )

    assert figures(not_looked) == figures(not_known)
    assert (not_looked.must_fix, not_looked.open_duties, not_looked.on_the_day) == (
        not_known.must_fix,
        not_known.open_duties,
        not_known.on_the_day,
    )
    for pillar, one in counts(not_looked).items():
        other = counts(not_known)[pillar]
        assert replace(one, unknown=0) == replace(other, unknown=0)


def figures(result: ScoredResult) -> Mapping[str, object]:
    parts: list[DomainResult | PillarResult] = [*result.domains, *result.pillars]
    return {part.code: part.low and part.low.figure for part in parts}
