"""Which wording of a step a business reads, and how much work its steps are."""

from dataclasses import replace

import pytest

from assessments.bank.steps import Effort, Step, StepCost, StepDoer, StepLink, StepVariant
from assessments.bank.types import Edition
from assessments.scoring.steps import (
    FittedStep,
    effort_of_steps,
    fitted_step,
    step_for,
    steps_to,
    todo_steps,
    works_alone,
)
from assessments.scoring.types import StepChoice
from tests.bank.making import edition, question, tag, when
from tests.bank.strategies import SCOPE
from tests.scoring.answering import all_at, run, scored

ABROAD = StepLink("web", "The form abroad", path="Menu > Form")
HOME = StepLink("web", "The form", url="https://example.org")


def step(to: int, **changes: object) -> Step:
    usual = Step(to, f"Tell the team {to}.", f"Told {to}.", 20, StepCost.NONE, StepDoer.OWNER, links=(HOME,))
    return replace(usual, **changes)  # type: ignore[arg-type]


STEPS = (
    step(1, solo="Write it down."),
    step(
        2,
        solo="Write it down twice.",
        variants=(
            StepVariant(when("gdpr", "uses_ai"), "Do both."),
            StepVariant(when("gdpr"), "Send it to Brussels.", "Sent.", 90, (ABROAD,)),
        ),
    ),
    step(3, cost=StepCost.LARGER, pays_for="a lawyer", who=StepDoer.ADVISER),
    step(4, minutes=500),
)
BANK = edition(question("DATA-01", steps=STEPS, first_step="", effort=None), scope=SCOPE)
DATA = BANK.questions[0]


def text_to(to: int, *tags: str) -> str | None:
    found = step_for(BANK, DATA, to - 1, frozenset(tags))
    return found.text if found else None


def test_the_first_variant_that_holds_comes_before_the_solo_wording() -> None:
    assert text_to(2, "gdpr", "uses_ai") == text_to(2, "gdpr", "uses_ai", "has_staff") == "Do both."
    assert text_to(2, "gdpr") == "Send it to Brussels."
    assert text_to(2, "uses_ai") == "Write it down twice."
    assert text_to(2, "uses_ai", "has_staff") == "Tell the team 2."
    assert text_to(3) == "Tell the team 3."
    assert text_to(5) is None


def test_nobody_is_taken_to_work_alone_who_was_not_asked() -> None:
    silent = replace(BANK, scope=replace(SCOPE, tags=(tag("gdpr", when("base.eu")),)))

    def alone(bank: Edition, *tags: str) -> bool:
        return works_alone(bank, frozenset(tags))

    assert (alone(BANK), alone(BANK, "has_staff"), alone(silent), alone(silent, "has_staff")) == (
        True,
        False,
        False,
        False,
    )
    (todo,) = scored(silent, all_at(silent, 0)).todo
    assert [own.text for own in todo_steps(todo)] == ["Tell the team 1.", "Tell the team 2."]


def test_a_variant_replaces_what_it_gives_and_keeps_the_rest() -> None:
    given_all, given_text = (fitted_step(DATA, StepChoice(2, variant=place)) for place in (1, 0))

    assert given_all == FittedStep(2, "Send it to Brussels.", "Sent.", 90, StepCost.NONE, "", StepDoer.OWNER, (ABROAD,))
    assert (given_text.done_when, given_text.minutes, given_text.links) == ("Told 2.", 20, (HOME,))


def test_the_solo_wording_replaces_the_text_alone() -> None:
    alone, usual = fitted_step(DATA, StepChoice(1, solo=True)), fitted_step(DATA, StepChoice(1))

    assert alone == replace(usual, text="Write it down.")
    assert fitted_step(DATA, StepChoice(3)).pays_for == "a lawyer"


def test_all_steps_between_two_levels() -> None:
    assert [own.to for own in steps_to(BANK, DATA, 1, 3, frozenset())] == [2, 3]
    assert steps_to(BANK, DATA, 2, 2, frozenset()) == ()
    assert [own.to for own in steps_to(BANK, DATA, 3, 4, frozenset())] == [4]


def test_the_plan_has_the_steps_of_this_business() -> None:
    def texts(*tags: str, provisional: tuple[str, ...] = ()) -> list[str]:
        (todo,) = scored(BANK, all_at(BANK, 0), run(*tags, provisional=provisional)).todo
        return [own.text for own in todo_steps(todo)]

    assert texts() == ["Write it down.", "Write it down twice."]
    assert texts("gdpr", "has_staff") == ["Tell the team 1.", "Send it to Brussels."]
    assert texts("gdpr", "has_staff", provisional=("gdpr", "has_staff")) == ["Tell the team 1.", "Tell the team 2."]


@pytest.mark.parametrize(
    ("minutes", "cost", "effort"),
    [
        ((30, 30), StepCost.NONE, Effort.SMALL),
        ((30, 31), StepCost.SMALL, Effort.MEDIUM),
        ((30,), StepCost.LARGER, Effort.MEDIUM),
        ((240, 240), StepCost.NONE, Effort.MEDIUM),
        ((240, 241), StepCost.LARGER, Effort.LARGE),
    ],
)
def test_effort_is_that_of_all_steps_together(minutes: tuple[int, ...], cost: StepCost, effort: Effort) -> None:
    steps = [FittedStep(1, "Go.", "Gone.", own, cost, "", StepDoer.OWNER, ()) for own in minutes]

    assert effort_of_steps(steps) is effort
