import random

import pytest
from django.test import Client

from accounts.models import User
from assessments.bank.types import Depth
from assessments.models import AnswerKind, Assessment, EditionRow, Result
from tests.factories import OrganisationFactory, member
from tests.runs import asked_questions, finish, give, scoped_run

# Much applies to this business, and it is not sure of some of it.
BUSY = {
    "country": "fr",
    "california": "business",
    "people": "to9",
    "setup": "website",
    "ai": "tools",
    "ai_data": "yes",
    "ai_does": "chat",
    "ai_people": "hiring",
    "special": "health",
    "yes_first": "newsletter",
    "trackers": "pixels",
}


@pytest.fixture
def owner(edition_row: EditionRow) -> User:
    return member(OrganisationFactory.create(name="Boulangerie Lumière"), name="Amélie", email="amelie@example.org")


@pytest.fixture
def run(owner: User) -> Assessment:
    """A standard run of the owner's shop, with nothing answered."""
    return scoped_run(owner.memberships.get().organisation, by=owner, depth=Depth.STANDARD)


@pytest.fixture
def signed_in(client: Client, owner: User) -> Client:
    client.force_login(owner)
    return client


@pytest.fixture(params=[1, 2, 3])
def mixed(request: pytest.FixtureRequest, owner: User) -> Result:
    """A finished full run with answers of every kind, as chance has it; most of them good."""
    chance = random.Random(request.param)  # noqa: S311
    run = scoped_run(owner.memberships.get().organisation, by=owner, depth=Depth.FULL, facts=BUSY)
    tags = frozenset(run.tags)
    for question in asked_questions(run):
        drawn = chance.random()
        if drawn < 0.06:
            give(run, question.id, kind=AnswerKind.UNKNOWN)
        elif drawn < 0.12 and question.offers_not_applicable(tags):
            give(run, question.id, kind=AnswerKind.NOT_APPLICABLE, reason=f"Not us: {question.id} <&>")
        elif drawn < 0.97:
            level = chance.choice((0, 1, 2, 3, 3, 4, 4, 4))
            give(run, question.id, level, evidence="A list" if chance.random() < 0.6 else "")
    return finish(run)
