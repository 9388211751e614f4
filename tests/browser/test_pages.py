"""Every page of the product: accessible in light and dark, wide and narrow, with and without errors."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.template.loader import render_to_string
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import RecordKind, User
from accounts.operations.records import write_record
from assessments.models import Assessment, EditionRow, Result
from assessments.services.comments import resolve_comment
from reports.models import Report, ReportError, ReportState
from tests.browser.accessibility import check_looks
from tests.collaboration import assigned, colleague, commented, consultant, reviewed
from tests.factories import (
    ConsultancyFactory,
    EngagementFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    member,
)
from tests.runs import answered_run, asked_questions, finish, give, scoped_run, started_run

SignIn = Callable[[Page, User], None]
LONG_NAME = "Physiotherapie- und Rehabilitationsgemeinschaft Oberes Tal GmbH & Co. KG"
UNBROKEN = "https://shop.example/" + "a" * 90


@dataclass(frozen=True)
class World:
    """A consultant who also owns a bakery: one finished run with everything that can be in it, and one under way."""

    owner: User
    result: Result
    run: Assessment
    new_run: Assessment
    report: Report

    def paths(self) -> Iterator[str]:
        run, finished = f"/assessments/{self.run.pk}", f"/assessments/{self.result.assessment_id}"
        yield from ("/home/", f"/organisations/{self.run.organisation_id}/")
        yield from (f"/organisations/{self.run.organisation_id}/laws/{page}" for page in ("", "note/"))
        yield f"/assessments/{self.new_run.pk}/trade/"
        yield from (f"/assessments/{self.new_run.pk}/scope/{screen}/" for screen in ("where", "serve"))
        yield from (f"{run}/scope/", f"{run}/depth/", f"{run}/")
        yield from (f"{run}/domains/ACCESS/?talk=ACCESS-02", f"{run}/comments/", "/my-questions/")
        yield from (f"{run}/domains/ACCESS/", f"{run}/domains/ACCESS/?show=unknown", f"{run}/check/", f"{run}/delete/")
        yield from (
            f"{finished}/result/",
            f"{finished}/result/computed/",
            f"{finished}/result/in-time/?hours=4",
            f"{finished}/result/answers/",
            f"{finished}/result/what-if/?step=ACCESS-02",
            f"{finished}/result/what-matters/",
            f"/reports/{self.report.pk}/",
        )


@pytest.fixture
def world(edition_row: EditionRow, transactional_db: None) -> World:
    bakery = OrganisationFactory.create(name=LONG_NAME)
    owner = member(bakery, name="Camille Roux", email="camille@example.org")
    practice = ConsultancyFactory.create()
    MembershipFactory.create(user=owner, organisation=practice)
    EngagementFactory.create(consultancy=practice, client=OrganisationFactory.create())
    finished = answered_run(bakery, by=owner)
    first, *others = (question.id for question in asked_questions(finished))
    give(finished, first, kind="unknown")
    for question in others[:4]:
        give(finished, question, 0, note=f"A note\nwith {UNBROKEN}", evidence="Folder 3")
    result = finish(finished)
    run = scoped_run(bakery, by=owner)
    give(run, "ACCESS-02", 3, note=UNBROKEN, evidence="Screenshot of the settings")
    talked_about(run, owner)
    new_run = started_run(OrganisationFactory.create(), by=owner)
    MembershipFactory.create(user=owner, organisation=new_run.organisation)
    return World(owner, result, run, new_run, failed_report(result, owner))


def talked_about(run: Assessment, owner: User) -> None:
    helper, reviewer = colleague(run, LONG_NAME), consultant(run)
    assigned(run, helper, "ACCESS")
    assigned(run, owner, "GOV")
    commented(run, f"Is it this one?\n{UNBROKEN}", author=helper, asked=owner)
    resolve_comment(comment=commented(run, "Done", in_report=True), by=helper, now=timezone.now())
    reviewed(run, reviewer, note=UNBROKEN)


def failed_report(result: Result, owner: User) -> Report:
    return Report.objects.create(
        result=result,
        language="en-gb",
        template_version=1,
        state=ReportState.FAILED,
        error=ReportError.TIME,
        attempts=3,
        requested_by=owner,
        requested_at=timezone.now(),
    )


def test_public_pages(page: Page, edition_row: EditionRow, transactional_db: None) -> None:
    for path in ("/", "/coverage/", "/coverage/?business=german_clinic", "/our-rules/", "/nothing/here/"):
        page.goto(path)
        check_looks(page)


@pytest.mark.parametrize("state", ["filled", "nobody"])
def test_pages_of_the_operator(
    page: Page, edition_row: EditionRow, transactional_db: None, settings: LazySettings, state: str
) -> None:
    if state == "nobody":
        settings.OPERATOR = None
    for path in ("/privacy/", "/operator/", "/processor-terms/"):
        page.goto(path)
        check_looks(page)
    # What the notice says of the reader's device.
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    page.goto("/privacy/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="How to complain")).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)
    expect(page.get_by_text("https://www.cnil.fr")).to_have_count(int(state == "filled"))


@pytest.mark.long
def test_pages_of_a_business(page: Page, world: World, sign_in: SignIn) -> None:
    sign_in(page, world.owner)
    for path in world.paths():
        answer = page.goto(path)
        assert answer is not None
        assert (answer.status, answer.url.removesuffix("/").endswith(path.removesuffix("/"))) == (200, True), path
        check_looks(page)


def test_the_dates_of_laws(page: Page, edition_row: EditionRow, transactional_db: None, sign_in: SignIn) -> None:
    sign_in(page, UserFactory.create(edits_bank=True))
    page.goto("/bank/law-dates/")
    check_looks(page)


def test_our_own_rules_in_full(page: Page, edition_row: EditionRow, transactional_db: None, sign_in: SignIn) -> None:
    administrator = UserFactory.create(is_staff=True, is_superuser=True, name=LONG_NAME)
    for days, note in ((0, UNBROKEN), (400, "")):
        then = timezone.now() - timedelta(days=days)
        write_record(kind=RecordKind.RESTORE_TEST, happened_at=then, by=administrator, note=note)
    sign_in(page, administrator)
    page.goto("/our-rules/in-full/")
    check_looks(page)
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator("#error-summary")).to_contain_text("What was done: this is needed.")
    check_looks(page)


def test_pages_with_errors(page: Page, world: World, sign_in: SignIn) -> None:
    sign_in(page, world.owner)
    page.goto(f"/assessments/{world.new_run.pk}/scope/where/")
    page.get_by_role("button", name="Continue").click()
    problem(page)
    check_looks(page)
    fresh = scoped_run(world.new_run.organisation, by=world.owner)
    Assessment.objects.filter(pk=fresh.pk).update(depth="", state="scoping")
    page.goto(f"/assessments/{fresh.pk}/depth/")
    page.get_by_role("button", name="Continue").click()
    problem(page)
    check_looks(page)


def test_a_domain_with_an_error(page: Page, world: World, sign_in: SignIn) -> None:
    sign_in(page, world.owner)
    page.goto(f"/assessments/{world.run.pk}/domains/AIUSE/")
    page.locator('input[value="na"]').first.check()
    expect(page.locator(".save-state .field-error")).to_be_visible()
    check_looks(page)
    page.get_by_role("button", name="Save and continue").click()
    problem(page)
    check_looks(page)


def test_two_answers_to_choose_from(page: Page, world: World, sign_in: SignIn) -> None:
    sign_in(page, world.owner)
    page.goto(f"/assessments/{world.run.pk}/domains/ACCESS/")
    give(world.run, "ACCESS-02", 1, note=f"Another note\nwith {UNBROKEN}")
    page.locator('#ACCESS-02 input[type=radio][value="4"]').check()
    expect(page.locator(".save-state .conflict")).to_be_visible()
    check_looks(page)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator(".question > .conflict")).to_be_visible()
    check_looks(page)


def problem(page: Page) -> None:
    """The title says it, the summary has the focus, and its link leads to the field."""
    summary = page.get_by_role("alert").filter(has_text="There is a problem")
    expect(summary).to_be_visible()
    assert page.title().startswith("Error: ")
    target = summary.get_by_role("link").first.get_attribute("href")
    expect(page.locator(f"[id='{(target or '').removeprefix('#')}']")).to_have_count(1)


def test_an_error_summary_takes_the_focus(page: Page, world: World, sign_in: SignIn) -> None:
    sign_in(page, world.owner)
    page.goto(f"/assessments/{world.new_run.pk}/scope/where/")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("#error-summary")).to_be_focused()
    page.locator("#error-summary a").first.click()
    expect(page.get_by_label("Where is your business?")).to_be_focused()


def test_error_pages_without_a_request(page: Page, transactional_db: None) -> None:
    """As the server shows them when nothing else works: no person, no database."""
    for name in (
        "400.html",
        "403.html",
        "403_csrf.html",
        "404.html",
        "405.html",
        "413.html",
        "500.html",
        "503.html",
        "signed_out.html",
    ):
        body = render_to_string(name)
        page.route(f"**/{name}", lambda route, _request, body=body: route.fulfill(body=body, content_type="text/html"))
        page.goto(f"/{name}")
        check_looks(page)


def test_a_forbidden_page_and_a_refused_change(page: Page, world: World, sign_in: SignIn) -> None:
    sign_in(page, world.owner)
    page.goto(f"/assessments/{world.run.pk}/delete/")
    finish(world.run)
    page.get_by_role("button", name="Delete it").click()
    expect(page.locator("h1")).to_have_text("That is not possible now")
    check_looks(page)
