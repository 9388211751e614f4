"""The real worker, as people use it: request, wait, download."""

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from assessments.models import EditionRow
from reports.models import Report, ReportState
from tests.faults.waiting import wait_until
from tests.reports.paper import broken_rules, says
from tests.runs import finish, give, scoped_run

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_report_asked_for_on_the_page_is_made_by_the_worker(
    edition_row: EditionRow, celery_worker_process: object
) -> None:
    run = scoped_run()
    give(run, "ACCESS-02", 1, note="Only the mailbox so far")
    result = finish(run)
    client = Client()
    client.force_login(run.started_by)

    client.post(reverse("report_request", args=[run.pk]), {"kind": "workings"})
    wait_until(lambda: Report.objects.filter(state=ReportState.READY).exists(), 120, "the report is ready")

    report = Report.objects.get()
    answer = client.get(reverse("report_download", args=[report.pk]))
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    answer.close()
    assert says(content, "Only the mailbox so far", result.assessment.organisation.name) == []
    assert broken_rules(content) == []
    with pikepdf.open(default_storage.path(report.file)) as opened:
        assert len(opened.pages) == report.pages
