"""One try at one report, from the claim to the finished row."""

import logging
from collections.abc import Callable
from datetime import datetime

from celery.exceptions import SoftTimeLimitExceeded
from django.utils import timezone, translation

from assessments.editions import edition_of
from assessments.gains import first_gain
from assessments.queries import outcome_of
from assessments.records import recorded_answers
from reports import pdf, services, storage
from reports.document import ReportDocument, Source, build, file_name
from reports.models import Report, ReportError, ReportStep
from reports.pulse import pulse
from reports.services import Claim

BEAT_SECONDS = 0.5
"""At most so often is progress written down."""

logger = logging.getLogger(__name__)


class ClaimLost(Exception):
    """Another worker has taken the report over."""


class NotStored(Exception):
    """The finished file could not be put away."""


def render(claim: Claim) -> None:
    """Finish the report, or write down why not: the row is where the outcome goes."""
    try:
        with pulse(claim):
            _render(claim)
    except ClaimLost:
        logger.warning("report %s was taken over by another worker", claim.report_id)
    except SoftTimeLimitExceeded:
        _failed(claim, ReportError.TIME)
    except MemoryError:
        _failed(claim, ReportError.MEMORY)
    except NotStored:
        _failed(claim, ReportError.STORAGE)
    except Exception:  # whatever it is, the person who waits must hear of it
        _failed(claim, ReportError.UNEXPECTED)


def _render(claim: Claim) -> None:
    report = Report.objects.select_related(
        "result__assessment__organisation", "result__assessment__edition", "result__frozen_by"
    ).get(pk=claim.report_id)
    progress = Progress(claim, timezone.now)
    with translation.override(report.language):
        made = pdf.make(document_of(report), progress)
    progress.show(95, ReportStep.STORING)
    stored = _store(report, claim, made.content)
    if not services.finish(claim=claim, stored=stored, pages=made.pages, now=timezone.now()):
        storage.delete(stored.name)
        raise ClaimLost


def _store(report: Report, claim: Claim, content: bytes) -> storage.StoredFile:
    result = report.result
    name = file_name(result.assessment.organisation.name, result.frozen_at.date().isoformat())
    try:
        return storage.store(content=content, token=claim.token, file_name=name)
    except Exception as problem:  # every storage fails in its own way
        raise NotStored from problem


def document_of(report: Report) -> ReportDocument:
    """Everything that the report says, from its frozen result."""
    result = report.result
    assessment = result.assessment
    edition = edition_of(assessment.edition)
    return build(
        Source(
            organisation=assessment.organisation.name,
            frozen_on=result.frozen_at.date(),
            facts=assessment.facts,
            edition=edition,
            outcome=outcome_of(edition, result),
            first_gain=first_gain(result.outcome),
            answers=recorded_answers(result.answers),
            language=report.language,
        )
    )


class Progress:
    """Writes progress down now and then. Raises ClaimLost when somebody else has taken over."""

    def __init__(self, claim: Claim, clock: Callable[[], datetime]) -> None:
        self._claim = claim
        self._clock = clock
        self._written_at = clock()

    def show(self, percent: int, step: ReportStep) -> None:
        now = self._clock()
        if (now - self._written_at).total_seconds() < BEAT_SECONDS:
            return
        self._written_at = now
        if not services.heartbeat(claim=self._claim, progress=percent, step=step, now=now):
            raise ClaimLost


def _failed(claim: Claim, error: ReportError) -> None:
    logger.exception("report %s failed at try %d: %s", claim.report_id, claim.attempt, error)
    services.fail(claim=claim, error=error, now=timezone.now())
