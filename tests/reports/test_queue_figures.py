"""What administrators see of the queue."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import EditionRow, Result
from reports import services
from reports.models import Report, ReportError, ReportState
from reports.queue_figures.page import queue_page
from tests.factories import OrganisationFactory, UserFactory
from tests.pages import parse, text_of
from tests.runs import finished_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def result(edition_row: EditionRow) -> Result:
    return finished_run(OrganisationFactory.create(name="Boulangerie Lumière"))


def ask(result: Result, number: int, ago: timedelta) -> Report:
    return services.request_report(
        result=result, requested_by=result.finished_by, language=f"l{number}", now=timezone.now() - ago
    )


def test_depth_age_and_failures_without_a_word_of_the_content(result: Result, client: Client) -> None:
    ask(result, 0, timedelta(minutes=7))
    ask(result, 1, timedelta(seconds=5))
    working = ask(result, 2, timedelta(hours=3))
    assert services.claim(report_id=working.pk, now=timezone.now())
    for number, error in ((3, ReportError.TIME), (4, ReportError.STORAGE), (5, ReportError.TIME)):
        failed = ask(result, number, timedelta(hours=3))
        Report.objects.filter(pk=failed.pk).update(state=ReportState.FAILED, error=error)
    reports, bundles, exports, portfolios = queue_page(timezone.now()).lines
    assert (reports.waiting, reports.oldest, reports.in_work, reports.failed) == (2, "7 minutes", 1, 3)
    assert (bundles.waiting, bundles.oldest, exports.waiting, portfolios.waiting) == (0, "", 0, 0)
    client.force_login(UserFactory.create(is_staff=True, is_superuser=True))
    page = client.get("/report-queue/")
    words = text_of(parse(page))
    assert "Generating it took longer than is allowed. (2)" in words
    assert "Boulangerie" not in page.content.decode()
    assert result.finished_by.email not in page.content.decode()


def test_an_abandoned_report_waits(result: Result) -> None:
    report = ask(result, 0, timedelta(hours=3))
    services.claim(report_id=report.pk, now=timezone.now() - timedelta(hours=1))
    (reports, *_others) = queue_page(timezone.now()).lines
    assert (reports.waiting, reports.oldest, reports.in_work) == (1, "3 hours", 0)


def test_it_costs_the_same_however_much_waits(result: Result) -> None:
    costs = []
    for size in (1, 3, 40):
        for number in range(Report.objects.count(), size):
            ask(result, number, timedelta(seconds=number))
        with CaptureQueriesContext(connection) as queries:
            queue_page(timezone.now())
        costs.append(len(queries))
    assert costs == [8, 8, 8]
