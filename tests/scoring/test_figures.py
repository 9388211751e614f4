"""Labels and numbers computed by hand (rules 5 to 13 and 18)."""

import pytest

from assessments.bank.types import Depth, Edition, GateKind
from assessments.scoring.types import ScoredAnswer
from tests.bank.making import PILLAR_OF, edition, gate, question
from tests.scoring.answering import (
    UNKNOWN,
    all_at,
    domain,
    left_out,
    level,
    number,
    pillar,
    run,
    scored,
)

# The weights of ACCESS and STORE in the first bank; together 14 and 17.
ACCESS = tuple(zip(range(1, 7), (2, 3, 3, 2, 2, 2), strict=True))
STORE = tuple(zip(range(1, 9), (3, 2, 2, 2, 2, 2, 2, 2), strict=True))


def access(*, mfa_caps_pillar: bool = True) -> Edition:
    """ACCESS with its sign-in gate, and one question in each other security domain."""
    mfa = gate(GateKind.HARM, 2, caps_pillar=mfa_caps_pillar)
    own = [question(f"ACCESS-0{n}", weight, gates=(mfa,) if n == 2 else ()) for n, weight in ACCESS]
    return edition(*own, *(question(f"{code}-01") for code in ("STORE", "DEFEND", "INCIDENT", "PEOPLE")))


def test_most_of_a_domain_carries_one_low_answer() -> None:
    bank = edition(*(question(f"STORE-0{n}", weight) for n, weight in STORE))

    result = scored(bank, all_at(bank, 3, STORE_07=level(1)))

    store = domain(result, "STORE")
    assert store.low is not None
    assert (store.low.parts, store.low.whole) == ((17, 17, 15, 15, 0), 17)
    assert number(store) == "3.0"


def test_the_share_at_the_next_level_is_the_number_behind_the_point() -> None:
    bank = edition(*(question(f"ACCESS-0{n}", weight) for n, weight in ACCESS))
    answers = {f"ACCESS-0{n}": level(value) for n, value in zip(range(1, 7), (4, 2, 4, 4, 2, 2), strict=True)}

    result = scored(bank, answers)

    access = domain(result, "ACCESS")
    assert access.low is not None
    assert access.low.parts == (14, 14, 14, 7, 7)
    assert number(access) == "2.5"


def test_eighty_per_cent_is_enough_and_less_is_not() -> None:
    bank = edition(*(question(f"STORE-0{n}", 1) for n in range(1, 6)))

    four_of_five = scored(bank, all_at(bank, 3, STORE_01=level(2)))
    three_of_five = scored(bank, all_at(bank, 3, STORE_01=level(2), STORE_02=level(2)))

    assert number(domain(four_of_five, "STORE")) == "3.0"
    assert number(domain(three_of_five, "STORE")) == "2.6"


def test_a_heavy_question_holds_the_label_one_above_it() -> None:
    bank = edition(question("STORE-01", 3), *(question(f"STORE-0{n}", 3) for n in range(2, 7)))

    result = scored(bank, all_at(bank, 4, STORE_01=level(1)))

    store = domain(result, "STORE")
    assert store.low is not None
    assert (store.low.parts[4], store.low.whole, store.low.lowest) == (15, 18, 1)
    assert number(store) == "2.8"


def test_a_light_question_does_not_hold_the_label() -> None:
    bank = edition(question("STORE-01", 2), *(question(f"STORE-0{n}", 3) for n in range(2, 7)))

    result = scored(bank, all_at(bank, 4, STORE_01=level(0)))

    assert number(domain(result, "STORE")) == "4.0"


