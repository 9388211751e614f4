import pytest
from django.test import Client

from accounts.models import Organisation, Role, User
from assessments.models import EditionRow
from tests.desk.clients import consultant
from tests.factories import ConsultancyFactory


@pytest.fixture
def consultancy(edition_row: EditionRow) -> Organisation:
    return ConsultancyFactory.create(name="Clear Course")


@pytest.fixture
def adviser(consultancy: Organisation) -> User:
    return consultant(consultancy, role=Role.EDITOR, name="Ada", email="ada@example.org")


@pytest.fixture
def signed_in(client: Client, adviser: User) -> Client:
    client.force_login(adviser)
    return client
