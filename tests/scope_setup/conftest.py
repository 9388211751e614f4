from collections.abc import Callable

import pytest
from django.test import Client

import assessments.access
from accounts.models import User
from assessments.bank.types import Edition
from assessments.models import Assessment, EditionRow
from tests.factories import OrganisationFactory, member
from tests.runs import started_run
from tests.trades import with_presets


@pytest.fixture
def trades(monkeypatch: pytest.MonkeyPatch, edition: Edition) -> Edition:
    """The shipped edition with two trades of the tests' own, as every page of an assessment gets it."""
    found = with_presets(edition)
    monkeypatch.setattr(assessments.access, "edition_of", lambda row: found)
    return found


@pytest.fixture
def owner(edition_row: EditionRow) -> User:
    return member(OrganisationFactory.create(name="Plain Words"), name="Ann", email="ann@example.org")


@pytest.fixture
def fresh(owner: User, trades: Edition) -> Assessment:
    """A run that was only started."""
    return started_run(owner.memberships.get().organisation, by=owner)


@pytest.fixture
def signed_in(client: Client, owner: User) -> Client:
    client.force_login(owner)
    return client


Send = Callable[..., str]


@pytest.fixture
def stored(fresh: Assessment) -> Callable[[], dict[str, list[str]]]:
    """The facts as they are stored, without those nobody is sure of."""
    return lambda: {name: own["options"] for name, own in Assessment.objects.get(pk=fresh.pk).facts.items()}
