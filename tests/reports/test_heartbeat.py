"""A live worker keeps its claim; one that lost it stops beating."""

import threading

import pytest
from django.conf import LazySettings
from django.utils import timezone

from assessments.models import EditionRow
from reports import services
from reports.models import Report
from reports.worker.heartbeat import heartbeat
from tests.faults.waiting import wait_until
from tests.runs import finished_run

pytestmark = pytest.mark.django_db(transaction=True)


def beating() -> bool:
    return any(thread.name == "heartbeat" for thread in threading.enumerate())


def test_it_beats_while_there_is_work_and_stops_after(edition_row: EditionRow, settings: LazySettings) -> None:
    settings.REPORT_LEASE_SECONDS = 1
    result = finished_run()
    report = services.request_report(
        result=result, requested_by=result.finished_by, language="en-gb", now=timezone.now()
    )
    claim = services.claim(report_id=report.pk, now=timezone.now())
    assert claim
    first = Report.objects.get().lease_until
    assert first

    with heartbeat(claim):
        wait_until(lambda: (Report.objects.get().lease_until or first) > first, 20, "the lease is extended")
        Report.objects.update(lease_until=None, token=None, state="queued")
        wait_until(lambda: not beating(), 20, "it notices that the claim is gone")
    assert not beating()
