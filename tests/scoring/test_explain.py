"""Every figure can be recomputed from its working."""

from fractions import Fraction

import pytest
from hypothesis import given

from assessments.bank.types import Edition, GateKind
from assessments.scoring.engine import score
from assessments.scoring.explain import LabelStop, LabelStopKind, ScoringPass, Working, explain_domain, explain_pillar
from assessments.scoring.types import Figure, Run, ScoredAnswer
from tests.bank import strategies as some
from tests.bank.making import edition, gate, question
from tests.bank.strategies import TODAY
from tests.scoring.answering import UNKNOWN, all_at, domain, left_out, level, pillar, scored

BANK = edition(
    question("ACCESS-01", 2),
    question("ACCESS-02", 3, gates=(gate(GateKind.HARM, caps_pillar=True),)),
    question("ACCESS-03", 2),
    question("STORE-01", 2),
)


def test_a_domain_shows_its_rows_shares_stops_and_sum() -> None:
    result = scored(BANK, all_at(BANK, 4, ACCESS_02=level(1), ACCESS_03=left_out("only one room")))

    working = explain_domain(domain(result, "ACCESS"))

    assert working is not None
    assert [(row.question.id, row.weight, row.value, row.left_out) for row in working.questions] == [
        ("ACCESS-01", 2, 4, ""),
        ("ACCESS-02", 3, 1, ""),
        ("ACCESS-03", 2, None, "only one room"),
    ]
    assert [row.closed_gate for row in working.questions] == [None, BANK.question["ACCESS-02"].gates[0], None]
    shares = [(share.level, share.part, share.whole, share.enough) for share in working.shares]
    assert shares == [(0, 5, 5, True), (1, 5, 5, True), (2, 2, 5, False), (3, 2, 5, False), (4, 2, 5, False)]
    assert working.stops == (
        LabelStop(LabelStopKind.SHARE, ("ACCESS-02",), 2),
        LabelStop(LabelStopKind.GATE, ("ACCESS-02",), 2),
    )
    assert (working.label, working.progress, working.figure) == (1, Fraction(2, 5), Figure(1, 4))
    assert working.code == "ACCESS"
    assert working.domains == ()


def test_a_pillar_shows_its_domains_and_the_mean_of_their_shares() -> None:
    result = scored(BANK, all_at(BANK, 4, ACCESS_02=level(1), STORE_01=level(2)))

    working = explain_pillar(result, pillar(result, "security"))

    assert working is not None
    assert [(row.code, row.label, row.part, row.whole) for row in working.domains] == [
        ("ACCESS", 1, 4, 7),
        ("STORE", 2, 2, 2),
    ]
    assert working.stops == (
        LabelStop(LabelStopKind.SHARE, ("ACCESS",), 2),
        LabelStop(LabelStopKind.GATE, ("ACCESS-02",), 2),
    )
    assert working.progress == Fraction(11, 14)
    assert (working.label, working.figure, working.questions) == (1, Figure(1, 7), ())
    assert working.code == "security"


def test_a_gate_that_leaves_the_next_label_open_is_no_stop() -> None:
    working = explain_domain(domain(scored(BANK, all_at(BANK, 0)), "ACCESS"))

    assert working is not None
    assert working.stops == (LabelStop(LabelStopKind.SHARE, ("ACCESS-01", "ACCESS-02", "ACCESS-03"), 1),)


def test_a_gate_stops_only_the_pillars_that_it_caps() -> None:
    gates = (gate(GateKind.HARM, caps_pillar=True, pillars=("privacy",)),)
    bank = edition(question("DATA-01"), question("ACCESS-01", gates=gates), question("STORE-01"))
    result = scored(bank, all_at(bank, 4, DATA_01=level(1), ACCESS_01=level(1)))

    privacy, security = (explain_pillar(result, pillar(result, code)) for code in ("privacy", "security"))

    assert privacy is not None
    assert security is not None
    assert LabelStop(LabelStopKind.GATE, ("ACCESS-01",), 2) in privacy.stops
    assert LabelStopKind.GATE not in {stop.kind for stop in security.stops}


def test_a_reason_is_shown_only_where_a_question_is_left_out() -> None:
    result = scored(BANK, all_at(BANK, 4, ACCESS_02=left_out("never offered")))

    working = explain_domain(domain(result, "ACCESS"))

    assert working is not None
    assert [(row.value, row.left_out) for row in working.questions] == [(4, ""), (0, ""), (4, "")]


def test_a_heavy_question_far_below_is_named() -> None:
    bank = edition(question("STORE-01", 3), *(question(f"STORE-0{n}", 3) for n in range(2, 7)))

    working = explain_domain(domain(scored(bank, all_at(bank, 4, STORE_01=level(1))), "STORE"))

    assert working is not None
    assert working.stops == (LabelStop(LabelStopKind.HEAVY, ("STORE-01",), 2),)


