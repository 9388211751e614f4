"""What a person may see: exactly this and nothing else, and in one query."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import AccessLevel, Engagement, Membership, Organisation, OrganisationKind, Role, User
from accounts.permissions import Capability
from accounts.queries import (
    active_engagements_at,
    members_of,
    organisations_of,
    standing_in,
    standing_on,
    standings_of,
    with_standing,
)
from tests.factories import (
    ConsultancyFactory,
    EngagementFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    member,
)
from tests.personas import PERSONAS, STANDINGS, World, make_world

pytestmark = pytest.mark.django_db
CountQueries = Callable[..., Any]


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.mark.parametrize("persona", [name for name in PERSONAS if name != "anonymous"])
def test_each_persona_sees_the_business_only_with_a_standing(world: World, persona: str) -> None:
    visible = world.business in organisations_of(world.person(persona))
    assert visible == (persona in STANDINGS)
    standing = standing_in(world.person(persona), world.business.pk)
    expected = STANDINGS.get(persona)
    assert (standing and (standing.role or standing.level)) == expected


def test_anonymous_sees_nothing(world: World) -> None:
    assert not organisations_of(AnonymousUser()).exists()
    assert standing_in(AnonymousUser(), world.business.pk) is None
    assert standings_of(AnonymousUser()) == []


def test_lists_hold_the_exact_visible_set() -> None:
    own, client, former, foreign = OrganisationFactory.create_batch(4)
    consultancy = ConsultancyFactory.create()
    person = member(own)
    MembershipFactory.create(user=person, organisation=consultancy, role=Role.EDITOR)
    EngagementFactory.create(consultancy=consultancy, client=client)
    EngagementFactory.create(consultancy=consultancy, client=former, over=True)
    EngagementFactory.create(client=foreign)
    assert set(organisations_of(person)) == {own, client, consultancy}
    assert {standing.organisation for standing in standings_of(person)} == {own, client, consultancy}


def test_an_ended_engagement_is_gone_at_once_and_can_be_granted_again() -> None:
    engagement = EngagementFactory.create()
    consultant = member(engagement.consultancy)
    assert standing_in(consultant, engagement.client.pk) is not None
    Engagement.objects.filter(pk=engagement.pk).update(ended_at=timezone.now())
    assert standing_in(consultant, engagement.client.pk) is None
    EngagementFactory.create(consultancy=engagement.consultancy, client=engagement.client, level=AccessLevel.READ)
    again = standing_in(consultant, engagement.client.pk)
    assert again is not None
    assert again.level is AccessLevel.READ


def test_an_engagement_of_a_plain_business_opens_nothing() -> None:
    engagement = EngagementFactory.create()
    consultant = member(engagement.consultancy)
    Organisation.objects.filter(pk=engagement.consultancy.pk).update(kind=OrganisationKind.BUSINESS)
    assert standing_in(consultant, engagement.client.pk) is None


@pytest.mark.parametrize("level", AccessLevel)
def test_a_consultancys_viewers_get_read_only_access_to_its_clients(level: AccessLevel) -> None:
    engagement = EngagementFactory.create(level=level)
    for role, expected in ((Role.VIEWER, AccessLevel.READ), (Role.EDITOR, level), (Role.OWNER, level)):
        standing = standing_in(member(engagement.consultancy, role), engagement.client.pk)
        assert standing is not None
        assert standing.level is expected


def test_of_two_engagements_the_widest_counts_whatever_their_order() -> None:
    client = OrganisationFactory.create()
    person = UserFactory.create()
    for level in (AccessLevel.READ, AccessLevel.ANSWER, AccessLevel.REVIEW):
        engagement = EngagementFactory.create(client=client, level=level)
        MembershipFactory.create(user=person, organisation=engagement.consultancy, role=Role.EDITOR)
    standing = standing_in(person, client.pk)
    assert standing is not None
    assert standing.level is AccessLevel.ANSWER
    assert len(standings_of(person)) == 4


def test_member_and_consultant_at_once_may_do_what_either_allows() -> None:
    engagement = EngagementFactory.create(level=AccessLevel.ANSWER)
    person = member(engagement.consultancy)
    MembershipFactory.create(user=person, organisation=engagement.client, role=Role.VIEWER)
    standing = standing_in(person, engagement.client.pk)
    assert standing is not None
    assert (standing.role, standing.level) == (Role.VIEWER, AccessLevel.ANSWER)
    assert standing.can(Capability.ANSWER)
    assert not standing.can(Capability.MANAGE_PEOPLE)


@pytest.mark.parametrize("clients", [1, 3, 30])
def test_one_query_whatever_the_number_of_organisations(clients: int, django_assert_num_queries: CountQueries) -> None:
    consultancy = ConsultancyFactory.create()
    person = member(consultancy)
    engagements = EngagementFactory.create_batch(clients, consultancy=consultancy)
    with django_assert_num_queries(1):
        assert len(standings_of(person)) == clients + 1
    with django_assert_num_queries(1):
        assert standing_in(person, engagements[0].client.pk) is not None
    with django_assert_num_queries(1):
        assert standing_in(person, uuid.uuid4()) is None


def test_other_rows_start_from_what_a_person_may_see() -> None:
    """The pattern of assessments/ and reports/: filter and standing come with the row, by the path to its owner."""
    engagement = EngagementFactory.create()
    consultant = member(engagement.consultancy)
    client_owner = member(engagement.client)
    member(OrganisationFactory.create())
    rows = with_standing(Membership.objects.select_related("organisation"), consultant)
    found = {row.user: standing_on(row, row.organisation) for row in rows}
    assert set(found) == {consultant, client_owner}
    assert found[client_owner].level is AccessLevel.ANSWER
    assert found[consultant].role is Role.OWNER


def test_members_by_role_then_name(django_assert_num_queries: CountQueries) -> None:
    organisation = OrganisationFactory.create()
    member(organisation, Role.VIEWER, name="Ada")
    member(organisation, Role.OWNER, name="Zoe")
    member(organisation, Role.EDITOR, name="Max")
    member(organisation, Role.EDITOR, name="Eve")
    with django_assert_num_queries(1):
        assert [row.user.name for row in members_of(organisation)] == ["Zoe", "Eve", "Max", "Ada"]


def test_active_engagements_of_one_client_only(django_assert_num_queries: CountQueries) -> None:
    client = OrganisationFactory.create()
    second = EngagementFactory.create(client=client, consultancy__name="Beta")
    first = EngagementFactory.create(client=client, consultancy__name="Alpha")
    EngagementFactory.create(client=client, over=True)
    EngagementFactory.create()
    with django_assert_num_queries(1):
        assert [row.consultancy.name for row in active_engagements_at(client)] == ["Alpha", "Beta"]
    assert {first, second} == set(active_engagements_at(client))


def test_a_suspended_person_needs_no_query(django_assert_num_queries: CountQueries) -> None:
    suspended: User = member(OrganisationFactory.create(), is_active=False)
    with django_assert_num_queries(0):
        assert standings_of(suspended) == []
