"""The five bands of the plan (rule 17)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from hypothesis import given

from assessments.bank.steps import Effort, Step, StepCost, StepDoer
from assessments.bank.types import Edition, FindingKind, Gate, GateKind, Question
from assessments.scoring.engine import score
from assessments.scoring.steps import todo_steps
from assessments.scoring.types import Run, ScoredAnswer, ScoredAnswerKind, Todo, Trace
from tests.bank import strategies as some
from tests.bank.making import duty, edition, gate, question, when
from tests.bank.strategies import TODAY
from tests.scoring.answering import UNKNOWN, all_at, level, run, scored


def minutes(*each: int) -> tuple[Step, ...]:
    return tuple(
        Step(to, f"Go to {to}.", "It is there.", own, StepCost.NONE, StepDoer.OWNER) for to, own in enumerate(each, 1)
    )


def legal(severity: int, kind: GateKind = GateKind.LEGAL, *, caps_pillar: bool = True) -> tuple[Gate, ...]:
    return (replace(gate(kind, caps_pillar=caps_pillar), severity=severity),)


QUICK, SLOW = minutes(10, 10, 10, 10), minutes(90, 90, 10, 10)
HARM, HARM_PILLAR = (gate(GateKind.HARM),), (gate(GateKind.HARM, caps_pillar=True),)
LEGAL = (GateKind.LEGAL_STOP, GateKind.LEGAL)
FOUNDATION = (gate(GateKind.FOUNDATION),)


def order(bank: Edition, answers: Mapping[str, ScoredAnswer], on: Run | None = None) -> list[tuple[int, str]]:
    return [(step.band, step.question.id) for step in scored(bank, dict(answers), on or run("gdpr")).todo]


def test_the_five_bands() -> None:
    bank = edition(
        question("DATA-01", 3),
        question("DATA-02", 1, duties=(duty(),)),
        question("DATA-03", 2, gates=FOUNDATION),
        question("DATA-04", 2, gates=HARM_PILLAR),
        question("DATA-05", 2, gates=legal(1, GateKind.LEGAL_STOP)),
        question("DATA-06", 2, gates=legal(3)),
        question("DATA-07", 3, duties=(replace(duty(), finding=FindingKind.ON_THE_DAY),)),
    )

    assert order(bank, all_at(bank, 0)) == [
        (1, "DATA-05"),
        (2, "DATA-06"),
        (2, "DATA-04"),
        (4, "DATA-02"),
        (5, "DATA-03"),
        (5, "DATA-01"),
        (5, "DATA-07"),
    ]


def test_in_the_first_band_severity_then_minutes_decide() -> None:
    gates = legal(2, GateKind.LEGAL_STOP)
    bank = edition(
        question("DATA-01", gates=gates, steps=SLOW),
        question("DATA-02", gates=gates, steps=QUICK),
        question("DATA-03", gates=legal(3, GateKind.LEGAL_STOP), steps=SLOW),
    )

    assert [name for _, name in order(bank, all_at(bank, 0))] == ["DATA-03", "DATA-02", "DATA-01"]


def test_only_the_minutes_of_the_next_step_count_among_gates() -> None:
    bank = edition(
        question("DATA-01", gates=HARM, steps=minutes(5, 30, 5, 5)),
        question("DATA-02", gates=HARM, steps=minutes(600, 20, 600, 5)),
    )

    assert [name for _, name in order(bank, all_at(bank, 1))] == ["DATA-02", "DATA-01"]


def test_law_and_harm_take_turns_beginning_with_law() -> None:
    bank = edition(
        *(question(f"DATA-0{n}", 2, gates=legal(n), steps=QUICK) for n in (1, 2, 3)),
        *(question(f"STORE-0{n}", 2, gates=HARM_PILLAR, steps=minutes(40 - n, 1, 1, 1)) for n in range(1, 6)),
        question("STORE-06", 2, gates=HARM),
        damage_first=("STORE-06", "STORE-02", "STORE-09"),
    )

    assert order(bank, all_at(bank, 0)) == [
        (2, name)
        for name in (
            "DATA-03",
            "STORE-06",
            "DATA-02",
            "STORE-02",
            "STORE-05",
            "STORE-04",
            "STORE-03",
            "STORE-01",
            "DATA-01",
        )
    ]


def test_a_question_of_most_damage_stands_where_its_own_gate_puts_it() -> None:
    bank = edition(
        question("DATA-01"),
        question("DATA-02", gates=legal(1, caps_pillar=False)),
        question("DATA-03", gates=FOUNDATION),
        damage_first=("DATA-01", "DATA-02", "DATA-03"),
    )

    assert order(bank, all_at(bank, 0)) == [(3, "DATA-02"), (5, "DATA-03"), (5, "DATA-01")]


def test_other_gates_go_by_severity_or_weight_and_then_minutes_what_is_not_looked_at_last() -> None:
    bank = edition(
        question("DATA-01", 1, gates=HARM, steps=QUICK),
        question("DATA-02", 3, gates=legal(1, caps_pillar=False), steps=SLOW),
        question("DATA-03", 2, gates=FOUNDATION, steps=QUICK),
        question("DATA-04", 3, gates=HARM, steps=SLOW),
        question("DATA-05", 3, gates=FOUNDATION, steps=SLOW),
    )

    names = [name for _, name in order(bank, all_at(bank, 0))]

    assert names == ["DATA-04", "DATA-01", "DATA-02", "DATA-05", "DATA-03"]


def test_a_gate_about_law_that_is_more_than_formal_needs_no_pillar_to_come_first() -> None:
    bank = edition(
        *(question(f"DATA-0{n}", 3, gates=legal(n, caps_pillar=False)) for n in (1, 2, 3)),
        question("DATA-04", 3, gates=(gate(GateKind.LEGAL),)),
        question("DATA-05", gates=HARM_PILLAR),
    )

    found = order(bank, all_at(bank, 0))

    assert found == [(2, "DATA-03"), (2, "DATA-05"), (2, "DATA-02"), (3, "DATA-04"), (3, "DATA-01")]


def test_open_duties_go_by_weight_and_then_minutes() -> None:
    bank = edition(
        question("DATA-01", 2, duties=(duty(),), steps=SLOW),
        question("DATA-02", 2, duties=(duty(),), steps=QUICK),
        question("DATA-03", 3, duties=(duty(),), steps=SLOW),
        question("DATA-04", 3, gates=(gate(GateKind.LEGAL, 1),), duties=(duty(level=2),), steps=QUICK),
    )

    assert order(bank, all_at(bank, 1)) == [(4, "DATA-04"), (4, "DATA-03"), (4, "DATA-02"), (4, "DATA-01")]


def test_the_rest_goes_by_gap_and_weight_for_all_minutes_to_the_target() -> None:
    bank = edition(
        question("DATA-01", 1, steps=minutes(10, 30, 1, 1)),  # 2 x 1 / 40 = 1/20
        question("DATA-02", 3, steps=minutes(60, 60, 1, 1)),  # 2 x 3 / 120 = 1/20, later in the bank
        question("DATA-03", 3, steps=minutes(60, 59, 1, 1)),  # a little more
        question("DATA-04", 2, steps=minutes(5, 20, 1, 1)),  # 1 x 2 / 20: only from 1 to 2
        question("DATA-05", 2),  # no steps and a small effort: 2 x 2 / 60
        question("DATA-06", 2, effort=Effort.LARGE, first_step="Begin."),  # 2 x 2 / 240
    )

    names = [name for _, name in order(bank, all_at(bank, 0, DATA_04=level(1)))]

    assert names == ["DATA-04", "DATA-05", "DATA-03", "DATA-01", "DATA-02", "DATA-06"]


def test_an_entry_names_its_steps_with_minutes_and_effort() -> None:
    bank = edition(question("DATA-01", gates=HARM, steps=minutes(5, 30, 31, 9)), question("DATA-02"))

    one, other = scored(bank, all_at(bank, 1)).todo

    assert (one.level, one.target, one.minutes, one.effort) == (1, 3, 61, Effort.MEDIUM)
    assert [(step.to, step.text, step.minutes) for step in todo_steps(one)] == [
        (2, "Go to 2.", 30),
        (3, "Go to 3.", 31),
    ]
    assert (other.minutes, other.effort, other.steps, todo_steps(other)) == (None, Effort.SMALL, (), ())


def test_what_is_unknown_or_not_certain_is_no_part_of_the_plan() -> None:
    bank = edition(
        question("DATA-01", gates=legal(3)),
        question("DATA-02", applies_when=when("uses_ai"), gates=legal(3)),
        question("DATA-03", gates=(gate(GateKind.LEGAL, on=when("uses_ai")),)),
    )
    unsure = run("uses_ai", provisional=("uses_ai",))

    assert order(bank, all_at(bank, 0, DATA_01=UNKNOWN), unsure) == [(5, "DATA-03")]


# The order again, written as plainly as possible.


def plain_order(bank: Edition, todo: Sequence[Todo], open_duties: frozenset[str]) -> list[str]:
    """`open_duties` are the questions that leave one open for certain."""
    place = {own.id: at for at, own in enumerate(bank.questions)}
    older = {"S": 60, "M": 120, "L": 240}

    def next_minutes(step: Todo) -> int:
        return todo_steps(step)[0].minutes if step.steps else older[step.effort or ""]

    def all_minutes(step: Todo) -> int:
        return step.minutes if step.minutes is not None else older[step.effort or ""]

    def severity(step: Todo) -> int:
        assert step.gate
        return step.gate.severity or step.question.weight

    def is_foundation(step: Todo) -> bool:
        return step.gate is not None and step.gate.kind is GateKind.FOUNDATION

    def damage(step: Todo) -> int:
        return bank.damage_first.index(step.question.id) if step.question.id in bank.damage_first else 99

    def is_first(step: Todo) -> bool:
        return step.question.id in bank.damage_first or bool(step.gate and step.gate.cap_pillar is not None)

    def of(*kinds: GateKind) -> list[Todo]:
        return [
            step for step in sorted(todo, key=lambda s: place[s.question.id]) if step.gate and step.gate.kind in kinds
        ]

    stop = sorted(of(GateKind.LEGAL_STOP), key=lambda s: (-severity(s), next_minutes(s)))
    law = sorted(
        [s for s in of(GateKind.LEGAL) if s.gate and (s.gate.cap_pillar is not None or (s.gate.severity or 0) >= 2)],
        key=lambda s: (-severity(s), next_minutes(s)),
    )
    harm = sorted([s for s in of(GateKind.HARM) if is_first(s)], key=lambda s: (damage(s), next_minutes(s)))
    paperwork = [s for s in law if s.gate and s.gate.severity == 1]
    law = [s for s in law if s not in paperwork]
    turns: list[Todo] = []
    for at in range(max(len(law), len(harm))):
        turns += [*law[at : at + 1], *harm[at : at + 1]]
    turns += paperwork
    gates = [s for s in of(*GateKind) if s not in stop and s not in turns and not is_foundation(s)]
    gates.sort(key=lambda s: (-severity(s), next_minutes(s)))
    rest = [s for s in sorted(todo, key=lambda s: place[s.question.id]) if not s.gate or is_foundation(s)]
    duties = [s for s in rest if s.question.id in open_duties]
    duties.sort(key=lambda s: (-s.question.weight, next_minutes(s)))
    looks = sorted([s for s in rest if s.gate and s not in duties], key=lambda s: (-severity(s), next_minutes(s)))
    others = [s for s in rest if s not in duties and s not in looks]
    others.sort(key=lambda s: -Fraction((s.target - s.level) * s.question.weight, all_minutes(s)))
    return [step.question.id for step in (*stop, *turns, *gates, *duties, *looks, *others)]


@given(some.scored())
def test_the_plan_is_in_the_order_of_the_rules_read_plainly(
    scored: tuple[Edition, Run, dict[str, ScoredAnswer]],
) -> None:
    bank = scored[0]
    result = score(*scored, TODAY)
    open_duties = frozenset(item.question.id for item in result.open_duties)

    assert [step.question.id for step in result.todo] == plain_order(bank, result.todo, open_duties)
    assert [step.band for step in result.todo] == sorted(step.band for step in result.todo)


@given(some.scored())
def test_what_prevents_most_damage_is_never_behind_paperwork_of_its_band(
    scored: tuple[Edition, Run, dict[str, ScoredAnswer]],
) -> None:
    bank = scored[0]
    todo = score(*scored, TODAY).todo
    for place, entry in enumerate(todo):
        if entry.question.id in bank.damage_first and entry.gate and entry.gate.kind is GateKind.HARM:
            before = [own for own in todo[:place] if own.band == entry.band and own.gate]
            assert not any(own.gate.kind in LEGAL and own.gate.severity == 1 for own in before if own.gate)


@given(some.scored())
def test_what_is_unlawful_or_dangerous_comes_before_everything_else(
    scored: tuple[Edition, Run, dict[str, ScoredAnswer]],
) -> None:
    """A list that nobody has looked at never goes before a danger or a breach that is known."""
    result = score(*scored, TODAY)
    duties = {item.question.id for item in result.open_duties}
    known = [
        own.question.id in duties or (own.gate is not None and own.gate.kind is not GateKind.FOUNDATION)
        for own in result.todo
    ]
    assert known == sorted(known, reverse=True)


@given(some.scored())
def test_the_plan_is_all_that_is_certain_and_below_its_target(
    scored: tuple[Edition, Run, dict[str, ScoredAnswer]],
) -> None:
    result = score(*scored, TODAY)
    not_certain = {item.question.id for item in result.to_check if not (item.gate or item.duties)}
    below = {trace.question.id: trace for domain in result.domains for trace in domain.traces if is_below(trace)}

    planned = {step.question.id: step for step in result.todo}

    assert planned.keys() | not_certain <= below.keys()
    for name in below.keys() - planned.keys():
        assert below[name].provisional
    for name, step in planned.items():
        assert (step.level, step.target) == (below[name].low, below[name].target)
        assert [choice.to for choice in step.steps] == steps_between(step.question, step.level, step.target)


def is_below(trace: Trace) -> bool:
    is_level = trace.answer is not None and trace.answer.kind is ScoredAnswerKind.LEVEL
    return is_level and trace.low is not None and trace.target is not None and trace.low < trace.target


def steps_between(question: Question, level: int, target: int) -> list[int]:
    return list(range(level + 1, target + 1)) if question.steps else []
