"""A worker makes the owner's report before anybody asks; it is killed, Redis is wiped or away, and nobody notices."""

import os
import signal

import pytest
from celery import Celery
from django.conf import LazySettings, settings
from django.test import Client
from django.urls import reverse

from assessments.models import EditionRow, Result
from reports.models import Report, ReportState
from reports.queue import notifications
from tests.celery_worker import celery_worker
from tests.faults.test_broker_down import NOBODY_THERE
from tests.faults.test_lost_workers import forget_all_messages, ready, rendering
from tests.faults.waiting import wait_until
from tests.runs import answered_run

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PATIENCE = 180


@pytest.fixture(autouse=True)
def switched_on(settings: LazySettings) -> None:
    settings.REPORTS_IN_ADVANCE = True


def submitted() -> tuple[Client, Result]:
    """Over the pages, by the owner."""
    run = answered_run()
    client = Client()
    client.force_login(run.started_by)
    assert client.post(reverse("assessment_finish", args=[run.pk])).status_code == 302
    return client, Result.objects.get(assessment=run)


def test_it_is_made_whatever_ends_in_between(edition_row: EditionRow, quick: dict[str, str]) -> None:
    client, result = submitted()
    own = {**quick, "REPORTS_IN_ADVANCE": "true"}
    with celery_worker(beat=True, settings=own) as worker:
        wait_until(rendering, PATIENCE, "the report is being made")
        os.killpg(worker.pid, signal.SIGKILL)
    forget_all_messages()
    with celery_worker(beat=True, settings=own):
        wait_until(lambda: ready() == 1, PATIENCE, "the report is ready")

    report = Report.objects.get()
    assert (report.requested_by, report.attempts, report.lost_leases) == (None, 0, 1)
    answer = client.post(reverse("report_request", args=[result.assessment_id]))
    assert answer["Location"] == reverse("report", args=[report.pk])
    assert b"Your report is ready" in client.get(answer["Location"]).content


def test_submitting_does_not_speak_to_a_broker(edition_row: EditionRow, monkeypatch: pytest.MonkeyPatch) -> None:
    away = Celery("away", broker=NOBODY_THERE, set_as_current=False)
    away.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    spoken: list[object] = []
    monkeypatch.setattr(away, "send_task", lambda *given, **_: spoken.append(given))
    monkeypatch.setattr(notifications, "current_app", away)

    submitted()
    assert Report.objects.get().state == ReportState.QUEUED
    assert spoken == []


def test_a_switch_turned_off_in_the_worker_leaves_it_to_who_asks(
    edition_row: EditionRow, quick: dict[str, str]
) -> None:
    client, result = submitted()
    with celery_worker(beat=True, settings=quick):
        client.post(reverse("report_request", args=[result.assessment_id]))
        wait_until(lambda: ready() == 1, PATIENCE, "the report is ready")
    assert Report.objects.get().requested_by == result.finished_by
