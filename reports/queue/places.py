"""Where a report stands in line, and how long the newest ones took: for the person who waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from reports.models import Report, ReportState
from reports.queries import ASKED, IN_TURN, UNFINISHED, ahead_of

MEASURED = 20
"""So many of the newest finished reports of a kind and format say how long one takes."""


@dataclass(frozen=True, slots=True)
class PlaceInLine:
    """How many reports come before this one; `in_work` of them are being made at this moment."""

    before: int
    in_work: int


def place_in_line(report: Report, now: datetime) -> PlaceInLine:
    """Of a report that waits, by the rules of `reports.queries.in_turn`, in one query.

    Of each other person as many count as have their turn before this one has: whoever asks for a hundred is not
    waited for a hundred times. What is made in advance comes after all, unless it is in work already.
    """
    in_work = Q(state=ReportState.RENDERING, lease_until__gte=now)
    rows = Report.objects.order_by().filter(state__in=UNFINISHED).exclude(pk=report.pk)
    counted = rows.values("requested_by").annotate(
        working=Count("pk", filter=in_work), waiting=Count("pk", filter=ASKED & ahead_of(report) & ~in_work)
    )
    waiting: dict[int | None, int] = {each["requested_by"]: each["waiting"] for each in counted}
    working = sum(each["working"] for each in counted)
    own = waiting.pop(report.requested_by_id, 0)
    others = sum(min(count, max(IN_TURN, own + 1)) for count in waiting.values())
    return PlaceInLine(working + own + others, working)


def newest_durations(report: Report) -> Sequence[timedelta]:
    """How long the newest finished reports of this kind and format took, from the beginning of their last attempt."""
    rows = Report.objects.filter(kind=report.kind, format=report.format, state=ReportState.READY)
    measured = rows.exclude(begun_at=None).order_by("-ready_at").values_list("begun_at", "ready_at")
    return [ready - begun for begun, ready in measured[:MEASURED] if begun and ready]
