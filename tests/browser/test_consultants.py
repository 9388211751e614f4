"""A consultant's day: signing in with the second step, a client's answers, a brand, one file for three clients."""

import csv
import io
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from PIL import Image
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from accounts.models import AccessLevel, Organisation, Role, User
from assessments.models import Assessment, EditionRow
from tests.browser.accessibility import check_looks
from tests.browser.conftest import NewPage
from tests.celery_worker import celery_worker
from tests.factories import (
    PASSWORD,
    SECOND_STEP_SECRET,
    ConsultancyFactory,
    EngagementFactory,
    OrganisationFactory,
    member,
)
from tests.runs import answered_run, asked_questions, finished_run

SignIn = Callable[[Page, User], None]
REPORT_PATIENCE_MILLISECONDS = 120_000
NAMES = ("Atelier Nord", "Boulangerie Lumière", "Cinéma Rex")


@dataclass(frozen=True)
class World:
    consultancy: Organisation
    noor: User
    owner: User
    run: Assessment


@pytest.fixture
def world(edition_row: EditionRow, transactional_db: None) -> World:
    """Three clients: two are finished, and of the bakery's quick assessment one answer is missing."""
    consultancy = ConsultancyFactory.create(name="Haddad Advice")
    noor = member(consultancy, Role.OWNER, name="Noor Haddad", email="noor@example.org")
    clients = [OrganisationFactory.create(name=name) for name in NAMES]
    for client in clients:
        EngagementFactory.create(consultancy=consultancy, client=client, level=AccessLevel.ANSWER)
    finished_run(clients[0], levels=1)
    finished_run(clients[2], levels=3)
    owner = member(clients[1], name="Camille Roux")
    run = answered_run(clients[1], by=owner)
    run.answers.filter(question=asked_questions(run)[0].id).delete()
    return World(consultancy, noor, owner, run)


@pytest.mark.long
def test_a_consultants_day(
    world: World,
    new_page: NewPage,
    sign_in: SignIn,
    tmp_path: Path,
) -> None:
    page, owners = new_page(), new_page()
    come_in(page, world)
    answer_and_review(page, world)
    give_a_look(page, world, tmp_path)
    with celery_worker(concurrency=2, beat=True, settings={"REPORT_SWEEP_SECONDS": "1"}):
        found = one_file_for_three(page, world)
    assert sorted(row["Client"] for row in found.index) == sorted(NAMES)
    assert len(found.reports) == 3
    bakery = "".join(part.extract_text() for part in PdfReader(io.BytesIO(found.report("Boulangerie"))).pages)
    assert "Haddad Advice" in bakery
    assert "We look forward to the next year." in bakery

    sign_in(owners, world.owner)
    owners.goto(f"/organisations/{world.run.organisation_id}/people/")
    owners.get_by_role("link", name="End Haddad Advice").click()
    owners.get_by_role("button", name="End the access").click()
    expect(owners.get_by_text("No consultancy can see this organisation.")).to_be_visible()

    # From the next click on: the file made before contains the bakery's report.
    refused = page.request.get(found.url)
    assert refused.status == 409
    assert "Boulangerie Lumière" in refused.text()
    answer = page.goto(f"/assessments/{world.run.pk}/result/")
    assert answer is not None
    assert answer.status == 404
    page.goto("/home/")
    expect(page.get_by_role("link", name="Atelier Nord", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Boulangerie Lumière")).to_have_count(0)


def come_in(page: Page, world: World) -> None:
    """Password, then the app's code; a consultant's work begins at the desk."""
    page.goto("/home/")
    page.get_by_label("E-mail address").fill(world.noor.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code").fill(format_hotp_value(hotp_value(SECOND_STEP_SECRET, int(time.time()) // 30)))
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("h1")).to_have_text("Your clients")
    for name in NAMES:
        expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()


def answer_and_review(page: Page, world: World) -> None:
    missing = asked_questions(world.run)[0]
    asked = len(asked_questions(world.run))
    page.get_by_role("link", name=f"{asked - 1} of {asked}").click()
    page.get_by_role("link", name="Continue where you left off").click()
    page.locator(f'#{missing.id} input[type=radio][value="2"]').check()
    expect(page.locator(f"#{missing.id} .saved")).to_be_visible()
    page.reload()
    page.locator(f"#review-{missing.id}").get_by_text("Review this answer").click()
    # Nobody agrees with an answer of their own; the owner's answers they can.
    expect(page.locator(f"#review-{missing.id}").get_by_role("button", name="Agree")).to_have_count(0)
    other = asked_questions(world.run)[1]
    page.goto(f"/assessments/{world.run.pk}/domains/{other.domain}/")
    page.locator(f"#review-{other.id}").get_by_text("Review this answer").click()
    page.locator(f"#review-{other.id}").get_by_role("button", name="Agree").click()
    expect(page.locator(f"#review-{other.id}").get_by_text("Agreed").first).to_be_visible()
    page.goto(f"/assessments/{world.run.pk}/check/")
    page.get_by_role("button", name="Finish and see the result").click()
    expect(page.locator("h1")).to_have_text("Where you stand")


def give_a_look(page: Page, world: World, folder: Path) -> None:
    logo = folder / "logo.png"
    Image.new("RGB", (640, 160), "#7a1f5c").save(logo)
    page.goto(f"/consultancies/{world.consultancy.pk}/look/")
    page.get_by_label("Logo", exact=True).set_input_files(logo)
    page.get_by_label("Colour of your reports").fill("#7a1f5c")
    page.get_by_label("How clients reach you").fill("Haddad Advice\n+33 4 00 00 00 00")
    page.get_by_label("Closing text").fill("We look forward to the next year.")
    page.get_by_role("button", name="Save your look").click()
    expect(page.get_by_role("heading", name="What your clients see now")).to_be_visible()
    check_looks(page)


@dataclass(frozen=True)
class Found:
    url: str
    reports: dict[str, bytes]
    index: list[dict[str, str]]

    def report(self, part: str) -> bytes:
        return next(content for name, content in self.reports.items() if part in name)


def one_file_for_three(page: Page, world: World) -> Found:
    page.goto(f"/consultancies/{world.consultancy.pk}/")
    page.get_by_role("button", name="Select all or none").click()
    for name in NAMES:
        expect(page.get_by_role("checkbox", name=name)).to_be_checked()
    page.get_by_role("button", name="Make reports").click()
    link = page.get_by_role("link", name="Download")
    expect(link).to_be_visible(timeout=REPORT_PATIENCE_MILLISECONDS)
    check_looks(page)
    with page.expect_download() as waiting:
        link.click()
    with zipfile.ZipFile(waiting.value.path()) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    index = list(csv.DictReader(io.StringIO(files.pop("index.csv").decode("utf-8-sig"))))
    return Found(str(link.get_attribute("href")), files, index)
