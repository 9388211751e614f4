"""A ready report of a business, its owner signed in, and links to it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.audit import Actor
from accounts.models import Role, User
from assessments.models import EditionRow, Result
from reports.models import Report, ShareLink
from reports.share_links.services import make_share_link
from tests.access.site import ready_report
from tests.factories import OrganisationFactory, member
from tests.runs import finished_run

Share = Callable[..., ShareLink]


@pytest.fixture
def result(edition_row: EditionRow) -> Result:
    return finished_run(OrganisationFactory.create(name="Boulangerie Lumière"))


@pytest.fixture
def report(result: Result) -> Report:
    return ready_report(result)


@pytest.fixture
def owner(result: Result) -> User:
    return result.finished_by


@pytest.fixture
def editor(result: Result) -> User:
    return member(result.assessment.organisation, Role.EDITOR)


@pytest.fixture
def signed_in(owner: User) -> Client:
    client = Client()
    client.force_login(owner)
    return client


@pytest.fixture
def share(report: Report, owner: User) -> Share:
    """`ago` is for how long it has been there."""

    def make(
        key: str = "k1",
        *,
        by: User = owner,
        days: int = 30,
        label: str = "",
        now: datetime | None = None,
        ago: timedelta = timedelta(0),
    ) -> ShareLink:
        moment = (now or timezone.now()) - ago
        return make_share_link(report=report, key=key, days=days, label=label, by=Actor(by), now=moment)

    return make
