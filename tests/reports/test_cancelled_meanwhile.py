"""Two people at the same moment: one cancels a report, the other puts it into a bundle, or cancels it too."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Organisation
from assessments.models import EditionRow, Result
from launch.processes import wait_until
from reports import services
from reports.models import BundleItem, Report
from reports.queue.cancelling import cancel_report
from tests.access.test_ended_meanwhile import waits
from tests.factories import ConsultancyFactory, member
from tests.reports.clients import ask, result_of

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60


@pytest.fixture
def consultancy(edition_row: EditionRow) -> Organisation:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    return ConsultancyFactory.create()


@pytest.fixture
def result(consultancy: Organisation) -> Result:
    return result_of(consultancy, "Bakery")


@pytest.fixture
def report(result: Result) -> Report:
    return services.request_report(result=result, requested_by=result.finished_by, language="en-gb", now=timezone.now())


def at_once(first: Callable[[], object], second: Callable[[], Any]) -> Any:
    """What `second` returns, which waits for what `first` locks and goes on once that is committed."""

    def in_a_thread() -> Any:
        try:
            return second()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            first()
            waiting: Future[Any] = other.submit(in_a_thread)
            wait_until(waits, [], PATIENCE)
        return waiting.result()


def test_a_bundle_that_was_first_keeps_its_report(consultancy: Organisation, result: Result, report: Report) -> None:
    adviser = member(consultancy)
    gone = at_once(
        lambda: ask(consultancy, [result], adviser),
        lambda: cancel_report(report=report, by=result.finished_by, now=timezone.now()),
    )
    assert not gone
    assert BundleItem.objects.get().report_id == report.pk


def test_a_bundle_that_was_later_asks_anew(consultancy: Organisation, result: Result, report: Report) -> None:
    adviser = member(consultancy)
    at_once(
        lambda: cancel_report(report=report, by=result.finished_by, now=timezone.now()),
        lambda: ask(consultancy, [result], adviser),
    )
    assert BundleItem.objects.get().report_id == Report.objects.get().pk != report.pk


def test_two_clicks_at_once_both_find_it_gone(result: Result, report: Report) -> None:
    def cancel() -> bool:
        return cancel_report(report=report, by=result.finished_by, now=timezone.now())

    assert at_once(cancel, cancel) is True
    assert not Report.objects.exists()
