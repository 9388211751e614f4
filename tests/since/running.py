"""Results of one business on several days."""

from datetime import timedelta
from typing import Any

from assessments.editions.stored import edition_of
from assessments.models import Result
from assessments.services.runs import finish_assessment, restart_assessment
from tests.runs import NOW, give


def finished_again(first: Result, days: float, *, note: str = "", **levels: Any) -> Result:
    """The same business `days` later, some answers at other levels: ACCESS_02=3, or None for "don't know"."""
    now = NOW + timedelta(days=days)
    run = restart_assessment(finished=first.assessment, started_by=first.finished_by, now=now)
    for name, level in levels.items():
        question = name.replace("_", "-")
        if level is None:
            give(run, question, kind="unknown")
        else:
            give(run, question, level, note=note or f"Level {level} on day {days}.")
    return finish_assessment(assessment=run, edition=edition_of(run.edition), finished_by=first.finished_by, now=now)
