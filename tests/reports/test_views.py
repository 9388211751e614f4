"""Requesting a report, waiting for it, downloading it, trying again."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from assessments.models import EditionRow, Result
from reports import services, storage
from reports.models import Report, ReportError, ReportState, ReportStep
from reports.queue import lifecycle
from tests.factories import OrganisationFactory, member
from tests.runs import finished_run, scoped_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def result(edition_row: EditionRow) -> Result:
    return finished_run(OrganisationFactory.create(name="Boulangerie «Lumière» / Łódź"))


@pytest.fixture
def signed_in(result: Result) -> Client:
    client = Client()
    client.force_login(result.finished_by)
    return client


@pytest.fixture
def report(result: Result) -> Report:
    return services.request_report(result=result, requested_by=result.finished_by, language="en-gb", now=timezone.now())


def ready(report: Report) -> Report:
    claim = services.claim(report_id=report.pk, now=timezone.now())
    assert claim
    stored = storage.store(content=b"%PDF-1.7 x", token=claim.token, file_name="Łódź-report-2026-11-21.pdf")
    services.finish(claim=claim, stored=stored, pages=31, now=timezone.now())
    report.refresh_from_db()
    return report


def report_of_somebody_else(report: Report) -> Report:
    """Of the same result, asked for a minute before."""
    return services.request_report(
        result=report.result,
        requested_by=member(report.result.assessment.organisation),
        language="fr",
        now=report.requested_at - timedelta(minutes=1),
    )


def page(client: Client, report: Report, **headers: str) -> str:
    return client.get(reverse("report", args=[report.pk]), headers=headers).content.decode()


def test_asking_leads_to_the_page_to_wait_on(signed_in: Client, result: Result) -> None:
    url = reverse("report_request", args=[result.assessment_id])

    first, second = signed_in.post(url), signed_in.post(url)

    report = Report.objects.get()
    assert first.headers["Location"] == second.headers["Location"] == reverse("report", args=[report.pk])
    assert (report.language, report.requested_by) == ("en-gb", result.finished_by)


def test_there_is_no_report_without_a_result(edition_row: EditionRow) -> None:
    run = scoped_run()
    client = Client()
    client.force_login(run.started_by)
    assert client.post(reverse("report_request", args=[run.pk])).status_code == 404


def test_a_viewer_downloads_but_does_not_ask(result: Result, report: Report) -> None:
    client = Client()
    client.force_login(member(result.assessment.organisation, Role.VIEWER))
    assert client.post(reverse("report_request", args=[result.assessment_id])).status_code == 403
    answer = client.get(reverse("report_download", args=[ready(report).pk]))
    assert answer.status_code == 200
    answer.close()


def test_the_page_shows_how_far_it_is_with_and_without_a_script(signed_in: Client, report: Report) -> None:
    claim = services.claim(report_id=report.pk, now=timezone.now())
    assert claim
    services.record_progress(claim=claim, progress=40, step=ReportStep.LAYING_OUT, now=timezone.now())

    shown = page(signed_in, report)

    assert "Your report is being generated" in shown
    assert "Laying out the pages" in shown
    assert 'value="40"' in shown
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in shown
    assert f'hx-get="{reverse("report", args=[report.pk])}?seen=rendering-40-' in shown


def test_a_script_gets_the_changing_part_alone(signed_in: Client, report: Report) -> None:
    part = page(signed_in, report, hx_request="true")
    assert f'hx-get="{reverse("report", args=[report.pk])}?seen=queued-0-' in part
    title, _end, rest = part.strip().partition("\n")
    assert title == "<title>Your report is waiting for its turn – Evenkeel</title>", "the tab's title follows"
    assert rest.lstrip().startswith('<div id="report-status"')
    assert "<html" not in part


def test_without_news_there_is_no_answer_to_announce(signed_in: Client, report: Report) -> None:
    (seen,) = re.findall(r'\?seen=([^"]+)"', page(signed_in, report))
    url = reverse("report", args=[report.pk])
    assert signed_in.get(url, {"seen": seen}).status_code == 204
    assert signed_in.get(url, {"seen": "rendering-40"}).status_code == 200
    report_of_somebody_else(report)
    assert signed_in.get(url, {"seen": seen}).status_code == 200, "the place in line has changed"


def test_a_ready_report_asks_no_further(signed_in: Client, report: Report) -> None:
    shown = page(signed_in, ready(report))
    assert "Your report is ready" in shown
    assert "PDF, 31 pages, 10\xa0bytes" in shown
    assert reverse("report_download", args=[report.pk]) in shown
    assert "hx-get" not in shown
    assert "refresh" not in shown


def test_a_failed_report_says_why_and_can_be_retried(signed_in: Client, report: Report) -> None:
    for _ in range(3):
        claim = services.claim(report_id=report.pk, now=timezone.now())
        assert claim
        lifecycle.fail_attempt(claim=claim, error=ReportError.MEMORY, now=timezone.now())

    shown = page(signed_in, report)
    assert "Generating it needed more memory than is allowed." in shown
    assert reverse("report_retry", args=[report.pk]) in shown

    signed_in.post(reverse("report_retry", args=[report.pk]))
    report.refresh_from_db()
    assert report.state == ReportState.QUEUED


def test_a_report_is_tried_again_three_times_a_day(signed_in: Client, report: Report) -> None:
    """By the report, whoever asks: what fails again takes a worker for minutes each time."""
    for time in range(4):
        Report.objects.filter(pk=report.pk).update(state=ReportState.FAILED, error=ReportError.TIME)
        answer = signed_in.post(reverse("report_retry", args=[report.pk]), follow=True)
        report.refresh_from_db()
        assert (report.state == ReportState.QUEUED) == (time < 3)
        assert ("tried again several times today" in answer.text) == (time == 3)
    Report.objects.filter(pk=report.pk).update(state=ReportState.QUEUED, error="")
    # A second press of the button, when it is queued already, counts nothing and says nothing.
    assert "several times today" not in signed_in.post(reverse("report_retry", args=[report.pk]), follow=True).text


def test_who_may_only_read_is_not_offered_a_retry(result: Result, report: Report) -> None:
    Report.objects.update(state=ReportState.FAILED, error=ReportError.TIME)
    client = Client()
    client.force_login(member(result.assessment.organisation, Role.VIEWER))
    assert "Try again" not in page(client, report)
    assert client.post(reverse("report_retry", args=[report.pk])).status_code == 403


def test_the_file_comes_as_an_attachment_under_its_name(signed_in: Client, report: Report) -> None:
    answer = signed_in.get(reverse("report_download", args=[ready(report).pk]))

    assert b"".join(answer.streaming_content) == b"%PDF-1.7 x"  # type: ignore[attr-defined]
    answer.close()
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Length"] == "10"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"].startswith("max-age=0")
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename*=utf-8''%C5%81%C3%B3d%C5%BA-report-2026-11-21.pdf"
    )


def test_a_report_that_is_not_ready_leads_to_the_page_to_wait_on(signed_in: Client, report: Report) -> None:
    answer = signed_in.get(reverse("report_download", args=[report.pk]))
    assert answer.headers["Location"] == reverse("report", args=[report.pk])


def test_a_file_that_is_gone_is_made_again(signed_in: Client, report: Report) -> None:
    storage.delete_file(ready(report).file)
    answer = signed_in.get(reverse("report_download", args=[report.pk]))
    report.refresh_from_db()
    assert answer.headers["Location"] == reverse("report", args=[report.pk])
    assert report.state == ReportState.QUEUED


def test_a_missing_report_is_missing(signed_in: Client) -> None:
    for name in ("report", "report_download"):
        assert signed_in.get(reverse(name, args=[uuid4()])).status_code == 404


def test_an_old_lease_shows_as_being_made(signed_in: Client, report: Report) -> None:
    services.claim(report_id=report.pk, now=timezone.now() - timedelta(hours=1))
    assert "Your report is being generated" in page(signed_in, report)
