import pytest
from django.test import Client

from accounts.models import User
from assessments.models import Assessment, EditionRow
from tests.factories import OrganisationFactory, member
from tests.runs import scoped_run


@pytest.fixture
def owner(edition_row: EditionRow) -> User:
    return member(OrganisationFactory.create(name="Boulangerie Lumière"), name="Amélie", email="amelie@example.org")


@pytest.fixture
def run(owner: User) -> Assessment:
    """A quick run of the owner's shop, with nothing answered."""
    return scoped_run(owner.memberships.get().organisation, by=owner)


@pytest.fixture
def signed_in(client: Client, owner: User) -> Client:
    client.force_login(owner)
    return client
