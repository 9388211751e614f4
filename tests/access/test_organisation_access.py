"""Each function of accounts/access.py, asked directly."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts import access
from accounts.models import AccessLevel, Engagement, Invitation, InvitationKind, Organisation, Role
from accounts.permissions import Capability
from accounts.queries import Person, Standing
from tests.access.asking import ENGAGED, OWN, ask, everyone_asks, expected, person_of
from tests.factories import (
    BrandFactory,
    ConsultancyFactory,
    EngagementFactory,
    InvitationFactory,
    OrganisationFactory,
    member,
)
from tests.personas import (
    ADMINISTRATOR_WITHOUT_SECOND_STEP,
    BANK_EDITOR,
    CONSULTANT_ANSWER,
    CONSULTANT_OF_OTHERS,
    CONSULTANT_WITHOUT_SECOND_STEP,
    EDITOR,
    OWNER,
    PERSONAS,
    STRANGER,
    VIEWER,
    World,
    make_world,
)

pytestmark = pytest.mark.django_db
AT_CONSULTANCY = {CONSULTANT_ANSWER, CONSULTANT_WITHOUT_SECOND_STEP}


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.mark.parametrize(
    ("call", "may"),
    [
        (access.organisation_read, OWN | ENGAGED),
        (lambda who, pk: access.organisation_for(who, pk, Capability.SUBMIT), {OWNER, EDITOR} | ENGAGED),
        (lambda who, pk: access.organisation_for(who, pk, Capability.READ_TRAIL), {OWNER}),
        (access.organisation_manage, {OWNER}),
        (access.organisation_leave, OWN),
    ],
)
def test_an_organisation(world: World, call: Callable[[Person, UUID], Any], may: set[str]) -> None:
    assert everyone_asks(world, lambda who: call(who, world.business.pk)) == expected(may)
    assert everyone_asks(world, lambda who: call(who, uuid4())) == expected(set(), set())


def test_a_standing_is_of_that_organisation(world: World) -> None:
    owner = person_of(world, OWNER)
    assert access.organisation_read(owner, world.business.pk) == Standing(world.business, Role.OWNER, None)
    assert access.organisation_manage(owner, world.business.pk) == Standing(world.business, Role.OWNER, None)
    consultant = access.organisation_for(person_of(world, CONSULTANT_ANSWER), world.business.pk, Capability.REVIEW)
    assert consultant == Standing(world.business, None, AccessLevel.ANSWER)


@pytest.mark.parametrize("name", sorted(OWN))
def test_everybody_leaves_as_themselves(
    world: World, name: str, django_assert_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_num_queries(2):
        membership = access.organisation_leave(person_of(world, name), world.business.pk)
        assert (membership.user.pk, membership.organisation.name) == (world.person(name).pk, world.business.name)


def test_a_member_is_managed_where_they_belong(world: World, django_assert_num_queries: Callable[[int], Any]) -> None:
    editor = world.person(EDITOR).memberships.get()
    foreign = world.person(STRANGER).memberships.get()

    assert everyone_asks(world, lambda who: access.member_manage(who, world.business.pk, editor.pk)) == expected(
        {OWNER}
    )
    assert ask(lambda: access.member_manage(world.person(OWNER), world.business.pk, foreign.pk)) == 404
    with django_assert_num_queries(2):
        found = access.member_manage(world.person(OWNER), world.business.pk, editor.pk)
        assert (found.pk, found.user.name, found.organisation.name) == (
            editor.pk,
            world.person(EDITOR).name,
            world.business.name,
        )


@pytest.mark.parametrize(
    ("kind", "may"),
    [
        (InvitationKind.MEMBER, {OWNER}),
        (InvitationKind.CONSULTANCY, {OWNER}),
    ],
)
def test_an_invitation_is_managed_by_who_may_make_it(world: World, kind: InvitationKind, may: set[str]) -> None:
    invitation = _invitation(world.business, kind)
    foreign = _invitation(world.elsewhere, kind)

    assert everyone_asks(world, lambda who: access.invitation_manage(who, world.business.pk, invitation.pk)) == (
        expected(may)
    )
    assert ask(lambda: access.invitation_manage(world.person(OWNER), world.business.pk, foreign.pk)) == 404


def test_clients_are_invited_by_who_looks_after_them(world: World) -> None:
    consultancy = world.consultancy
    to_client, to_member = (_invitation(consultancy, kind) for kind in (InvitationKind.CLIENT, InvitationKind.MEMBER))

    asked = everyone_asks(world, lambda who: access.invitation_manage(who, consultancy.pk, to_client.pk))
    assert asked == expected(AT_CONSULTANCY, AT_CONSULTANCY)
    # The editor may invite clients, and still not the consultancy's own people.
    asked = everyone_asks(world, lambda who: access.invitation_manage(who, consultancy.pk, to_member.pk))
    assert asked == expected({CONSULTANT_WITHOUT_SECOND_STEP}, AT_CONSULTANCY)


def test_a_client_that_was_set_up_is_handed_over_by_its_consultancy(world: World) -> None:
    client = OrganisationFactory.create(set_up_by=world.consultancy)
    EngagementFactory.create(consultancy=world.consultancy, client=client, level=AccessLevel.ANSWER)
    to_owner, to_editor = (_invitation(client, InvitationKind.MEMBER, role) for role in (Role.OWNER, Role.EDITOR))

    asked = everyone_asks(world, lambda who: access.invitation_manage(who, client.pk, to_owner.pk))
    assert asked == expected(ENGAGED, ENGAGED)
    asked = everyone_asks(world, lambda who: access.invitation_manage(who, client.pk, to_editor.pk))
    assert asked == expected(set(), ENGAGED)

    member(client)
    asked = everyone_asks(world, lambda who: access.invitation_manage(who, client.pk, to_owner.pk))
    assert asked == expected(set(), ENGAGED)


def test_an_invitation_comes_with_its_organisation(
    world: World, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    invitation = _invitation(world.business, InvitationKind.MEMBER)
    found = access.invitation_manage(world.person(OWNER), world.business.pk, invitation.pk)
    assert found == invitation
    with django_assert_max_num_queries(0):
        assert found.organisation.name == world.business.name


def test_an_engagement_is_managed_from_both_ends(world: World, django_assert_num_queries: Callable[[int], Any]) -> None:
    here = Engagement.objects.get(consultancy=world.consultancy)
    over = Engagement.objects.get(ended_at__isnull=False)
    foreign = Engagement.objects.get(client=world.elsewhere)
    owner, consultant = world.person(OWNER), world.person(CONSULTANT_ANSWER)
    ends = (world.business, world.consultancy)
    business, consultancy = (each.pk for each in ends)

    asked = everyone_asks(world, lambda who: access.engagement_at_client(who, business, here.pk))
    assert asked == expected({OWNER})
    asked = everyone_asks(world, lambda who: access.engagement_at_consultancy(who, consultancy, here.pk))
    assert asked == expected(AT_CONSULTANCY, AT_CONSULTANCY)
    for other in (over, foreign):
        assert ask(partial(access.engagement_at_client, owner, business, other.pk)) == 404
        assert ask(partial(access.engagement_at_consultancy, consultant, consultancy, other.pk)) == 404
    with django_assert_num_queries(2):
        found = access.engagement_at_client(owner, business, here.pk)
        assert (found.client, found.consultancy) == ends
    with django_assert_num_queries(2):
        found = access.engagement_at_consultancy(consultant, consultancy, here.pk)
        assert (found.client, found.consultancy) == ends


def test_clients_of_a_consultancy(world: World) -> None:
    second = EngagementFactory.create(consultancy=world.consultancy, client=OrganisationFactory.create(name="A first"))
    business, other = str(world.business.pk), str(second.client_id)

    assert access.client_at(world.consultancy, world.business.pk).client == world.business
    assert ask(lambda: access.client_at(world.consultancy, world.elsewhere.pk)) == 404
    assert ask(lambda: access.client_at(ConsultancyFactory.create(), world.business.pk)) == 404
    assert [found.client for found in access.clients_at(world.consultancy, [business, other, business])] == [
        second.client,
        world.business,
    ]
    assert access.clients_at(world.consultancy, []) == []
    for keys in ([business, str(world.elsewhere.pk)], [business, "no key"], [str(uuid4())]):
        with pytest.raises(Http404):
            access.clients_at(world.consultancy, keys)


def test_a_logo_is_read_by_who_works_with_the_consultancy(world: World) -> None:
    logo = BrandFactory.create(consultancy=world.consultancy)
    other = BrandFactory.create(consultancy=world.person(CONSULTANT_OF_OTHERS).memberships.get().organisation)

    asked = everyone_asks(world, lambda who: access.logo_read(who, logo.pk))
    assert asked == expected(OWN | ENGAGED, set())
    assert access.logo_read(world.person(OWNER), logo.pk) == logo
    asked = everyone_asks(world, lambda who: access.logo_read(who, other.pk))
    assert asked == expected({CONSULTANT_OF_OTHERS, STRANGER}, set())


def test_what_is_required_is_handed_back_or_refused(world: World) -> None:
    standing = Standing(world.business, Role.VIEWER, None)
    assert access.require(standing, Capability.VIEW_ASSESSMENTS) is standing
    with pytest.raises(PermissionDenied):
        access.require(standing, Capability.ANSWER)


def test_the_bank_is_edited_by_bank_editors_alone(world: World) -> None:
    suspended = world.person(VIEWER)
    suspended.edits_bank, suspended.is_active = True, False

    may = {name for name in PERSONAS if access.may_edit_bank(person_of(world, name))}
    assert may == {BANK_EDITOR, ADMINISTRATOR_WITHOUT_SECOND_STEP}


def _invitation(organisation: Organisation, kind: InvitationKind, role: str = Role.EDITOR) -> Invitation:
    if kind != InvitationKind.MEMBER:
        return InvitationFactory.create(organisation=organisation, kind=kind, role="", level=AccessLevel.REVIEW)
    return InvitationFactory.create(organisation=organisation, role=role)
