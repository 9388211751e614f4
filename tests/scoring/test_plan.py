"""The promise of the plan: "do these three" and what changes then."""

from assessments.bank.types import GateKind
from assessments.scoring.plan import do_first, plan_gain, raise_answers
from assessments.scoring.types import Figure, ScoredAnswer
from tests.bank.making import edition, gate, question
from tests.bank.strategies import TODAY
from tests.scoring.answering import FULL, UNKNOWN, all_at, left_out, level, scored

BANK = edition(
    question("ACCESS-01", 3, gates=(gate(GateKind.HARM, caps_pillar=True),)),
    question("ACCESS-02", 1),
    question("STORE-01", 2),
    question("DATA-01"),
)


def test_closing_one_gate_lifts_domain_pillar_and_overall() -> None:
    answers = all_at(BANK, 3, ACCESS_01=level(1))
    result = scored(BANK, answers)

    found = plan_gain(BANK, FULL, answers, do_first(result, 1), TODAY)

    assert [(step.question.id, step.level, step.target) for step in found.steps] == [("ACCESS-01", 1, 3)]
    moved = {change.code: (change.before, change.after) for change in found.domains if change.moves}
    assert moved == {"ACCESS": (Figure(1, 2), Figure(3, 0))}
    pillars = {change.code: (change.before, change.after) for change in found.pillars}
    assert pillars == {"privacy": (Figure(3, 0), Figure(3, 0)), "security": (Figure(1, 6), Figure(3, 0))}
    assert (found.overall_before, found.overall_after) == (1, 3)


def test_do_first_is_the_head_of_the_list() -> None:
    result = scored(BANK, all_at(BANK, 0))

    assert do_first(result) == result.todo[:3]
    assert len(do_first(result, 9)) == len(BANK.questions)


def test_raising_keeps_other_answers_and_named_proof() -> None:
    answers = {"ACCESS-01": level(1, proof=True), "ACCESS-02": UNKNOWN, "STORE-01": left_out(), "DATA-01": level(4)}
    steps = scored(BANK, answers).todo

    assert raise_answers(answers, steps) == answers | {"ACCESS-01": level(3, proof=True)}


def test_a_raised_answer_is_a_level_that_never_falls() -> None:
    step = scored(BANK, all_at(BANK, 1)).todo[0]

    def raised(answer: ScoredAnswer) -> ScoredAnswer:
        return raise_answers({step.question.id: answer}, [step])[step.question.id]

    assert step.target == 3
    assert raised(UNKNOWN) == raised(left_out()) == raised(level(2)) == level(3)
    assert raised(level(4)) == level(4)


def test_no_step_no_gain() -> None:
    found = plan_gain(BANK, FULL, {"DATA-01": left_out()}, (), TODAY)

    assert not any(change.moves for change in (*found.domains, *found.pillars))
    assert [change.code for change in found.pillars] == ["security"]
