import pytest

from accounts.models import Organisation, User
from assessments.models import CheckLink, EditionRow
from tests.accounts.conftest import with_mail as with_mail
from tests.factories import ConsultancyFactory, member
from tests.guest.guests import Guest, check_link


@pytest.fixture(autouse=True)
def _published(edition_row: EditionRow) -> None:
    """Every test here needs an edition that has a quick check."""


@pytest.fixture
def guest() -> Guest:
    return Guest()


@pytest.fixture
def consultancy() -> Organisation:
    return ConsultancyFactory.create(name="Clear Advice")


@pytest.fixture
def adviser(consultancy: Organisation) -> User:
    return member(consultancy)


@pytest.fixture
def link(consultancy: Organisation, adviser: User) -> CheckLink:
    return check_link(consultancy, adviser)
