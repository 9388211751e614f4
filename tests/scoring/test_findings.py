"""Who is asked what, and the lists beside the figures (rules 1 to 4 and 14 to 17)."""

from dataclasses import replace
from datetime import date

import pytest

from assessments.bank.conditions import Clause, Condition
from assessments.bank.types import Depth, FindingKind, GateKind, NotApplicable
from assessments.scoring.engine import score
from assessments.scoring.types import ScoredAnswer, ScoredAnswerKind
from tests.bank.making import duty, edition, gate, question, when
from tests.scoring.answering import UNKNOWN, all_at, domain, left_out, level, run, scored, trace


def test_a_run_asks_what_applies_up_to_its_depth() -> None:
    bank = edition(
        question("DATA-01"),
        question("DATA-02", depth=Depth.STANDARD),
        question("DATA-03", depth=Depth.FULL),
        question("DATA-04", applies_when=when("gdpr")),
    )

    def asked(*tags: str, depth: Depth) -> list[str]:
        result = scored(bank, all_at(bank, 2), run(*tags, depth=depth))
        return [t.question.id for t in result.domains[0].traces]

    assert asked(depth=Depth.QUICK) == ["DATA-01"]
    assert asked("gdpr", depth=Depth.STANDARD) == ["DATA-01", "DATA-02", "DATA-04"]
    assert asked("ccpa", depth=Depth.FULL) == ["DATA-01", "DATA-02", "DATA-03"]


@pytest.mark.parametrize(
    ("offered", "tags", "accepted"),
    [
        (NotApplicable.ALWAYS, ("gdpr",), True),
        (NotApplicable.WITHOUT_GATE, ("gdpr",), False),
        (NotApplicable.WITHOUT_GATE, (), True),
        (NotApplicable.NEVER, (), False),
    ],
)
def test_not_applicable_counts_only_where_it_is_offered(
    offered: NotApplicable, tags: tuple[str, ...], accepted: bool
) -> None:
    bank = edition(question("DATA-01", gates=(gate(on=when("gdpr")),), not_applicable=offered))

    result = scored(bank, {"DATA-01": left_out()}, run(*tags))

    assert trace(result, "DATA-01").counted is not accepted
    assert (len(result.left_out), len(result.find_out)) == ((1, 0) if accepted else (0, 1))
    assert result.complete is accepted


def test_not_applicable_without_a_reason_is_no_answer() -> None:
    bank = edition(question("DATA-01"))

    result = scored(bank, {"DATA-01": left_out(" ")})

    seen = trace(result, "DATA-01")
    assert (seen.low, seen.high, seen.answer) == (0, 4, left_out(" "))
    assert (result.answered, result.find_out[0].answered) == (0, False)


def test_closed_gates_are_listed_by_what_they_mean() -> None:
    kinds = (GateKind.FOUNDATION, GateKind.HARM, GateKind.LEGAL, GateKind.LEGAL_STOP, GateKind.LEGAL)
    bank = edition(*(question(f"DATA-0{n}", gates=(gate(kind),)) for n, kind in enumerate(kinds, 1)))

    result = scored(bank, all_at(bank, 1, DATA_05=UNKNOWN))

    found = [(item.question.id, item.level, item.in_part, item.finding) for item in result.must_fix]
    assert found == [("DATA-04", 1, False, FindingKind.NOW), ("DATA-03", 1, False, FindingKind.NOW)]
    assert [(item.question.id, item.finding) for item in result.on_the_day] == [("DATA-02", FindingKind.ON_THE_DAY)]
    assert [(item.question.id, item.who_knows, item.level) for item in result.not_looked_at] == [
        ("DATA-01", "Ask DATA", 1)
    ]
    assert [item.question.id for item in result.find_out] == ["DATA-05"]


def test_what_weighs_more_in_law_must_be_fixed_first() -> None:
    gates = {"DATA-01": 1, "DATA-02": 3, "DATA-03": None, "DATA-04": 3}
    bank = edition(
        *(
            question(name, 2, gates=(replace(gate(GateKind.LEGAL), severity=severity),))
            for name, severity in gates.items()
        )
    )

    found = scored(bank, all_at(bank, 0)).must_fix

    assert [item.question.id for item in found] == ["DATA-02", "DATA-04", "DATA-03", "DATA-01"]


