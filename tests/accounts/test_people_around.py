"""`people_around` an organisation names exactly the people whose own standing lets them see it."""

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AccessLevel, Engagement, Membership, Organisation, OrganisationKind, Role, User
from accounts.queries import consultancy_behind, people_around, standing_in, standing_on
from tests.factories import ConsultancyFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


def chance_world(seed: int) -> tuple[list[Organisation], list[User]]:
    """Businesses and consultancies with random members and engagements, some of which have ended."""
    chance = random.Random(seed)  # noqa: S311
    places = [*OrganisationFactory.create_batch(2), *ConsultancyFactory.create_batch(3)]
    people = [UserFactory.create(is_active=chance.random() > 0.15) for _ in range(8)]
    pairs = [(person, place) for person in people for place in places]
    Membership.objects.bulk_create(
        Membership(user=person, organisation=place, role=chance.choice(list(Role)))
        for person, place in chance.sample(pairs, 16)
    )
    between = [(one, two) for one in places for two in places if one != two]
    Engagement.objects.bulk_create(
        Engagement(
            consultancy=one,
            client=two,
            level=chance.choice(list(AccessLevel)),
            granted_at=timezone.now() - timedelta(days=1),
            ended_at=timezone.now() if chance.random() < 0.25 else None,
        )
        for one, two in chance.sample(between, 9)
    )
    return places, people


@pytest.mark.parametrize("seed", range(6))
def test_both_sides_say_the_same(seed: int) -> None:
    places, people = chance_world(seed)
    seen = 0
    for place in places:
        around = {person.pk: standing_on(person, place) for person in people_around(place)}
        own = {person.pk: standing for person in people if (standing := standing_in(person, place.pk))}
        assert around == own, (seed, place)
        seen += len(own)
    assert seen > 5


@pytest.mark.parametrize("seed", range(6))
def test_who_is_let_in_by_a_consultancy_has_one_behind_them_that_gives_as_much(seed: int) -> None:
    places, people = chance_world(seed)
    for place in places:
        for person in (person for person in people if person.is_active):
            standing, behind = standing_in(person, place.pk), consultancy_behind(person, place)
            assert (behind is None) == (standing is None or standing.level is None)
            if standing and standing.level and behind:
                engagement = Engagement.objects.get(consultancy=behind, client=place, ended_at=None)
                role = Membership.objects.get(user=person, organisation=behind).role
                assert behind.kind == OrganisationKind.CONSULTANCY
                assert standing.level == (AccessLevel.READ if role == Role.VIEWER else engagement.level)


def test_by_name_and_in_one_query() -> None:
    place = OrganisationFactory.create()
    for name in ("Cleo", "Ada", "Bo"):
        Membership.objects.create(user=UserFactory.create(name=name), organisation=place, role=Role.EDITOR)
    with CaptureQueriesContext(connection) as queries:
        assert [person.name for person in people_around(place)] == ["Ada", "Bo", "Cleo"]
    assert len(queries) == 1
