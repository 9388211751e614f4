"""One attempt at one report, from the claim to the finished row."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone, translation

from assessments.editions.stored import edition_of
from assessments.queries import load_scored_result
from assessments.results.comparison import earlier_result, told_since
from assessments.results.plan_gain import load_plan_gain
from assessments.results.recorded_answers import load_recorded_answers
from assessments.results.run_names import place_in_day
from reports import services, storage
from reports.consultant_words.frozen import frozen_entries
from reports.document import ReportDocument, Source, build, file_name
from reports.formats.renderer import renderer_of
from reports.models import Report, ReportStep
from reports.queue.lifecycle import Claim
from reports.signing.keys import issuer
from reports.taken_on import taken_by_question
from reports.worker.attempts import ClaimLost, NotStored, one_attempt

PROGRESS_SECONDS = 0.5
"""Progress is written at most this often."""


def render(claim: Claim) -> None:
    """Finish the report, or record why not: the row holds the outcome."""
    with one_attempt(claim, step=ReportStep.WAITING):
        _render(claim)


def _render(claim: Claim) -> None:
    report = reports_to_render().filter(pk=claim.pk).first()
    if report is None:
        raise ClaimLost
    progress = RenderProgress(claim, timezone.now)
    with translation.override(report.language):
        rendered = renderer_of(report.file_format)(document_of(report), progress)
    progress.show(95, ReportStep.STORING)
    stored = _store(report, claim, rendered.content)
    if not services.finish(claim=claim, stored=stored, pages=rendered.pages, now=timezone.now()):
        storage.delete_file(stored.name)
        raise ClaimLost


def _store(report: Report, claim: Claim, content: bytes) -> storage.StoredFile:
    result = report.result
    place = place_in_day(result.assessment)
    day = result.finished_at.date().isoformat() + (f"-{place}" if place > 1 else "")
    kind, suffix = report.report_kind, report.file_format.suffix
    name = file_name(result.assessment.organisation.name, kind.file_word, day, suffix)
    try:
        return storage.store(content=content, token=claim.token, file_name=name)
    except Exception as problem:  # every storage fails in its own way
        raise NotStored from problem


def reports_to_render() -> QuerySet[Report]:
    """Each with what `document_of` reads. The worker's role in the database may not read passwords."""
    rows = Report.objects.select_related(
        "result__assessment__organisation", "result__assessment__edition", "result__finished_by", "brand__consultancy"
    )
    return rows.defer("result__finished_by__password")


def document_of(report: Report) -> ReportDocument:
    """Everything that the report says, built from its frozen result."""
    result = report.result
    assessment = result.assessment
    edition = edition_of(assessment.edition)
    earlier = earlier_result(result)
    return build(
        Source(
            organisation=assessment.organisation.name,
            finished_on=result.finished_at.date(),
            facts=assessment.facts,
            edition=edition,
            outcome=load_scored_result(edition, result),
            first_gain=load_plan_gain(result.outcome),
            answers=load_recorded_answers(result.answers),
            language=report.language,
            brand=report.brand,
            since=told_since(earlier, result) if earlier else None,
            interim=assessment.interim,
            place_in_day=place_in_day(assessment),
            taken=taken_by_question(report.taken_on),
            entries=frozen_entries(report.words),
            site=issuer(),
        ),
        report.report_kind,
    )


class RenderProgress:
    """Records progress from time to time. Raises ClaimLost when another worker has taken over."""

    def __init__(self, claim: Claim, clock: Callable[[], datetime]) -> None:
        self._claim = claim
        self._clock = clock
        self._written_at = clock()

    def show(self, percent: int, step: ReportStep) -> None:
        now = self._clock()
        if (now - self._written_at).total_seconds() < PROGRESS_SECONDS:
            return
        self._written_at = now
        if not services.record_progress(claim=self._claim, progress=percent, step=step, now=now):
            raise ClaimLost