def test_what_shows_only_on_the_day_is_no_open_duty() -> None:
    late = replace(duty(level=3), finding=FindingKind.ON_THE_DAY)
    bank = edition(
        question("DATA-01", duties=(late,)),
        question("DATA-02", gates=(gate(GateKind.LEGAL),), duties=(late, duty(level=2))),
        question("DATA-03", gates=(gate(GateKind.HARM),), duties=(late, duty("ccpa"))),
    )

    result = scored(bank, all_at(bank, 1), run("gdpr"))

    assert [(item.question.id, len(item.duties)) for item in result.must_fix] == [("DATA-02", 1)]
    assert [(item.question.id, item.duty.level) for item in result.open_duties] == [("DATA-02", 2)]
    on_the_day = [(item.question.id, bool(item.gate), item.in_part, item.duties) for item in result.on_the_day]
    assert on_the_day == [
        ("DATA-03", True, False, (late,)),
        ("DATA-01", False, True, (late,)),
        ("DATA-02", False, True, (late,)),
    ]
    assert [(item.question.id, item.finding) for item in result.duties_on_the_day] == [
        (name, FindingKind.ON_THE_DAY) for name in ("DATA-01", "DATA-02", "DATA-03")
    ]


def test_a_duty_met_in_part_behind_an_open_gate_must_be_fixed_too() -> None:
    contract = question("DATA-01", gates=(gate(GateKind.LEGAL),), duties=(duty(level=3),))
    bank = edition(contract, question("DATA-02", gates=(gate(GateKind.LEGAL),)))

    in_part, closed, met = (
        scored(bank, {"DATA-01": level(value), "DATA-02": level(1)}, run("gdpr")).must_fix for value in (2, 1, 3)
    )

    assert [(item.question.id, item.in_part, item.gate) for item in in_part] == [
        ("DATA-02", False, bank.questions[1].gates[0]),
        ("DATA-01", True, None),
    ]
    assert in_part[1].duties == contract.duties
    assert [(item.question.id, item.in_part) for item in closed] == [("DATA-01", False), ("DATA-02", False)]
    assert [item.question.id for item in met] == ["DATA-02"]


def test_a_duty_without_a_gate_is_open_but_not_in_must_fix() -> None:
    bank = edition(question("DATA-01", duties=(duty(),)), question("DATA-02", gates=(gate(GateKind.FOUNDATION),)))

    result = scored(bank, all_at(bank, 1), run("gdpr"))

    assert result.must_fix == ()
    assert [item.question.id for item in result.open_duties] == ["DATA-01"]


def test_open_duties_go_by_law_and_only_where_the_law_asks() -> None:
    both = (duty("ccpa", 1), duty("gdpr", 2))
    bank = edition(
        question("DATA-01", duties=both),
        question("DATA-02", duties=(duty("gdpr", 3, on=when("large_scale")),)),
        question("DATA-03", duties=(duty("gdpr", 3),)),
        question("DATA-04", duties=(duty("gdpr"),)),
    )
    answers = all_at(bank, 1, DATA_01=level(0), DATA_04=UNKNOWN)

    def found(*tags: str) -> list[tuple[str, str, int]]:
        return [(o.law.code, o.question.id, o.level) for o in scored(bank, answers, run(*tags)).open_duties]

    assert found() == []
    assert found("gdpr") == [("gdpr", "DATA-01", 0), ("gdpr", "DATA-03", 1)]
    assert found("gdpr", "ccpa", "large_scale") == [
        ("gdpr", "DATA-01", 0),
        ("gdpr", "DATA-02", 1),
        ("gdpr", "DATA-03", 1),
        ("ccpa", "DATA-01", 0),
    ]


def test_a_duty_starts_on_its_day() -> None:
    bank = edition(question("DATA-01", duties=(duty(starts=date(2027, 1, 1)),)))
    answers = {"DATA-01": level(0)}

    before = score(bank, run("gdpr"), answers, date(2026, 12, 31))
    after = score(bank, run("gdpr"), answers, date(2027, 1, 1))

    assert before.open_duties == ()
    assert [item.citations for item in after.open_duties] == [(bank.citations["GDPR Art. 1"],)]


def test_a_gate_closes_on_its_day_and_hides_none_before() -> None:
    coming = replace(gate(GateKind.LEGAL, 3), starts=date(2027, 1, 1))
    bank = edition(question("DATA-01", gates=(coming, gate(GateKind.HARM, 1))))

    before, after = (score(bank, run(), {"DATA-01": level(2)}, day) for day in (date(2026, 12, 31), date(2027, 1, 1)))

    assert [trace(result, "DATA-01").gate for result in (before, after)] == [bank.questions[0].gates[1], coming]
    assert (len(before.must_fix), len(after.must_fix)) == (0, 1)


