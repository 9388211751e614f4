"""The pages on the main ways in forced colours, and enlarged to 200 and 400 %, each as one visitor meets them."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect

from accounts.audit import Actor
from accounts.models import Organisation, Role, User
from assessments.bank.types import Depth
from assessments.models import Assessment, EditionRow, Result
from reports.kinds.registry import STATEMENT
from reports.models import Report
from reports.services import request_report
from reports.share_links.services import make_share_link
from tests.browser.accessibility import check_enlarged
from tests.browser.test_pages import LONG_NAME, UNBROKEN, SignIn, failed_report
from tests.factories import OrganisationFactory, UserFactory, member
from tests.guest.guests import Guest
from tests.reports.signing.signed_reports import CONTENT, ready_report, signed_file
from tests.runs import answered_run, asked_questions, finish, give, scoped_run, started_run

pytestmark = pytest.mark.long
KEY = "the-key-of-a-link"


@dataclass(frozen=True)
class Enterprise:
    """A business with a new run, one with two answers, and a result with a report in each state."""

    owner: User
    new_run: Assessment
    run: Assessment
    result: Result
    ready: Report
    others: tuple[Report, Report]

    def paths(self) -> Iterator[str]:
        new, run, finished = (f"/assessments/{each.pk}" for each in (self.new_run, self.run, self.result.assessment))
        business = f"/organisations/{self.run.organisation_id}"
        yield from (f"{new}/scope/where/", f"{run}/scope/", f"{run}/depth/", f"{run}/", f"{run}/check/")
        yield from (f"{run}/domains/GOV/", f"{run}/domains/ACCESS/")
        yield from (f"{finished}/result/", f"{finished}/result/what-if/?step=ACCESS-02")
        yield from (f"/reports/{each.pk}/" for each in (self.ready, *self.others))
        yield from (f"/reports/{self.ready.pk}/links/", f"{business}/links/", f"/shared/{KEY}/", f"{business}/plan/")


@pytest.fixture
def enterprise(edition_row: EditionRow, transactional_db: None) -> Enterprise:
    business = OrganisationFactory.create(name=LONG_NAME)
    owner, now = member(business, name="Camille Roux"), timezone.now()
    finished = answered_run(business, by=owner)
    for question in asked_questions(finished)[:4]:
        give(finished, question.id, 0, note=UNBROKEN)
    result = finish(finished)
    run = scoped_run(business, by=owner, depth=Depth.STANDARD)
    for known in [each for each in asked_questions(run) if each.domain == "ACCESS"][:2]:
        give(run, known.id, 3, note=UNBROKEN, evidence="Screenshot of the settings")
    ready = ready_report(result)
    make_share_link(report=ready, key=KEY, days=365, label="For the bank", by=Actor(owner), now=now)
    waiting = request_report(result=result, requested_by=owner, language="en-gb", now=now, kind=STATEMENT)
    new_run = started_run(second_shop(owner), by=owner)
    return Enterprise(owner, new_run, run, result, ready, (waiting, failed_report(result, owner)))


def second_shop(owner: User) -> Organisation:
    shop = OrganisationFactory.create(name="Second shop")
    shop.memberships.create(user=owner, role=Role.OWNER)
    return shop


def test_a_guest(page: Page, edition_row: EditionRow, transactional_db: None) -> None:
    guest = Guest().answer_all(0, 3, None)
    remember(page, guest)
    for path in ("/", "/check/", "/check/about-you/1/", "/check/questions/2/", "/check/so-far/", "/check/result/"):
        visit(page, path)
    guest.client.force_login(member(OrganisationFactory.create(name=LONG_NAME)))
    remember(page, guest)
    visit(page, "/check/keep/")


def remember(page: Page, guest: Guest) -> None:
    session = guest.client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base_url(page)}])


def base_url(page: Page) -> str:
    page.goto("/robots.txt")
    return page.url.removesuffix("/robots.txt")


def visit(page: Page, path: str) -> None:
    answer = page.goto(path)
    assert answer is not None
    assert (answer.status, answer.url.endswith(path)) == (200, True), answer.url
    check_enlarged(page)


def test_an_owner(page: Page, enterprise: Enterprise, sign_in: SignIn) -> None:
    sign_in(page, enterprise.owner)
    for path in enterprise.paths():
        visit(page, path)
    set_up(page, enterprise.new_run)


def set_up(page: Page, run: Assessment) -> None:
    """Trade, what it assumes, what is left to ask, what applies."""
    visit(page, f"/assessments/{run.pk}/trade/")
    page.get_by_label("Where is your business?").select_option("fr")
    page.locator("input[name=people][value=to9]").check()
    page.locator("select[name=trade]").select_option("online_shop")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("h1")).to_contain_text("is that right?")
    page.locator("input[name=ai][value=tools]").check()
    check_enlarged(page)


def test_a_signed_file_and_the_queue(page: Page, enterprise: Enterprise, sign_in: SignIn) -> None:
    signed: FilePayload = {
        "name": "a.evenkeel.json",
        "mimeType": "application/json",
        "buffer": signed_file(enterprise.ready),
    }
    visit(page, "/verify/")
    page.get_by_label("The signed file").set_input_files(signed)
    page.get_by_label("The report").set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": CONTENT})
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("status").first).to_contain_text("Nothing was changed")
    check_enlarged(page)
    sign_in(page, enterprise.owner)
    page.goto(f"/organisations/{enterprise.new_run.organisation_id}/from-file/")
    page.get_by_label("The signed file").set_input_files(signed)
    page.get_by_role("button", name="Show what it would bring").click()
    expect(page.get_by_role("heading", name="What would begin")).to_be_visible()
    check_enlarged(page)
    page.context.clear_cookies()
    sign_in(page, UserFactory.create(is_staff=True, is_superuser=True))
    visit(page, "/report-queue/")
    visit(page, "/site-status/")
