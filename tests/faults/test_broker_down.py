"""Redis is down: requests are answered at once, and the report is generated when it is back."""

import time
from uuid import uuid4

import pytest
from celery import Celery
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import EditionRow
from reports import services
from reports.models import Report, ReportState
from reports.queue import notifications
from tests.celery_worker import celery_worker
from tests.faults.waiting import wait_until
from tests.runs import finished_run

NOBODY_THERE = "redis://127.0.0.1:1/0"


@pytest.fixture
def broker_down(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Celery("down", broker=NOBODY_THERE, set_as_current=False)
    app.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    monkeypatch.setattr(notifications, "current_app", app)


def test_a_message_that_cannot_be_sent_says_so_at_once(broker_down: None) -> None:
    started = time.monotonic()
    assert notifications.notify_worker(uuid4()) is False
    assert notifications.notify_worker(uuid4()) is False
    assert time.monotonic() - started < 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_report_asked_for_meanwhile_is_made_afterwards(
    edition_row: EditionRow, broker_down: None, quick: dict[str, str]
) -> None:
    result = finished_run()
    client = Client()
    client.force_login(result.finished_by)

    answer = client.post(reverse("report_request", args=[result.assessment_id]))
    report = Report.objects.get()
    assert answer.status_code == 302
    assert services.sweep(now=timezone.now()) == 0

    with celery_worker(beat=True, settings=quick):
        wait_until(
            lambda: Report.objects.filter(pk=report.pk, state=ReportState.READY).exists(), 120, "the report is ready"
        )
