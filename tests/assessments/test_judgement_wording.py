"""The sentence that a result begins with, and a step as a message, in words."""

from dataclasses import replace

import pytest

from assessments.presentation.counts import BeginWith, JudgementStatement
from assessments.wording.messages import step_message
from assessments.wording.plan import plan_step_words
from assessments.wording.summary import judgement_sentence
from tests.assessments.told_statements import GATE, STEP

BEGIN = BeginWith("Safe storage", 15)
MIXED = JudgementStatement(("Who gets in", "People and habits"), in_place=11, counted=29, unknown=2, begin=BEGIN)


@pytest.mark.parametrize(
    ("judgement", "sentence"),
    [
        (MIXED, "“Who gets in” and “People and habits” stand well; begin with step 1, in “Safe storage” (15 minutes)."),
        (
            replace(MIXED, strengths=("Who gets in",), begin=BeginWith("Safe storage", None)),
            "“Who gets in” stands well; begin with step 1, in “Safe storage”.",
        ),
        (
            replace(MIXED, strengths=()),
            "You have a base to build on, 11 of 29 in place; begin with step 1, in “Safe storage” (15 minutes).",
        ),
        (
            replace(MIXED, strengths=(), in_place=0),
            "Now you know where you stand; begin with step 1, in “Safe storage” (15 minutes).",
        ),
        (
            replace(MIXED, begin=None, strengths=("Who gets in",)),
            "“Who gets in” stands well; next, find out what nobody could answer yet: 2 questions.",
        ),
        (
            replace(MIXED, begin=None, strengths=("Who gets in",), unknown=0),
            "“Who gets in” stands well; next, settle the facts about the business that are still open.",
        ),
        (
            replace(MIXED, begin=None, in_place=29, unknown=0),
            "Everything that counts for you is in place; what is left is to keep it so.",
        ),
        (JudgementStatement((), 0, 0, 0, None), ""),
    ],
)
def test_the_judgement(judgement: JudgementStatement, sentence: str) -> None:
    assert judgement_sentence(judgement) == sentence


def test_a_message_says_all_that_a_helper_needs() -> None:
    message = step_message(plan_step_words(STEP))
    paragraphs = message.split("\n\n")
    assert paragraphs[1:3] == ["Switch it on for the mailbox.", "Done when: The mailbox asks for a code."]
    assert "15 minutes" in paragraphs[3]
    assert paragraphs[4].splitlines() == [
        "Google, Second proof: Account > Security",
        "Website: https://www.cnil.fr/",
        "Shopify roles: Settings > Users",
    ]
    assert paragraphs[5] == f"Why it matters: {GATE.reason}"
    assert "Switch it on everywhere" not in message


def test_a_message_leaves_out_what_is_not_there() -> None:
    bare = replace(STEP, steps=(replace(STEP.steps[0], done_when="", links=(), minutes=None, cost=None, who=None),))
    assert len(step_message(plan_step_words(replace(bare, gate=None))).split("\n\n")) == 3


def test_a_step_promises_what_its_own_level_brings() -> None:
    words = plan_step_words(STEP)
    assert words.promise == "Then: 1 urgent gap closed and 1 duty met."
    assert (
        words.work == "In all 1 hour 45 minutes of work; then: 1 more in place, 1 urgent gap closed and 2 duties met."
    )
    assert words.law == "Asked by law: EU GDPR and EU AI Act since 2 August 2026."
    assert words.level == 2
    assert plan_step_words(replace(STEP, duties=())).law == ""
