"""Four steps that together have everything a step can have."""

from dataclasses import replace
from typing import Any

from assessments.bank.steps import Step, StepCost, StepDoer, StepLink, StepVariant
from tests.bank.making import when

LINK = StepLink("Google", "Security check", url="https://example.org/check")
WAY = StepLink("Microsoft", "Sign-in", path="Settings > Sign-in")


def step(to: int, **changes: Any) -> Step:
    made = Step(to, f"Do thing {to}.", f"Thing {to} is done.", 10 * to, StepCost.NONE, StepDoer.OWNER)
    return replace(made, **changes)


STEPS = (
    step(1, solo="Do thing 1 yourself."),
    step(2, cost=StepCost.SMALL, pays_for="A licence", links=(LINK, WAY)),
    step(3, variants=(StepVariant(when("gdpr"), "Do it the EU way.", minutes=5, links=(WAY,)),)),
    step(4, who=StepDoer.IT_HELPER),
)