def test_the_other_passes_have_their_own_working() -> None:
    result = scored(BANK, all_at(BANK, 4, ACCESS_02=UNKNOWN))

    low, high, proven = (explain_domain(domain(result, "ACCESS"), which) for which in ScoringPass)

    assert low is not None
    assert high is not None
    assert proven is not None
    assert [row.value for row in low.questions] == [4, 0, 4]
    assert [row.value for row in high.questions] == [4, 4, 4]
    assert [row.value for row in proven.questions] == [2, 0, 2]
    assert (high.stops, high.progress, high.figure) == ((), Fraction(0), Figure(4, 0))
    assert high.questions[1].closed_gate is None


def test_what_is_not_assessed_has_no_working() -> None:
    result = scored(BANK, {question.id: left_out() for question in BANK.questions if not question.gates})

    assert explain_domain(domain(result, "STORE")) is None
    bank = edition(question("STORE-01"))
    empty = scored(bank, {"STORE-01": left_out()})
    assert explain_pillar(empty, pillar(empty, "security")) is None


@pytest.mark.parametrize("which", ScoringPass)
@given(scored=some.scored())
def test_the_working_leads_to_the_figure(
    which: ScoringPass, scored: tuple[Edition, Run, dict[str, ScoredAnswer]]
) -> None:
    result = score(*scored, TODAY)
    found = [explain_domain(own, which) for own in result.domains]
    found += [explain_pillar(result, own, which) for own in result.pillars]
    found += [explain_domain(result.lens, which)] if result.lens else []

    for working in found:
        if working is None:
            continue
        assert_recounts(working)
        for row in working.questions:
            assert row.value is None or not row.closed_gate or row.value < row.closed_gate.min_level


def assert_recounts(working: Working) -> None:
    tenths = int(min(Fraction(9, 10), working.progress) * 10)
    assert working.figure == Figure(working.label, tenths)
    assert (working.label == 4) == (not working.stops)
    assert working.shares[working.uncapped].enough == (working.set_aside is None)
    assert working.label == min([working.uncapped, *(cap.cap for cap in working.caps)])
    values = [row.value for row in working.questions if row.value is not None]
    weights = [row.weight for row in working.questions if row.value is not None]
    for share in working.shares if working.questions else ():
        part = sum(weight for weight, value in zip(weights, values, strict=True) if value >= share.level)
        assert (share.part, share.whole) == (part, sum(weights))
    assert_rule_8a_recounts(working)
    for share in working.shares if working.domains else ():
        assert share.part == sum(row.label >= share.level for row in working.domains)


def assert_rule_8a_recounts(working: Working) -> None:
    assert (working.set_aside is None) == (not working.rest_shares)
    if working.set_aside is None:
        return
    rest = [row for row in working.questions if row.value is not None and row.question != working.set_aside]
    for share in working.rest_shares:
        part = sum(row.weight for row in rest if row.value is not None and row.value >= share.level)
        assert (share.part, share.whole) == (part, sum(row.weight for row in rest))
    heavy = [row.value for row in rest if row.weight == 3 and row.value is not None]
    reached = [s.level for s in working.rest_shares if s.enough and all(value >= s.level - 1 for value in heavy)]
    assert working.uncapped == max(reached) - 1


def test_a_question_that_was_set_aside_is_named_with_the_shares_of_the_rest() -> None:
    bank = edition(*(question(f"AIUSE-0{n}", 2) for n in range(1, 5)))

    working = explain_domain(domain(scored(bank, all_at(bank, 4, AIUSE_02=level(0))), "AIUSE"))

    assert working is not None
    assert working.set_aside == bank.question["AIUSE-02"]
    assert [(share.part, share.whole) for share in working.rest_shares] == [(6, 6)] * 5
    assert (working.uncapped, working.progress, str(working.figure)) == (3, Fraction(3, 4), "3.7")
    assert working.stops == (LabelStop(LabelStopKind.SHARE, ("AIUSE-02",), 4),)


def test_only_a_gate_stops_a_label_that_the_answers_reach() -> None:
    closed = question("AIUSE-01", 1, gates=(gate(GateKind.LEGAL),))
    bank = edition(closed, *(question(f"AIUSE-0{n}", 3) for n in range(2, 4)), question("AIUSE-04", 2))

    working = explain_domain(domain(scored(bank, all_at(bank, 4, AIUSE_01=level(1), AIUSE_04=level(0))), "AIUSE"))

    assert working is not None
    assert (working.label, working.uncapped) == (1, 3)
    assert working.stops == (LabelStop(LabelStopKind.GATE, ("AIUSE-01",), 2),)
