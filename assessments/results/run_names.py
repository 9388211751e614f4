"""What a finished assessment is called: its day, and which one of that day it is."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from assessments.models import Assessment, AssessmentState
from assessments.wording.phrases import numbered_day


def run_name(run: Assessment) -> str:
    """ "3 May 2026", or "3 May 2026, second" for the second one that the organisation finished on that day."""
    return run_names([run])[run.pk]


def run_names(runs: Iterable[Assessment]) -> Mapping[UUID, str]:
    """Of finished assessments, of any organisations, in one query: `run_name` by key."""
    return {key: numbered_day(day, place) for key, (day, place) in _days(runs).items()}


def place_in_day(run: Assessment) -> int:
    """1 for the first assessment that the organisation finished on that day."""
    _, place = _days([run])[run.pk]
    return place


def _days(runs: Iterable[Assessment]) -> Mapping[UUID, tuple[date, int]]:
    """Days are those of UTC, as everywhere in a report."""
    runs = list(runs)
    days = {run.finished_at.date() for run in runs if run.finished_at}
    finished = Assessment.objects.filter(
        organisation__in={run.organisation_id for run in runs},
        state=AssessmentState.FINISHED,
        finished_at__date__range=(min(days), max(days)) if days else (date.min, date.min),
    ).order_by("finished_at", "pk")
    seen: Counter[tuple[UUID, date]] = Counter()
    found: dict[UUID, tuple[date, int]] = {}
    for key, organisation, day in finished.values_list("pk", "organisation", "finished_at__date"):
        seen[organisation, day] += 1
        found[key] = day, seen[organisation, day]
    return found
