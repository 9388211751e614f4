"""What of a file fits this installation's edition: a file can be forged, so nothing is taken to fit."""

from dataclasses import replace

from assessments.bank.types import NotApplicable
from assessments.signed_assessment.carried import carried_parts
from assessments.signed_assessment.types import FileAnswer
from tests.bank.businesses import said
from tests.bank.making import edition, question
from tests.scoring.answering import level
from tests.signed_assessment.making_files import BANK, FACTS, SMALL, file_of


def test_all_of_an_honest_file_is_carried() -> None:
    parts = carried_parts(SMALL, BANK)

    assert (parts.facts, parts.answers, parts.left_out) == (FACTS, SMALL.answers, 0)


def test_facts_and_answers_that_the_edition_does_not_have_are_left_out() -> None:
    facts = {**FACTS, "ai": said("robots"), "planet": said("mars")}
    answers = (*SMALL.answers, FileAnswer("GOV-99", "level", 2))
    parts = carried_parts(replace(SMALL, facts=facts, answers=answers), BANK)

    assert (parts.facts, parts.answers, parts.left_out) == ({"base": FACTS["base"]}, SMALL.answers, 3)


def test_two_options_where_one_is_asked_for_are_left_out() -> None:
    one = replace(BANK.scope.screens[0].questions[0], many=False)
    scope = replace(BANK.scope, screens=(replace(BANK.scope.screens[0], questions=(one,)),), tags=())
    parts = carried_parts(replace(SMALL, facts={"base": said("eu", "us")}), replace(BANK, scope=scope))

    assert (parts.facts, parts.left_out) == ({}, 1)


def test_an_answer_cannot_leave_out_a_question_that_nobody_may_leave_out() -> None:
    bank = edition(
        question("DATA-01", not_applicable=NotApplicable.NEVER, not_applicable_hint=""),
        question("DATA-02"),
        id="2026.9",
    )
    file = file_of(bank, FACTS, {"DATA-01": level(1), "DATA-02": level(1)})
    forged = tuple(FileAnswer(own.question, "not_applicable", reason="none here") for own in file.answers)
    parts = carried_parts(replace(file, answers=forged), bank)

    assert ([own.question for own in parts.answers], parts.left_out) == (["DATA-02"], 1)
