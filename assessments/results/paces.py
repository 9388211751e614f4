"""How fast this installation's own assessments were answered, for the times that pages promise."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from django.core.cache import cache
from django.db.models import F

from assessments.bank.types import Depth
from assessments.models import Answer, Assessment, AssessmentState
from assessments.scoring.time_needed import Pace, measured_pace

NEWEST = 60
"""Older runs say less about the questions of today, and reading them takes longer."""
A_DAY = 24 * 60 * 60


def pace_of(depth: Depth) -> Pace | None:
    """One query, once a day. Nobody's times can be told from it: it stands on twenty runs or more."""
    key = f"assessments.pace.{depth}"
    kept: tuple[float, float] | None = cache.get_or_set(key, lambda: _measured(depth), A_DAY)
    return Pace(*kept) if kept else None


def _measured(depth: Depth) -> tuple[float, float] | tuple[()]:
    """As plain numbers; empty where there are too few runs, so that the cache keeps that too."""
    found = measured_pace(_saved_moments(depth))
    return (found.low, found.high) if found else ()


def _saved_moments(depth: Depth) -> Iterator[list[datetime]]:
    """Of runs that began without answers: what is taken over was not read for the first time."""
    finished = Assessment.objects.filter(state=AssessmentState.FINISHED, interim=False, previous=None, depth=depth)
    newest = finished.order_by(F("finished_at").desc()).values("pk")[:NEWEST]
    rows = Answer.objects.filter(assessment__in=newest).order_by("assessment")
    saved = rows.values_list("assessment", "saved_at").iterator()
    for _, own in groupby(saved, key=itemgetter(0)):
        yield [moment for _, moment in own]
