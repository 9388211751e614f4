"""Every item of the checklist is asked of every business that it concerns, and a gap anywhere would be found."""

from dataclasses import replace

import pytest

from assessments.bank.conditions import ALWAYS, Clause, Condition
from assessments.bank.coverage import items_with_gaps, questions_about
from assessments.bank.reach import Demand, Reach
from assessments.bank.types import ChecklistEntry, Depth, Edition, Question
from tests.bank import making
from tests.bank.making import question, when


def gaps(edition: Edition) -> list[str]:
    return [entry.id for entry in items_with_gaps(edition)]


def bank(*questions: Question, concerns: Condition = ALWAYS) -> Edition:
    return making.edition(*questions, checklist={"S0-1": ChecklistEntry("S0-1", "The item.", concerns)})


def asking(question_id: str, *tags: str, depth: Depth = Depth.QUICK) -> Question:
    return question(question_id, depth=depth, applies_when=when(*tags), checklist=("S0-1",))


# The shipped edition


def test_every_item_is_asked_of_every_business_that_it_concerns(edition: Edition) -> None:
    assert len(edition.checklist) == 74
    assert gaps(edition) == []


def test_every_item_concerns_some_business(edition: Edition) -> None:
    reach = Reach(edition.scope)
    assert all(reach.possible([Demand(entry.concerns)]) for entry in edition.checklist.values())


@pytest.mark.parametrize(
    ("without", "missing"),
    [
        ("DATA-07", "S1-2"),  # asked of everybody
        ("AIUSE-18", "S0-12"),  # of everybody who uses AI
        ("CONSENT-10", "S2-12"),  # of everybody whose AI sees data about people
        ("CONSENT-12", "S1-3"),  # who is under neither EU nor UK law is asked nothing else
    ],
)
def test_the_loss_of_one_question_is_found(without: str, missing: str, edition: Edition) -> None:
    left = tuple(own for own in edition.questions if own.id != without)
    assert missing in gaps(replace(edition, questions=left))


def test_a_question_of_the_full_run_alone_covers_nothing(edition: Edition) -> None:
    moved = tuple(replace(own, depth=Depth.FULL) if own.id == "DATA-07" else own for own in edition.questions)
    assert gaps(replace(edition, questions=moved)) == ["S1-2", "S2-11"]


# Small banks


@pytest.mark.parametrize(
    ("questions", "concerns"),
    [
        ((asking("DATA-01"),), ()),
        ((asking("DATA-01", depth=Depth.STANDARD),), ()),
        ((asking("DATA-01", "uses_ai"),), ("uses_ai",)),
        ((asking("DATA-01", "uses_ai"),), ("uses_ai", "gdpr")),
        ((asking("DATA-01", "gdpr"),), ("large_scale",)),  # only who is under the GDPR can be large
    ],
)
def test_who_is_concerned_is_asked(questions: tuple[Question, ...], concerns: tuple[str, ...]) -> None:
    assert gaps(bank(*questions, concerns=when(*concerns))) == []


@pytest.mark.parametrize(
    ("questions", "concerns"),
    [
        ((question("DATA-01", checklist=()),), ()),
        ((asking("DATA-01", depth=Depth.FULL),), ()),
        ((asking("DATA-01", "uses_ai"),), ()),
        ((asking("DATA-01", "gdpr"), asking("DATA-02", "ccpa")), ()),
        ((asking("DATA-01", "gdpr"), asking("DATA-02", "ccpa")), ("uses_ai",)),
        ((asking("DATA-01", "large_scale"),), ("gdpr",)),
    ],
)
def test_one_business_that_is_not_asked_is_a_gap(questions: tuple[Question, ...], concerns: tuple[str, ...]) -> None:
    assert gaps(bank(*questions, concerns=when(*concerns))) == ["S0-1"]


def test_two_questions_cover_an_item_together() -> None:
    others = question("DATA-02", checklist=("S0-1",), applies_when=Condition((Clause(none=("gdpr",)),)))
    assert gaps(bank(asking("DATA-01", "gdpr"), others)) == []


def test_the_questions_of_an_item_come_in_the_order_of_the_bank() -> None:
    own = bank(asking("ACCESS-01", depth=Depth.FULL), asking("DATA-01"), question("DATA-02", checklist=()))
    assert [question.id for question in questions_about(own, "S0-1")] == ["DATA-01", "ACCESS-01"]
