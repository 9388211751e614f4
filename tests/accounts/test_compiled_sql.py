"""What is compiled once per process says the same as what the ORM would compile for each request."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from accounts import queries
from accounts.database.compiled_sql import PLACEHOLDER_KEY, SOME_ROW, SOME_TEXT, PreparedQuery, compiled_for_person
from accounts.models import AccessLevel, Membership, Organisation, Role, User
from accounts.queries import (
    Person,
    organisations_of,
    standing_in,
    standing_on,
    standings_of,
    with_own_role,
    with_standing,
)
from accounts.sign_in.mfa import is_consultant
from tests.factories import ConsultancyFactory, EngagementFactory, MembershipFactory, OrganisationFactory, member
from tests.personas import PERSONAS, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def person(world: World, persona: str) -> Person:
    return world.people.get(persona) or AnonymousUser()


def plainly(who: Person) -> dict[object, tuple[object, object]]:
    """The same query, compiled by the ORM."""
    rows = Organisation.objects.filter(queries._is_visible(who.pk, "pk")).annotate(
        role=queries._role(who.pk, "pk"), level=queries._level(who.pk, "pk")
    )
    return {row.pk: (row.role, row.level) for row in rows} if who.is_active else {}


@pytest.mark.parametrize("persona", PERSONAS)
def test_every_persona_stands_where_the_plain_query_says(world: World, persona: str) -> None:
    who = person(world, persona)
    found = {standing.organisation.pk: (standing.role, standing.level) for standing in standings_of(who)}
    assert found == plainly(who)
    assert found.keys() == set(organisations_of(who).values_list("pk", flat=True))


def test_people_do_not_get_each_others_standing() -> None:
    organisation = OrganisationFactory.create()
    roles = {role: member(organisation, role) for role in Role}
    for _ in range(2):
        for role, who in roles.items():
            standing = standing_in(who, organisation.pk)
            assert standing is not None
            assert (standing.role, standing.level) == (role, None)


def test_a_change_of_standing_is_seen_at_once() -> None:
    consultancy, client = ConsultancyFactory.create(), OrganisationFactory.create()
    who = member(consultancy)
    assert standing_in(who, client.pk) is None
    engagement = EngagementFactory.create(consultancy=consultancy, client=client, level=AccessLevel.READ)
    seen = standing_in(who, client.pk)
    assert seen is not None
    assert (seen.role, seen.level) == (None, AccessLevel.READ)
    membership = MembershipFactory.create(user=who, organisation=client, role=Role.VIEWER)
    both = standing_in(who, client.pk)
    assert both is not None
    assert (both.role, both.level) == (Role.VIEWER, AccessLevel.READ)
    engagement.delete()
    membership.delete()
    assert standing_in(who, client.pk) is None


def test_the_person_is_a_parameter_and_everything_else_the_same_sql() -> None:
    people = [member(OrganisationFactory.create()) for _ in range(2)]
    compiled = [with_standing(Organisation.objects.all(), who, "pk").query.sql_with_params() for who in people]
    assert compiled[0][0] == compiled[1][0]
    assert [each.pk in parameters for each, (_, parameters) in zip(people, compiled, strict=True)] == [True, True]
    assert all(PLACEHOLDER_KEY not in parameters for _, parameters in compiled)


def test_a_person_who_is_not_signed_in_is_nobody() -> None:
    OrganisationFactory.create()
    assert standings_of(AnonymousUser()) == []
    nobody = compiled_for_person(Organisation, queries._is_visible, None, "pk")
    assert not Organisation.objects.filter(nobody).exists()


def test_it_is_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    organisation = OrganisationFactory.create()
    people = [member(organisation) for _ in range(2)]
    compiled: list[int] = []

    def part(person: int, path: str) -> Q:
        compiled.append(person)
        return Q(**{f"{path}__in": queries._ids_of(person)})

    with CaptureQueriesContext(connection) as sent:
        for who in people:
            assert (
                Organisation.objects.filter(compiled_for_person(Organisation, part, who.pk, "pk")).get() == organisation
            )
    assert compiled == [PLACEHOLDER_KEY]
    assert len(sent) == 2


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_person_in_no_consultancy_is_let_in_by_membership_alone(world: World, persona: str) -> None:
    """For a consultant this shortcut shows less than they may see, never more."""
    who = person(world, persona)
    short, long = (
        {row.pk: standing_on(row, row) for row in visible(Organisation.objects.all(), who, "pk")}
        for visible in (with_own_role, with_standing)
    )
    assert short == long or (isinstance(who, User) and is_consultant(who) and short.keys() < long.keys())


def test_a_prepared_query_gives_the_rows_of_the_plain_one_for_each_value() -> None:
    members = PreparedQuery(
        lambda: Membership.objects.filter(user=PLACEHOLDER_KEY, organisation=SOME_ROW).select_related(
            "organisation", "user"
        )
    )
    joined = [member(OrganisationFactory.create()).memberships.get() for _ in range(3)]
    for _ in range(2):
        for each in joined:
            with CaptureQueriesContext(connection) as sent:
                found = members({PLACEHOLDER_KEY: each.user_id, SOME_ROW: each.organisation_id})
                names = [(row, row.organisation.name, row.user.email, row.created_at) for row in found]
            assert names == [(each, each.organisation.name, each.user.email, each.created_at)]
            assert len(sent) == 1
    assert members({PLACEHOLDER_KEY: joined[0].user_id, SOME_ROW: joined[1].organisation_id}) == []


def test_a_text_is_a_parameter_too() -> None:
    named: PreparedQuery[Any] = PreparedQuery(
        lambda: Organisation.objects.filter(name=SOME_TEXT).values_list("pk", "kind", named=True)
    )
    quoted = OrganisationFactory.create(name='\'; DROP TABLE "accounts_user" %s --')
    assert [row.pk for row in named({SOME_TEXT: quoted.name})] == [quoted.pk]
    assert named({SOME_TEXT: "Nobody"}) == []


def test_a_query_prepared_in_one_thread_runs_on_the_connection_of_another() -> None:
    """The other connection does not see what this test has not committed."""
    if connection.vendor != "postgresql":
        pytest.skip("the test database of SQLite is locked meanwhile")
    named = PreparedQuery(lambda: Organisation.objects.filter(pk=SOME_ROW))
    bakery = OrganisationFactory.create()
    assert named({SOME_ROW: bakery.pk}) == [bakery]

    def elsewhere() -> list[Organisation]:
        try:
            return named({SOME_ROW: bakery.pk})
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        assert other.submit(elsewhere).result() == []
