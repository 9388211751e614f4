"""Pages of a consultancy's look and of many reports in one file: accessible, wide and narrow, light and dark."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Brand, Engagement, User
from assessments.models import EditionRow
from reports import tasks
from reports.models import Bundle
from tests.accounts.pictures import picture
from tests.browser.accessibility import check_looks
from tests.factories import BrandFactory, ConsultancyFactory, member
from tests.reports.clients import ask, make_all_ready, result_of

SignIn = Callable[[Page, User], None]
LONG_NAME = "Physiotherapie- und Rehabilitationsgemeinschaft Oberes Tal GmbH & Co. KG"


@dataclass(frozen=True)
class World:
    owner: User
    brand: Brand
    waiting: Bundle
    ready: Bundle


@pytest.fixture
def world(edition_row: EditionRow, transactional_db: None) -> World:
    consultancy = ConsultancyFactory.create(name="Haddad Advice")
    owner = member(consultancy)
    content = picture(800, 200)
    brand = BrandFactory.create(
        consultancy=consultancy,
        logo=content,
        logo_width=800,
        logo_height=200,
        contact="12 Rue du Port\nhttps://advice.example/" + "a" * 90,
    )
    results = [result_of(consultancy, name) for name in (LONG_NAME, "Garage")]
    waiting = ask(consultancy, results[:1], owner)
    ready = ask(consultancy, results[1:], owner)
    make_all_ready(ready)
    tasks.make_bundle(str(ready.pk))
    return World(owner, brand, waiting, ready)


def test_pages_of_a_look_and_of_bundles(page: Page, world: World, sign_in: SignIn) -> None:
    sign_in(page, world.owner)
    consultancy = f"/consultancies/{world.brand.consultancy_id}"
    client = world.waiting.items.all()[0].client
    for path in (
        f"{consultancy}/look/",
        f"{consultancy}/look/reset/",
        f"/organisations/{client}/",
        f"{consultancy}/bundles/",
        f"/bundles/{world.waiting.pk}/",
        f"/bundles/{world.ready.pk}/",
    ):
        page.goto(path)
        check_looks(page)
    page.goto(f"{consultancy}/look/")
    assert page.locator(".consultancy-card img").evaluate("image => image.naturalWidth") == 800
    Engagement.objects.filter(client__name="Garage").update(ended_at=timezone.now())
    page.goto(f"/bundles/{world.ready.pk}/download/")
    expect(page.get_by_role("heading", level=1)).to_have_text("This file is closed")
    check_looks(page)


def test_a_look_that_cannot_be_is_refused_at_its_field(page: Page, world: World, sign_in: SignIn) -> None:
    sign_in(page, world.owner)
    page.goto(f"/consultancies/{world.brand.consultancy_id}/look/")
    page.get_by_label("Logo", exact=True).set_input_files(
        {"name": "logo.png", "mimeType": "image/png", "buffer": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}
    )
    page.get_by_label("Colour of your reports").fill("#ffd200")
    page.get_by_role("button", name="Save your look").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a PNG, JPEG or WebP file.")
    expect(page.get_by_role("alert")).to_contain_text("The nearest tone that works is")
    check_looks(page)