def test_everything_at_4_but_no_second_proof_at_sign_in() -> None:
    bank = access()

    result = scored(bank, all_at(bank, 4, ACCESS_02=level(1)))

    own = domain(result, "ACCESS").low
    assert own is not None
    assert (own.parts[2], own.whole, own.uncapped, own.caps) == (11, 14, 1, ())
    assert str(own.figure) == "1.7"
    security = pillar(result, "security").low
    assert security is not None
    assert (security.parts, security.whole, security.lowest) == ((5, 5, 4, 4, 4), 5, 1)
    assert security.uncapped == 2
    assert [(cap.question.id, cap.cap) for cap in security.caps] == [("ACCESS-02", 1)]
    assert str(security.figure) == "1.9"
    assert result.overall == 1


def test_not_knowing_about_the_second_proof_leaves_the_range_open() -> None:
    bank = access()

    result = scored(bank, all_at(bank, 4, ACCESS_02=UNKNOWN))

    security = pillar(result, "security")
    assert number(domain(result, "ACCESS")) == "0.7"  # 11/14 at 1 and above is less than 80 %
    assert (number(security, "low"), number(security, "high")) == ("1.9", "4.0")
    assert security.high is not None
    assert security.high.caps == ()


def test_a_gate_without_pillar_cap_still_limits_the_pillar_by_its_domain() -> None:
    bank = access(mfa_caps_pillar=False)

    result = scored(bank, all_at(bank, 4, ACCESS_02=level(1)))

    assert number(pillar(result, "security")) == "2.9"


def banned_use() -> Edition:
    stop = gate(GateKind.LEGAL_STOP, 2)
    own = [question("AIUSE-01", 3, gates=(stop,)), *(question(f"AIUSE-0{n}", 3) for n in range(2, 7))]
    return edition(*own, question("DATA-01"), question("ACCESS-01"))


def test_a_banned_use_with_everything_else_at_4() -> None:
    bank = banned_use()

    result = scored(bank, all_at(bank, 4, AIUSE_01=level(1)))

    own = domain(result, "AIUSE").low
    assert own is not None
    assert (own.uncapped, own.figure.label) == (2, 0)
    assert [(cap.question.id, cap.cap) for cap in own.caps] == [("AIUSE-01", 0)]
    assert str(own.figure) == "0.9"
    assert number(pillar(result, "responsible_ai")) == "0.9"
    assert number(pillar(result, "privacy")) == "4.0"
    assert number(pillar(result, "security")) == "4.0"
    assert result.overall == 0
    assert [item.question.id for item in result.must_fix] == ["AIUSE-01"]


def test_every_answer_unknown() -> None:
    bank = access()

    result = scored(bank, {own.id: UNKNOWN for own in bank.questions})

    assert number(pillar(result, "security"), "low") == "0.0"
    assert number(pillar(result, "security"), "high") == "4.0"
    assert (result.overall, result.complete, result.answered) == (0, True, len(bank.questions))
    assert (result.must_fix, result.todo, result.open_duties) == ((), (), ())
    assert result.find_out[0].question.id == "ACCESS-02"
    assert len(result.find_out) == len(bank.questions)


def test_no_answer_at_all_scores_like_unknown_but_is_incomplete() -> None:
    bank = access()

    result = scored(bank, {})

    assert number(pillar(result, "security"), "high") == "4.0"
    assert (result.overall, result.complete, result.answered, result.asked) == (0, False, 0, 10)
    assert not any(item.answered for item in result.find_out)


def test_a_domain_that_is_all_not_applicable_is_not_assessed_and_left_out() -> None:
    bank = edition(question("DATA-01"), question("RIGHTS-01"), question("RIGHTS-02"))

    result = scored(bank, {"DATA-01": level(3), "RIGHTS-01": left_out(), "RIGHTS-02": left_out("never")})

    rights = domain(result, "RIGHTS")
    assert (rights.low, rights.high, rights.proven, rights.assessed) == (None, None, None, False)
    assert rights.not_applicable_heavy
    privacy = pillar(result, "privacy")
    assert (number(privacy), privacy.domains) == ("3.0", ("DATA",))
    assert [item.reason for item in result.left_out] == ["we have none", "never"]


