"""What a finished assessment is called: its day, and which one of that day it is."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import Assessment, AssessmentState
from assessments.wording.phrases import numbered_day


def run_name(run: Assessment) -> str:
    """ "3 May 2026", or "3 May 2026, second" for the second one that the organisation finished on that day."""
    return run_names([run])[run.pk]


def result_title(day: str, *, interim: bool) -> str:
    """What pages call a result. `day` is `run_name`, or the day alone."""
    text = _("Interim result of %(day)s") if interim else _("Result of %(day)s")
    return text % {"day": day}


def run_names(runs: Iterable[Assessment]) -> Mapping[UUID, str]:
    """Of finished assessments, of any organisations, in one query: `run_name` by key."""
    return {key: numbered_day(day, place) for key, (day, place) in _days(runs).items()}


def names_of_days(days: Iterable[tuple[UUID, date]]) -> Mapping[UUID, str]:
    """The same without a query: keys and days of all that one organisation finished, in the order of finishing."""
    seen: Counter[date] = Counter()
    found = {}
    for key, day in days:
        seen[day] += 1
        found[key] = numbered_day(day, seen[day])
    return found


def place_in_day(run: Assessment) -> int:
    """1 for the first assessment that the organisation finished on that day."""
    _, place = _days([run])[run.pk]
    return place


def _days(runs: Iterable[Assessment]) -> Mapping[UUID, tuple[date, int]]:
    """Days are those of the current time zone: the reader's on a page, UTC in a report."""
    runs = list(runs)
    days = {timezone.localdate(run.finished_at) for run in runs if run.finished_at}
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
