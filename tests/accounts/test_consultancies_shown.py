"""The pages on which a client sees who advises it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Brand, Engagement, Organisation
from assessments.models import Assessment, EditionRow, Result
from tests.factories import BrandFactory, ConsultancyFactory, EngagementFactory, OrganisationFactory, member
from tests.runs import asked_questions, finished_run, scoped_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def bakery(edition_row: EditionRow) -> Organisation:
    return OrganisationFactory.create(name="Bakery")


@pytest.fixture
def brand(bakery: Organisation) -> Brand:
    consultancy = ConsultancyFactory.create(name="Haddad <Advice>")
    EngagementFactory.create(consultancy=consultancy, client=bakery)
    return BrandFactory.create(consultancy=consultancy, contact="12 Rue du Port\n<b>Lyon</b>")


@pytest.fixture
def pages(bakery: Organisation, brand: Brand) -> list[str]:
    finished: Result = finished_run(bakery)
    run: Assessment = scoped_run(bakery)
    return [
        reverse("organisation", args=[bakery.pk]),
        reverse("assessment", args=[run.pk]),
        reverse("result", args=[finished.assessment_id]),
    ]


def test_clients_and_their_consultants_see_it(
    client: Client, bakery: Organisation, brand: Brand, pages: list[str]
) -> None:
    for person in (member(bakery), member(brand.consultancy)):
        client.force_login(person)
        for page in map(text(client), pages):
            assert "Advised by <strong>Haddad &lt;Advice&gt;</strong>" in page
            assert f'src="{reverse("brand_logo", args=[brand.pk])}"' in page
            assert 'alt="Logo of Haddad &lt;Advice&gt;"' in page
            assert "&lt;b&gt;Lyon&lt;/b&gt;" in page
            assert "style=" not in page.split("consultancy-card", 1)[1].split("</aside>")[0]


def test_it_is_gone_with_the_engagement(client: Client, bakery: Organisation, pages: list[str]) -> None:
    client.force_login(member(bakery))
    Engagement.objects.update(ended_at=timezone.now())
    assert not any("Advised by" in page for page in map(text(client), pages))


def test_a_look_without_a_logo_asks_for_none(
    client: Client, bakery: Organisation, brand: Brand, pages: list[str]
) -> None:
    BrandFactory.create(consultancy=brand.consultancy, logo=b"", logo_width=0, logo_height=0, contact="")
    client.force_login(member(bakery))
    for page in map(text(client), pages):
        assert "Advised by" in page
        assert "/brands/" not in page


def test_pages_of_questions_stay_as_they_were(client: Client, bakery: Organisation, brand: Brand) -> None:
    run = scoped_run(bakery)
    client.force_login(run.started_by)
    page = text(client)(reverse("domain", args=[run.pk, asked_questions(run)[0].domain]))
    assert "Advised by" not in page


def text(client: Client) -> Callable[[str], str]:
    return lambda path: client.get(path).content.decode()