def test_find_out_names_whom_to_ask_gates_first_then_weight() -> None:
    bank = edition(
        question("DATA-01", 1),
        question("DATA-02", 3),
        question("RIGHTS-01", 2, gates=(gate(GateKind.FOUNDATION),)),
        question("RIGHTS-02", 2, gates=(gate(GateKind.LEGAL),)),
    )

    result = scored(bank, {"DATA-01": UNKNOWN, "RIGHTS-02": UNKNOWN})

    assert [(item.question.id, item.who_knows, item.answered) for item in result.find_out] == [
        ("RIGHTS-02", "Ask RIGHTS", True),
        ("RIGHTS-01", "Ask RIGHTS", False),
        ("DATA-02", "Ask DATA", False),
        ("DATA-01", "Ask DATA", True),
    ]
    assert result.todo == ()


def test_targets() -> None:
    bank = edition(
        question("DATA-01", 1),
        question("DATA-02", 3),
        question("DATA-03", gates=(gate(),)),
        question("DATA-04", gates=(gate(min_level=4),)),
        question("DATA-05", 1, duties=(duty(level=3),)),
        question("DATA-06", gates=(gate(on=when("gdpr")),)),
    )

    def targets(*tags: str) -> dict[str, int]:
        return {step.question.id: step.target for step in scored(bank, all_at(bank, 0), run(*tags)).todo}

    assert targets() == {"DATA-01": 2, "DATA-02": 2, "DATA-03": 3, "DATA-04": 4, "DATA-05": 2, "DATA-06": 2}
    assert targets("large_scale") == targets() | {"DATA-02": 3, "DATA-06": 3}
    assert targets("gdpr") == targets() | {"DATA-05": 3, "DATA-06": 3}


def test_the_first_gate_that_holds_is_the_active_one() -> None:
    strict, mild = gate(GateKind.LEGAL, 3, on=when("gdpr")), gate(GateKind.HARM, 1)
    bank = edition(question("DATA-01", gates=(strict, mild)), question("DATA-02", gates=(strict,)))
    answers = all_at(bank, 2)

    under_gdpr, elsewhere = scored(bank, answers, run("gdpr")), scored(bank, answers)

    assert [t.gate and t.gate.kind for t in under_gdpr.domains[0].traces] == [GateKind.LEGAL, GateKind.LEGAL]
    assert [t.closed for t in under_gdpr.domains[0].traces] == [True, True]
    assert [t.gate and t.gate.kind for t in elsewhere.domains[0].traces] == [GateKind.HARM, None]
    assert [t.closed for t in elsewhere.domains[0].traces] == [False, False]


def test_a_cap_says_that_it_is_provisional() -> None:
    bank = edition(
        question("DATA-01", gates=(gate(on=when("gdpr")),)), *(question(f"DATA-0{n}", 3) for n in range(2, 8))
    )

    low = domain(scored(bank, all_at(bank, 4, DATA_01=level(1)), run("gdpr", provisional=("gdpr",))), "DATA").low

    assert low is not None
    assert [cap.provisional for cap in low.caps] == [True]


def test_a_gate_before_it_that_may_hold_makes_a_gate_provisional() -> None:
    without_ai = gate(GateKind.LEGAL, on=Condition((Clause(none=("uses_ai",)),)))
    bank = edition(question("DATA-01", gates=(without_ai, gate(GateKind.HARM))))

    sure = trace(scored(bank, all_at(bank, 1), run("uses_ai")), "DATA-01")
    unsure = trace(scored(bank, all_at(bank, 1), run("uses_ai", provisional=("uses_ai",))), "DATA-01")

    assert (sure.gate, sure.provisional) == (bank.questions[0].gates[1], False)
    assert (unsure.gate, unsure.provisional) == (bank.questions[0].gates[1], True)


def test_a_gate_that_may_yet_appear_makes_its_question_provisional() -> None:
    without_ai = gate(GateKind.LEGAL, on=Condition((Clause(none=("uses_ai",)),)))
    bank = edition(question("DATA-01", gates=(without_ai,)))

    unsure = trace(scored(bank, all_at(bank, 1), run("uses_ai", provisional=("uses_ai",))), "DATA-01")

    assert (unsure.gate, unsure.provisional) == (None, True)


def test_a_trace_keeps_the_answer_without_its_proof_where_there_is_no_level() -> None:
    bank = edition(question("DATA-01"), question("DATA-02"))
    unknown_with_note = ScoredAnswer(ScoredAnswerKind.UNKNOWN, has_evidence=True)

    result = scored(bank, {"DATA-01": unknown_with_note, "DATA-02": level(3, proof=True)})

    assert trace(result, "DATA-01").answer == UNKNOWN
    assert trace(result, "DATA-02").answer == level(3, proof=True)
