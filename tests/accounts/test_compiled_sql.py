"""What is compiled once per process says the same as what the ORM would compile for each request."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from accounts import queries
from accounts.compiled_sql import PLACEHOLDER_KEY, compiled_for_person
from accounts.models import AccessLevel, Organisation, Role
from accounts.queries import Person, organisations_of, standing_in, standings_of, with_standing
from tests.factories import ConsultancyFactory, EngagementFactory, MembershipFactory, OrganisationFactory, member
from tests.personas import PERSONAS, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def person(world: World, persona: str) -> Person:
    return world.people.get(persona) or AnonymousUser()


def plainly(who: Person) -> dict[object, tuple[object, object]]:
    """As the ORM compiles it anew."""
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
    said = [with_standing(Organisation.objects.all(), who, "pk").query.sql_with_params() for who in people]
    assert said[0][0] == said[1][0]
    assert [each.pk in parameters for each, (_, parameters) in zip(people, said, strict=True)] == [True, True]
    assert all(PLACEHOLDER_KEY not in parameters for _, parameters in said)


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
