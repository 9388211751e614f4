import pytest
from django.test import Client

from accounts.models import Organisation, User
from assessments.bank.types import Depth
from assessments.models import EditionRow, Result
from tests.factories import OrganisationFactory, member
from tests.runs import finished_run


@pytest.fixture
def organisation(edition_row: EditionRow) -> Organisation:
    return OrganisationFactory.create(name="Boulangerie Lumière")


@pytest.fixture
def owner(organisation: Organisation) -> User:
    return member(organisation, name="Amélie", email="amelie@example.org")


@pytest.fixture
def result(organisation: Organisation, owner: User) -> Result:
    """Everything at level 1."""
    return finished_run(organisation, Depth.STANDARD, 1, by=owner)


@pytest.fixture
def signed_in(client: Client, owner: User) -> Client:
    client.force_login(owner)
    return client
