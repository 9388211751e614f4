"""Rules for the quick check: short questions that its own facts settle, and enough of them for everybody."""

from dataclasses import replace
from typing import Any

import pytest

from assessments.bank.types import Depth, Edition, Question, QuickCheck
from tests.bank.checking import about, said, sound
from tests.bank.making import WITH_STEPS, question, scope_question, when

ASKED = "quick_check, questions"
ALWAYS_ASKED = tuple(f"DATA-0{number}" for number in range(2, 8))


def quick(question_id: str, **changes: Any) -> Question:
    return question(question_id, **WITH_STEPS | changes)


def bank(*others: Question, **changes: Any) -> Edition:
    check = replace(QuickCheck(("ai",), ALWAYS_ASKED), **changes)
    return sound(quick("DATA-06"), quick("DATA-07"), *others, quick_check=check)


def test_six_questions_that_everybody_is_asked_are_enough() -> None:
    assert said(bank()) == []


@pytest.mark.parametrize(
    ("changes", "place", "message"),
    [
        ({"facts": ("shop",)}, "quick_check, facts", "shop is not a scope question of this document"),
        ({"facts": ("ai", "ai")}, "quick_check, facts ai", "appears twice"),
        (
            {"questions": (*ALWAYS_ASKED, "DATA-99")},
            ASKED,
            "DATA-99 is not a question of this document",
        ),
        ({"questions": (*ALWAYS_ASKED, "DATA-02")}, f"{ASKED} DATA-02", "appears twice"),
        (
            {"questions": ALWAYS_ASKED[1:]},
            ASKED,
            "some businesses would be asked 5 only: at least 6",
        ),
        ({"most": 5}, "quick_check, most", "expected at least 6"),
    ],
)
def test_what_is_refused(changes: dict[str, Any], place: str, message: str) -> None:
    assert said(bank(**changes)) == [f"{place}: {message}"]


def test_a_longer_question_is_refused() -> None:
    found = about(bank(quick("ACCESS-01", depth=Depth.STANDARD), questions=(*ALWAYS_ASKED, "ACCESS-01")), "quick_check")
    assert found == ["ACCESS-01 is not a quick question"]


def test_whether_a_question_applies_follows_from_the_facts() -> None:
    about_ai, of_law = quick("ACCESS-01", applies_when=when("uses_ai")), quick("ACCESS-02", applies_when=when("gdpr"))
    asked = (*ALWAYS_ASKED, "ACCESS-01", "ACCESS-02")
    assert about(bank(about_ai, of_law, questions=asked), "quick_check") == [
        "ACCESS-02: these facts do not settle whether it applies; ask for another fact, or take another question"
    ]
    assert about(bank(about_ai, of_law, questions=asked, facts=("ai", "base")), "quick_check") == []


def test_questions_about_ai_do_not_count_for_those_without() -> None:
    about_ai = quick("ACCESS-01", applies_when=when("uses_ai"))
    assert about(bank(about_ai, questions=(*ALWAYS_ASKED[1:], "ACCESS-01")), "quick_check") == [
        "some businesses would be asked 5 only: at least 6"
    ]


def test_facts_with_too_many_ways_to_answer_them_are_a_problem_and_not_a_search() -> None:
    edition = sound()
    names = [f"f{number}" for number in range(20)]
    more = tuple(scope_question(name, "a", "b", "c") for name in names)
    screen = replace(edition.scope.screens[0], questions=(*edition.scope.screens[0].questions, *more))
    check = QuickCheck(facts=tuple(names), questions=(edition.questions[0].id,), most=6)
    asked = replace(edition.questions[0], depth=Depth.QUICK)
    hard = replace(
        edition,
        scope=replace(edition.scope, screens=(screen, *edition.scope.screens[1:])),
        questions=(asked, *edition.questions[1:]),
        quick_check=check,
    )
    assert any("too many to try" in problem for problem in about(hard, "quick_check, facts"))
