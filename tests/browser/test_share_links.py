"""Sharing a report by a link, in a browser: two clicks, the address to copy, and what a visitor sees."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.audit import Actor
from accounts.models import User
from assessments.models import EditionRow
from reports.models import Report
from reports.share_links.services import make_share_link
from tests.access.site import ready_report
from tests.browser.accessibility import check_looks
from tests.browser.conftest import NewPage
from tests.factories import OrganisationFactory, UserFactory
from tests.runs import finished_run

pytestmark = pytest.mark.long
SignIn = Callable[[Page, User], None]
LONG = "Ms Moreau, Physiotherapie- und Rehabilitationsgemeinschaft Oberes Tal GmbH & Co."


@pytest.fixture
def report(edition_row: EditionRow, transactional_db: None) -> Report:
    return ready_report(finished_run(OrganisationFactory.create(name="Boulangerie Lumière")))


def test_two_clicks_and_a_visitor_without_an_account(
    page: Page, new_page: NewPage, report: Report, sign_in: SignIn
) -> None:
    sign_in(page, report.result.finished_by)
    page.goto(f"/reports/{report.pk}/")
    check_looks(page)
    page.get_by_role("link", name="Share by a link").click()
    check_looks(page)
    page.get_by_role("button", name="Make the link").click()
    address = page.get_by_label("The link", exact=True).input_value()
    check_looks(page)
    visitor = new_page()
    visitor.goto(urlsplit(address).path)
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Boulangerie Lumière shares a report with you")
    check_looks(visitor)
    with visitor.expect_download() as download:
        visitor.get_by_role("link", name="Download the report").click()
    assert download.value.suggested_filename == "a.pdf"
    assert visitor.context.cookies() == []
    page.goto(f"/reports/{report.pk}/")
    expect(page.get_by_text("Opened 1 time, downloaded 1 time")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="Revoke").click()
    visitor.reload()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("This link opens nothing")
    check_looks(visitor)


def test_lists_of_links_and_the_queue(page: Page, report: Report, sign_in: SignIn) -> None:
    owner = report.result.finished_by
    make_share_link(report=report, key="k", days=365, label=LONG[:80], by=Actor(owner), now=timezone.now())
    sign_in(page, owner)
    for path in (f"/reports/{report.pk}/", f"/reports/{report.pk}/links/"):
        page.goto(path)
        check_looks(page)
    page.goto(f"/organisations/{report.result.assessment.organisation_id}/links/")
    check_looks(page)
    page.context.clear_cookies()
    sign_in(page, UserFactory.create(is_staff=True, is_superuser=True))
    page.goto("/report-queue/")
    check_looks(page)
