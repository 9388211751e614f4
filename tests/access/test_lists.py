"""Every list shows each persona exactly what is theirs; what they may and may not see is checked by name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import QuerySet
from django.test import Client
from pytest_django import DjangoDbBlocker

from accounts.models import Organisation, Role
from accounts.queries import Person, organisations_of, own_standings_of, standings_of, with_standing
from assessments.bank.types import Edition
from assessments.models import Assessment, Comment
from reports.models import Report
from tests.access.site import make_site, ready_report
from tests.factories import EngagementFactory, OrganisationFactory, member
from tests.personas import (
    ADMINISTRATOR,
    ADMINISTRATOR_WITHOUT_SECOND_STEP,
    ANONYMOUS,
    BANK_EDITOR,
    CONSULTANT_ANSWER,
    CONSULTANT_ENDED,
    CONSULTANT_OF_OTHERS,
    CONSULTANT_WITHOUT_SECOND_STEP,
    EDITOR,
    OWNER,
    PERSONAS,
    STRANGER,
    SUSPENDED,
    VIEWER,
    WITHOUT_SECOND_STEP,
    World,
)
from tests.published_bank import stored_bank
from tests.runs import finished_run

pytestmark = pytest.mark.django_db

BAKERY, ELSEWHERE, SECOND, THIRD = "Boulangerie Lumière", "Elsewhere Ltd", "Second client", "Third client"
SET_UP = "Set up for its owner"
ENGAGED, FORMER, OF_OTHERS = "Engaged", "Let go", "Of others"
EVERYBODY = {BAKERY, ELSEWHERE, SECOND, THIRD, SET_UP, ENGAGED, FORMER, OF_OTHERS}
VISIBLE: dict[str, set[str]] = {
    ANONYMOUS: set(),
    STRANGER: {ELSEWHERE},
    VIEWER: {BAKERY},
    EDITOR: {BAKERY},
    OWNER: {BAKERY},
    CONSULTANT_ANSWER: {ENGAGED, BAKERY, SECOND, SET_UP},
    CONSULTANT_ENDED: {FORMER, THIRD},
    CONSULTANT_OF_OTHERS: {OF_OTHERS, ELSEWHERE},
    SUSPENDED: set(),
    ADMINISTRATOR: set(),
    BANK_EDITOR: set(),
    ADMINISTRATOR_WITHOUT_SECOND_STEP: set(),
    CONSULTANT_WITHOUT_SECOND_STEP: {ENGAGED, BAKERY, SECOND, SET_UP},
}
# A consultant belongs to the consultancy and sees its clients; everybody else belongs to what they see.
OWN = {persona: (seen & {ENGAGED, FORMER, OF_OTHERS}) or seen for persona, seen in VISIBLE.items()}
WITH_RUNS = {BAKERY, ELSEWHERE, SECOND, THIRD}
CLIENTS = {CONSULTANT_ANSWER: {BAKERY, SECOND, SET_UP}, CONSULTANT_ENDED: {THIRD}, CONSULTANT_OF_OTHERS: {ELSEWHERE}}


@dataclass(frozen=True)
class Lists:
    world: World
    consultancies: dict[str, Organisation]


@pytest.fixture(scope="module")
def lists(_bank_of_the_session: None, django_db_blocker: DjangoDbBlocker, edition: Edition) -> Iterator[Lists]:
    """The matrix's site, and one more client for two consultancies; each with a finished run and a report."""
    with django_db_blocker.unblock(), transaction.atomic():
        stored_bank(edition)
        site = make_site()
        homes = {name: Organisation.objects.get(name=name) for name in (ENGAGED, FORMER, OF_OTHERS)}
        for name, consultancy in ((SECOND, ENGAGED), (THIRD, FORMER)):
            client = OrganisationFactory.create(name=name)
            EngagementFactory.create(consultancy=homes[consultancy], client=client)
            member(client, Role.OWNER)
        for name in (SECOND, THIRD, ELSEWHERE):
            result = finished_run(Organisation.objects.get(name=name))
            ready_report(result)
        yield Lists(site, homes)
        transaction.set_rollback(True)


def person(lists: Lists, persona: str) -> Person:
    return AnonymousUser() if persona == ANONYMOUS else lists.world.person(persona)


def names_in(rows: QuerySet[Any], path: str) -> set[str]:
    return set(rows.values_list(f"{path}name", flat=True))


OF_ROWS: dict[str, Callable[[Person], set[str]]] = {
    "organisations": lambda who: names_in(organisations_of(who), ""),
    "standings": lambda who: {standing.organisation.name for standing in standings_of(who)},
    "assessments": lambda who: names_in(with_standing(Assessment.objects.all(), who), "organisation__"),
    "reports": lambda who: names_in(
        with_standing(Report.objects.all(), who, "result__assessment__organisation_id"),
        "result__assessment__organisation__",
    ),
    "comments": lambda who: names_in(
        with_standing(Comment.objects.all(), who, "assessment__organisation_id"), "assessment__organisation__"
    ),
}
HAVE: dict[str, set[str]] = {
    "organisations": EVERYBODY,
    "standings": EVERYBODY,
    "assessments": WITH_RUNS,
    "reports": WITH_RUNS,
    "comments": {BAKERY},
}


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("what", OF_ROWS)
def test_rows(lists: Lists, what: str, persona: str) -> None:
    found = OF_ROWS[what](person(lists, persona))
    assert found & EVERYBODY == VISIBLE[persona] & HAVE[what]
    assert found <= EVERYBODY


@pytest.mark.parametrize("persona", PERSONAS)
def test_own_organisations(lists: Lists, persona: str) -> None:
    found = {standing.organisation.name for standing in own_standings_of(person(lists, persona))}
    assert found == OWN[persona]


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("path", ["/home/?all=1", "/settings/", "/my-questions/"])
def test_pages(lists: Lists, persona: str, path: str) -> None:
    """Whatever a page lists, no foreign name is on it, and none of the person's own is missing."""
    html = _get(lists, persona, path)
    shown = {name for name in EVERYBODY if name in html}
    whose = OWN if path == "/settings/" else VISIBLE
    mine = set() if persona in (*WITHOUT_SECOND_STEP, SUSPENDED) else whose[persona]
    assert shown <= mine
    if path != "/my-questions/":
        assert shown == mine


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("consultancy", [ENGAGED, FORMER, OF_OTHERS])
@pytest.mark.parametrize("page", ["", "clients/", "scores.csv", "bundles/"])
def test_desks(lists: Lists, persona: str, consultancy: str, page: str) -> None:
    html = _get(lists, persona, f"/consultancies/{lists.consultancies[consultancy].pk}/{page}")
    shown = {name for name in EVERYBODY - {consultancy} if name in html}
    belongs = consultancy in VISIBLE[persona] and persona not in WITHOUT_SECOND_STEP
    theirs = CLIENTS[persona] if belongs else set()
    assert shown <= theirs
    if page != "bundles/":
        assert shown == theirs


def _get(lists: Lists, persona: str, path: str) -> str:
    client = Client()
    if persona != ANONYMOUS:
        client.force_login(lists.world.person(persona))
    with transaction.atomic():
        html = client.get(path).content.decode()
        transaction.set_rollback(True)
    return html
