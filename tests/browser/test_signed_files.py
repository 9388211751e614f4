"""A signed file: downloaded, checked by somebody else, gone on from; each page as axe and people see it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Role, User
from assessments.models import EditionRow
from tests.browser.accessibility import check_looks
from tests.factories import OrganisationFactory
from tests.reports.signing.signed_reports import CONTENT, ready_report
from tests.runs import finished_run

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_from_the_download_to_a_new_assessment(
    page: Page, edition_row: EditionRow, transactional_db: None, sign_in: Callable[[Page, User], None], tmp_path: Path
) -> None:
    result = finished_run(OrganisationFactory.create(name="Boulangerie Lumière"))
    report, second = ready_report(result), OrganisationFactory.create(name="Second shop")
    second.memberships.create(user=result.finished_by, role=Role.OWNER)
    sign_in(page, result.finished_by)
    page.goto(f"/reports/{report.pk}/")
    page.get_by_text("Prove that this report is unchanged").click()
    check_looks(page)
    page.get_by_label("Facts and answers as well").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the signed file").click()
    signed, pdf = tmp_path / download.value.suggested_filename, tmp_path / "a.pdf"
    download.value.save_as(signed)
    pdf.write_bytes(CONTENT)
    assert signed.name.endswith(".evenkeel.json")

    page.goto("/verify/")
    check_looks(page)
    page.get_by_label("The signed file").set_input_files(signed)
    page.get_by_label("The report").set_input_files(pdf)
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("status").first).to_have_text("Nothing was changed, and it is known who signed it.")
    check_looks(page)
    page.get_by_label("The signed file").set_input_files(pdf)
    page.get_by_role("button", name="Check it").click()
    expect(page.locator("#error-summary")).to_contain_text("This is a report.")
    check_looks(page)

    page.goto(f"/organisations/{second.pk}/")
    page.get_by_role("link", name="Go on from a signed file").click()
    check_looks(page)
    page.get_by_label("The signed file").set_input_files(signed)
    page.get_by_role("button", name="Show what it would bring").click()
    expect(page.get_by_role("heading", name="What would begin")).to_be_visible()
    check_looks(page)
    page.get_by_role("button", name="Begin with it").click()
    expect(page.get_by_text("Your assessment begins with what the file holds.")).to_be_visible()
