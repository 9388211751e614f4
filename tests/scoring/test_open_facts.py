"""What rests on a scope fact that nobody knows yet is to be checked: no finding, and nothing to do."""

from dataclasses import replace

from hypothesis import given

from assessments.bank.conditions import Clause, Condition
from assessments.bank.types import Edition, GateKind
from assessments.scoring.engine import score
from assessments.scoring.types import OpenFact, Run, ScoredAnswer, ScoredAnswerKind, ToCheck
from tests.bank import strategies as some
from tests.bank.making import duty, edition, gate, question, tag, when
from tests.bank.strategies import TODAY
from tests.scoring.answering import UNKNOWN, all_at, level, run, scored

GDPR, AI = OpenFact("gdpr", "base"), OpenFact("uses_ai", "ai")
EITHER = Condition((Clause(any=("ccpa", "uses_ai")),))


def checked(bank: Edition, *provisional: str, **others: ScoredAnswer) -> tuple[ToCheck, ...]:
    on = run("gdpr", "uses_ai", provisional=provisional)
    return scored(replace(bank, scope=some.SCOPE), all_at(bank, 1, **others), on).to_check


def test_a_gate_to_be_checked_names_the_question_that_settles_it() -> None:
    bank = edition(question("DATA-01", gates=(gate(GateKind.LEGAL, on=when("gdpr")),)))

    (found,) = checked(bank, "gdpr")

    assert found == ToCheck(bank.questions[0], 1, bank.questions[0].gates[0], (), (GDPR,))
    assert checked(bank, "uses_ai") == checked(bank) == checked(bank, "gdpr", DATA_01=level(2)) == ()


def test_a_duty_is_to_be_checked_with_its_law_or_its_condition() -> None:
    asked = duty(on=when("uses_ai"))
    bank = edition(question("DATA-01", duties=(asked,)))

    assert [(item.duties, item.open_facts) for item in checked(bank, "gdpr")] == [((asked,), (GDPR,))]
    assert [item.open_facts for item in checked(bank, "uses_ai")] == [(AI,)]
    assert [set(item.open_facts) for item in checked(bank, "gdpr", "uses_ai")] == [{GDPR, AI}]


def test_a_question_that_may_not_concern_the_business_is_to_be_checked_below_its_target() -> None:
    bank = edition(question("DATA-01", applies_when=when("uses_ai")))

    (found,) = checked(bank, "uses_ai")

    assert (found.gate, found.duties, found.open_facts) == (None, (), (AI,))
    assert checked(bank, "uses_ai", DATA_01=level(2)) == ()
    assert checked(bank, "uses_ai", DATA_01=UNKNOWN) == ()


def test_a_fact_that_no_longer_decides_is_not_named() -> None:
    bank = edition(question("DATA-01", gates=(gate(on=EITHER),)))
    answers = all_at(bank, 1)

    decided = scored(bank, answers, run("ccpa", "uses_ai", provisional=("uses_ai",)))
    open_ = scored(bank, answers, run("uses_ai", provisional=("uses_ai",)))

    assert (len(decided.on_the_day), decided.to_check) == (1, ())
    assert open_.on_the_day == ()
    assert [fact.tag for item in open_.to_check for fact in item.open_facts] == ["uses_ai"]


def test_where_a_tag_follows_from_others_what_is_open_below_it_settles_it() -> None:
    bank = edition(question("DATA-01", gates=(gate(on=when("large_scale")),)), scope=some.SCOPE)
    tags = ("gdpr", "uses_ai", "large_scale")

    def settling(*provisional: str) -> list[OpenFact]:
        (item,) = scored(bank, all_at(bank, 1), run(*tags, provisional=provisional)).to_check
        return list(item.open_facts)

    assert settling("large_scale", "uses_ai") == [AI]
    assert settling("large_scale", "uses_ai", "gdpr") == [GDPR, AI]
    assert settling("large_scale") == [OpenFact("large_scale", "base")]


def test_tags_that_follow_from_each_other_are_still_named() -> None:
    """Such a scope is refused elsewhere; here it must not hang."""
    tags = (tag("gdpr", when("tag:ccpa")), tag("ccpa", when("tag:gdpr")))
    bank = edition(question("DATA-01", gates=(gate(on=when("gdpr")),)), scope=replace(some.SCOPE, tags=tags))

    (item,) = scored(bank, all_at(bank, 1), run("gdpr", "ccpa", provisional=("gdpr", "ccpa"))).to_check

    assert item.open_facts == (OpenFact("ccpa", ""),)


def test_gates_come_first_then_duties_then_questions() -> None:
    bank = edition(
        question("DATA-01", 3, applies_when=when("uses_ai")),
        question("DATA-02", 1, duties=(duty(on=when("uses_ai")),)),
        question("DATA-03", 1, gates=(gate(GateKind.HARM, on=when("uses_ai")),)),
        question("DATA-04", 1, gates=(gate(GateKind.LEGAL, on=when("uses_ai")),)),
        question("DATA-05", 2, duties=(duty(on=when("uses_ai")),)),
    )

    found = [item.question.id for item in checked(bank, "uses_ai")]

    assert found == ["DATA-04", "DATA-03", "DATA-05", "DATA-02", "DATA-01"]


def test_what_to_find_out_names_the_facts_that_its_gate_rests_on() -> None:
    bank = edition(question("DATA-01", gates=(gate(on=when("gdpr")),)), scope=some.SCOPE)

    (found,) = scored(bank, {"DATA-01": UNKNOWN}, run("gdpr", provisional=("gdpr",))).find_out

    assert found.open_facts == (GDPR,)


def test_a_certain_duty_at_a_gate_to_be_checked_is_open_and_no_must_fix() -> None:
    bank = edition(question("DATA-01", gates=(gate(GateKind.LEGAL, on=when("uses_ai")),), duties=(duty(),)))

    result = scored(bank, all_at(bank, 1), run("gdpr", "uses_ai", provisional=("uses_ai",)))

    assert (len(result.must_fix), len(result.open_duties), len(result.to_check)) == (0, 1, 1)
    assert [(step.target, step.gate, step.band) for step in result.todo] == [(2, None, 4)]


def test_targets_rise_only_by_what_is_certain() -> None:
    bank = edition(question("DATA-01"), question("DATA-02", duties=(duty(level=4),)))

    def targets(*provisional: str) -> dict[str, int]:
        on = run("gdpr", "large_scale", provisional=provisional)
        return {step.question.id: step.target for step in scored(bank, all_at(bank, 0), on).todo}

    assert targets() == {"DATA-01": 3, "DATA-02": 4}
    assert targets("large_scale") == {"DATA-01": 2, "DATA-02": 4}
    assert targets("large_scale", "gdpr") == {"DATA-01": 2, "DATA-02": 2}


@given(some.scored())
def test_only_what_is_answered_and_open_is_to_be_checked(
    scored: tuple[Edition, Run, dict[str, ScoredAnswer]],
) -> None:
    bank, on, answers = scored
    settled_by = {tag.id: tag.settled_by for tag in bank.scope.tags}

    result = score(bank, on, answers, TODAY)

    for item in result.to_check:
        assert answers[item.question.id].kind is ScoredAnswerKind.LEVEL
        assert item.open_facts
        assert {fact.tag for fact in item.open_facts} <= on.provisional
        assert all(fact.scope_question == settled_by[fact.tag] for fact in item.open_facts)
    firm = {item.question.id for item in score(bank, Run(on.depth, on.tags), answers, TODAY).to_check}
    assert not firm