def test_a_pillar_without_assessed_domain_has_no_figure() -> None:
    bank = edition(question("DATA-01"), question("ACCESS-01"))

    result = scored(bank, {"DATA-01": level(3), "ACCESS-01": left_out()})

    assert (number(pillar(result, "security")), pillar(result, "security").domains) == ("-", ())
    assert result.overall == 3


def test_nothing_assessed_has_no_overall_label() -> None:
    bank = edition(question("DATA-01"))

    assert scored(bank, {"DATA-01": left_out()}).overall is None


def test_without_named_proof_3_and_4_count_as_2_in_the_second_line() -> None:
    bank = edition(question("STORE-01", 1), question("STORE-02", 1), question("STORE-03", 1))
    answers: dict[str, ScoredAnswer] = {"STORE-01": level(4, proof=True), "STORE-02": level(4), "STORE-03": level(1)}

    store = domain(scored(bank, answers), "STORE")

    assert store.low is not None
    assert store.proven is not None
    assert (store.low.parts, store.proven.parts) == ((3, 3, 2, 2, 2), (3, 3, 2, 1, 1))


def test_a_gate_that_opens_at_3_stays_closed_without_proof() -> None:
    bank = edition(question("STORE-01", gates=(gate(min_level=3),)))

    store = domain(scored(bank, {"STORE-01": level(4)}), "STORE")

    assert (number(store, "low"), number(store, "proven")) == ("4.0", "1.9")


def test_a_gate_may_act_on_the_pillars_of_other_domains() -> None:
    both = gate(GateKind.LEGAL, 2, caps_pillar=True, pillars=("security", "privacy"))
    bank = edition(question("INCIDENT-06", gates=(both,)), question("DATA-01"), question("AIUSE-01"))

    result = scored(bank, all_at(bank, 4, INCIDENT_06=level(1)))

    assert number(pillar(result, "privacy")) == "1.9"
    assert number(pillar(result, "security")) == "1.0"
    assert number(pillar(result, "responsible_ai")) == "4.0"


def test_a_gate_that_proof_alone_opens_caps_other_pillars_in_the_second_line() -> None:
    both = gate(GateKind.LEGAL, 3, caps_pillar=True, pillars=("security", "privacy"))
    bank = edition(question("INCIDENT-06", gates=(both,)), question("DATA-01"))

    result = scored(bank, all_at(bank, 4))

    assert (number(pillar(result, "privacy"), "low"), number(pillar(result, "privacy"), "proven")) == ("4.0", "1.9")


def test_the_mean_of_a_pillar_is_over_its_domains_whatever_their_size() -> None:
    bank = edition(*(question(f"DATA-0{n}", 1) for n in range(1, 4)), question("RIGHTS-01", 3))

    result = scored(bank, all_at(bank, 2, DATA_01=level(3)))

    assert (number(domain(result, "DATA")), number(domain(result, "RIGHTS"))) == ("2.3", "2.0")
    assert number(pillar(result, "privacy")) == "2.1"  # (1/3 + 0) / 2 = 0.166...


def test_the_deepest_cap_is_named_first() -> None:
    bank = edition(
        question("STORE-01", gates=(gate(GateKind.HARM, 3),)),
        question("STORE-02", gates=(gate(GateKind.LEGAL_STOP, 3),)),
        question("STORE-03", 3),
    )

    store = domain(scored(bank, all_at(bank, 2)), "STORE").low

    assert store is not None
    assert (store.uncapped, str(store.figure)) == (2, "0.9")
    assert [(cap.question.id, cap.cap) for cap in store.caps] == [("STORE-02", 0), ("STORE-01", 1)]


def test_left_out_weight_is_flagged_above_a_quarter() -> None:
    bank = edition(*(question(f"STORE-0{n}", 1) for n in range(1, 5)), question("DATA-01", 2), question("DATA-02", 3))

    quarter = scored(bank, all_at(bank, 2, STORE_01=left_out(), DATA_01=left_out()))

    assert not domain(quarter, "STORE").not_applicable_heavy  # 1 of 4
    assert domain(quarter, "DATA").not_applicable_heavy  # 2 of 5


