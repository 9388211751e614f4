"""Waiting for a report in a browser: the page follows by itself, with and without JavaScript."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from assessments.models import EditionRow
from reports import services, storage
from reports.models import Report, ReportStep
from reports.queue.lifecycle import Claim
from tests.browser.accessibility import violations
from tests.browser.conftest import NewPage
from tests.runs import finished_run

SignIn = Callable[[Page, User], None]


@pytest.fixture
def report(edition_row: EditionRow, transactional_db: None) -> Report:
    result = finished_run()
    return services.request_report(result=result, requested_by=result.finished_by, language="en-gb", now=timezone.now())


def begin(report: Report) -> Claim:
    claim = services.claim(report_id=report.pk, now=timezone.now())
    assert claim
    services.record_progress(claim=claim, progress=40, step=ReportStep.LAYING_OUT, now=timezone.now())
    return claim


def end(claim: Claim) -> None:
    stored = storage.store(content=b"%PDF-1.7", token=claim.token, file_name="Bakery-report-2026-11-21.pdf")
    services.finish(claim=claim, stored=stored, pages=3, now=timezone.now())


def test_the_page_follows_the_report(page: Page, report: Report, sign_in: SignIn) -> None:
    sign_in(page, report.result.finished_by)
    page.goto(f"/reports/{report.pk}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your report is waiting for its turn")
    assert violations(page) == []
    claim = begin(report)
    expect(page.get_by_text("Laying out the pages")).to_be_visible()
    assert violations(page) == []
    end(claim)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your report is ready")
    expect(page).to_have_title("Your report is ready – Evenkeel")
    assert violations(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the report").click()
    assert download.value.suggested_filename == "Bakery-report-2026-11-21.pdf"


def test_without_a_script_the_page_looks_again(new_page: NewPage, report: Report, sign_in: SignIn) -> None:
    page = new_page(javascript=False)
    sign_in(page, report.result.finished_by)
    page.goto(f"/reports/{report.pk}/")
    expect(page.get_by_role("link", name="Refresh")).to_be_visible()
    end(begin(report))
    expect(page.get_by_role("heading", level=1)).to_have_text("Your report is ready")
