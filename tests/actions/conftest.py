import pytest
from django.test import Client

from accounts.models import Organisation, User
from assessments.models import EditionRow, Result
from tests.factories import OrganisationFactory, member
from tests.runs import finished_run


@pytest.fixture
def owner(edition_row: EditionRow) -> User:
    return member(
        OrganisationFactory.create(name="Boulangerie Lumière"), name="Amélie Roux", email="amelie@example.org"
    )


@pytest.fixture
def organisation(owner: User) -> Organisation:
    return owner.memberships.get().organisation


@pytest.fixture
def result(organisation: Organisation, owner: User) -> Result:
    """A quick run in which every answer is level 1."""
    return finished_run(organisation, levels=1, by=owner)


@pytest.fixture
def signed_in(client: Client, owner: User) -> Client:
    client.force_login(owner)
    return client
