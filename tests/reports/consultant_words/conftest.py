"""A business with a result, and a consultancy that it lets in, whose consultant is signed in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.audit import Actor
from accounts.models import Engagement, Organisation, User
from assessments.models import EditionRow, Result
from reports.consultant_words import services
from reports.consultant_words.snippets import SnippetTerms, add_snippet
from reports.kinds.text_places import TextPlace
from reports.models import ConsultantText, Snippet
from tests.collaboration import consultant
from tests.factories import OrganisationFactory, give_second_step
from tests.runs import NOW, asked_questions, finished_run

DOMAIN = "ACCESS"
Write = Callable[..., None]
AddSnippet = Callable[..., Snippet]


@pytest.fixture
def result(edition_row: EditionRow) -> Result:
    """Every answer is at level 2."""
    return finished_run(OrganisationFactory.create(name="Boulangerie Lumière"), levels=2)


@pytest.fixture
def adviser(result: Result) -> User:
    person = consultant(result.assessment)
    give_second_step(person)
    return person


@pytest.fixture
def consultancy(adviser: User) -> Organisation:
    return adviser.memberships.get().organisation


@pytest.fixture
def engagement(consultancy: Organisation) -> Engagement:
    return consultancy.engagements_as_consultancy.get()


@pytest.fixture
def desk(adviser: User) -> Client:
    client = Client()
    client.force_login(adviser)
    return client


@pytest.fixture
def owner_desk(result: Result) -> Client:
    client = Client()
    client.force_login(result.finished_by)
    return client


@pytest.fixture
def write(result: Result, adviser: User) -> Write:
    """A text in a place, over whatever is there."""

    def save(text: str, domain: str = "", *, by: User = adviser, **more: Any) -> None:
        place = TextPlace.DOMAIN if domain else TextPlace.SUMMARY
        own = by.memberships.get().organisation
        stored = ConsultantText.objects.filter(result=result, consultancy=own, place=place, domain=domain).first()
        given = {"seen_version": stored.version if stored else 0, "now": NOW, **more}
        services.write_text(result=result, place=place, domain=domain, text=text, by=Actor(by), **given)

    return save


@pytest.fixture
def step(result: Result, adviser: User) -> ConsultantText:
    return services.add_step(result=result, title="A visit", text="Half a day.", by=Actor(adviser), now=NOW)


@pytest.fixture
def snippet(result: Result, adviser: User, consultancy: Organisation) -> AddSnippet:
    """For a question of DOMAIN, at level 2 unless told otherwise."""

    def add(text: str = "Begin with a list.", level: int | None = 2, domain: str = DOMAIN) -> Snippet:
        question = next(each.id for each in asked_questions(result.assessment) if each.domain == domain)
        bank, terms = result.assessment.edition.bank, SnippetTerms(question, level, text)
        return add_snippet(consultancy=consultancy, bank=bank, terms=terms, by=Actor(adviser), now=NOW)

    return add


def path(name: str, result: Result, *more: object) -> str:
    return reverse(name, args=[result.assessment_id, *more])
