"""One report in many hangs, eats memory, breaks or kills its worker: it fails alone, and says why."""

import pytest
from django.utils import timezone

from assessments.models import EditionRow
from reports import services
from reports.models import Report, ReportError, ReportState
from tests.celery_worker import celery_worker
from tests.factories import OrganisationFactory
from tests.faults.poisoned import BROKEN, HANG, HUNGRY, KILLED
from tests.faults.waiting import wait_until
from tests.runs import finished_run

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

REASONS = {
    HANG: ReportError.TIME,
    HUNGRY: ReportError.MEMORY,
    BROKEN: ReportError.UNEXPECTED,
    KILLED: ReportError.STOPPED,
}
PATIENCE = 240


def ask(name: str) -> Report:
    result = finished_run(OrganisationFactory.create(name=name))
    return services.request_report(result=result, requested_by=result.finished_by, language="en-gb", now=timezone.now())


def test_poisoned_reports_fail_with_their_reason_and_the_others_are_made(
    edition_row: EditionRow, quick: dict[str, str]
) -> None:
    poisoned = {name: ask(name) for name in REASONS}
    sound = [ask(f"Bakery {number}") for number in range(4)]

    with celery_worker(concurrency=2, beat=True, app="tests.faults.poisoned", settings=quick):
        wait_until(
            lambda: not Report.objects.filter(state__in=(ReportState.QUEUED, ReportState.RENDERING)).exists(),
            PATIENCE,
            "every report is ready or failed",
        )

    assert Report.objects.filter(pk__in=[report.pk for report in sound], state=ReportState.READY).count() == 4
    found = {name: Report.objects.get(pk=report.pk) for name, report in poisoned.items()}
    assert {name: report.state for name, report in found.items()} == dict.fromkeys(REASONS, ReportState.FAILED)
    assert {name: report.error for name, report in found.items()} == REASONS
    assert {name: report.attempts for name, report in found.items()} == {**dict.fromkeys(REASONS, 3), KILLED: 0}