def test_the_lens_looks_across_domains_and_changes_no_headline() -> None:
    bank = edition(question("AIUSE-01", 1), question("DATA-01", 1, ai_lens=True), question("DATA-02", 1))

    result = scored(bank, {"AIUSE-01": level(3), "DATA-01": level(2), "DATA-02": level(4)})

    assert result.lens is not None
    assert [t.question.id for t in result.lens.traces] == ["DATA-01", "AIUSE-01"]
    assert (result.lens.code, number(result.lens)) == ("ai_lens", "2.5")
    assert (number(pillar(result, "privacy")), number(pillar(result, "responsible_ai"))) == ("3.5", "3.0")


def test_without_any_question_about_ai_there_is_no_lens() -> None:
    bank = edition(question("DATA-01"))

    assert scored(bank, {}).lens is None


@pytest.mark.parametrize(("weight", "lowest"), [(3, 4), (2, None)])
def test_the_lowest_level_is_that_of_heavy_questions(weight: int, lowest: int | None) -> None:
    bank = edition(question("STORE-01", weight))

    store = domain(scored(bank, all_at(bank, 4)), "STORE")

    assert store.low is not None
    assert store.low.lowest == lowest


def test_a_pillar_of_a_quick_run_needs_four_questions_for_a_label() -> None:
    bank = edition(
        *(question(f"DATA-0{n}") for n in range(1, 5)),
        *(question(f"STORE-0{n}") for n in range(1, 4)),
        question("AIUSE-01", depth=Depth.FULL),
    )
    answers = all_at(bank, 2, DATA_01=level(3), DATA_02=level(3), DATA_03=level(3), DATA_04=level(3))

    def labels(depth: Depth, **others: ScoredAnswer) -> list[tuple[str, int, bool, int | None]]:
        result = scored(bank, answers | {n.replace("_", "-"): a for n, a in others.items()}, run(depth=depth))
        assert result.overall == min((p.label for p in result.pillars if p.label is not None), default=None)
        return [(p.code, p.counted, p.first_indication, p.label) for p in result.pillars]

    assert labels(Depth.QUICK) == [
        ("privacy", 4, False, 3),
        ("security", 3, True, None),
        ("responsible_ai", 0, False, None),
    ]
    # What is left out does not count; what is unknown does.
    assert labels(Depth.QUICK, DATA_01=left_out())[0] == ("privacy", 3, True, None)
    assert labels(Depth.QUICK, DATA_01=UNKNOWN)[0] == ("privacy", 4, False, 2)
    assert labels(Depth.STANDARD)[1] == ("security", 3, False, 2)
    assert labels(Depth.FULL)[2] == ("responsible_ai", 1, False, 2)


def test_where_every_pillar_is_an_indication_there_is_no_overall_label() -> None:
    bank = edition(question("DATA-01"))

    result = scored(bank, all_at(bank, 2), run(depth=Depth.QUICK))

    assert (result.overall, number(pillar(result, "privacy"))) == (None, "2.0")


@pytest.mark.parametrize(
    ("labels", "pillar_label"),
    [
        ((2, 3), 2),
        ((2, 3, 3), 3),  # of three all but one
        ((1, 3, 3), 2),  # none more than one below
        ((0, 3, 3, 3), 1),
        ((2, 2, 3, 3), 2),  # two lag
        ((3, 3, 3, 4), 3),
        ((1, 2, 2, 2, 2), 2),  # of five four are 80 %
        ((1, 1, 2, 2, 2), 1),
    ],
)
def test_of_three_or_four_domains_one_may_lag(labels: tuple[int, ...], pillar_label: int) -> None:
    codes = [code for code, own in PILLAR_OF.items() if own == "security"][: len(labels)]
    bank = edition(*(question(f"{code}-01", 3) for code in codes))

    result = scored(bank, {f"{code}-01": level(own) for code, own in zip(codes, labels, strict=True)})

    assert pillar(result, "security").label == pillar_label
