"""A bank without problems, and what the checks say about changes to it."""

from dataclasses import replace
from typing import Any

from assessments.bank.checks.edition import check_edition
from assessments.bank.conditions import Clause, Condition
from assessments.bank.errors import Severity
from assessments.bank.types import Edition, Question
from tests.bank.making import WITH_STEPS, edition, question

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def sound(*others: Question, **changes: Any) -> Edition:
    """A bank without problems: five questions, every tag used."""
    fillers = [question(f"DATA-0{n}", **WITH_STEPS) for n in range(2, 6)]
    first = question("DATA-01", **WITH_STEPS, applies_when=Condition((Clause(any=("gdpr", "uses_ai")),)))
    return edition(first, *fillers, *others, **changes)


def with_question(**changes: Any) -> Edition:
    """With a sixth question, DATA-06."""
    return sound(question("DATA-06", **WITH_STEPS | changes))


def with_step(to: int, **changes: Any) -> Edition:
    """With a sixth question, DATA-06, of which one step is changed."""
    steps = WITH_STEPS["steps"]
    changed = tuple(replace(own, **changes) if own.to == to else own for own in steps)
    return with_question(steps=changed)


def said(bank: Edition, severity: Severity = ERROR) -> list[str]:
    return [f"{p.place}: {p.message}" for p in check_edition(bank) if p.severity is severity]


def about(bank: Edition, place: str, severity: Severity = ERROR) -> list[str]:
    """The problems reported at one place and below it."""
    return [p.message for p in check_edition(bank) if p.severity is severity and p.place.startswith(place)]
