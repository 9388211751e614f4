"""Who may invite whom, and that an invitation is no longer valid once its sender may not make it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.audit import Actor
from accounts.invitations.rules import find_invitation
from accounts.models import AccessLevel, InvitationKind, Organisation, Role, User
from accounts.services.organisations import set_up_client
from tests.accounts.inviting import invited
from tests.factories import ConsultancyFactory, EngagementFactory, member

pytestmark = pytest.mark.django_db
MEMBER, CONSULTANCY, CLIENT = InvitationKind.MEMBER, InvitationKind.CONSULTANCY, InvitationKind.CLIENT


@pytest.mark.parametrize("role", [Role.EDITOR, Role.VIEWER])
def test_only_owners_invite_to_their_organisation(bakery: Organisation, role: Role) -> None:
    who = member(bakery, role)
    for kind in (MEMBER, CONSULTANCY):
        with pytest.raises(PermissionDenied):
            invited(
                bakery,
                who,
                kind=kind,
                role=Role.VIEWER if kind == MEMBER else "",
                level="" if kind == MEMBER else "read",
            )


def test_consultants_do_not_invite_people_to_their_clients() -> None:
    engagement = EngagementFactory.create(level=AccessLevel.ANSWER)
    consultant = member(engagement.consultancy)
    for kind, role, level in ((MEMBER, Role.OWNER, ""), (CONSULTANCY, "", "read"), (CLIENT, "", "read")):
        with pytest.raises(PermissionDenied):
            invited(engagement.client, consultant, kind=kind, role=role, level=level)


def test_a_plain_business_asks_nobody_for_access(owner: User, bakery: Organisation) -> None:
    with pytest.raises(PermissionDenied):
        invited(bakery, owner, kind=CLIENT, role="", level="read")


@pytest.mark.parametrize("role", Role)
def test_a_client_that_was_set_up_is_handed_to_its_first_owner_while_nobody_belongs_to_it(role: Role) -> None:
    consultancy = ConsultancyFactory.create()
    consultant = member(consultancy, Role.EDITOR)
    client = set_up_client(consultancy=consultancy, name="New client", by=Actor(consultant))
    with pytest.raises(PermissionDenied):
        invited(client, consultant, role=Role.EDITOR)
    sending = invited(client, consultant, role=Role.OWNER)
    assert find_invitation(sending.token)
    member(client, role)
    assert find_invitation(sending.token) is None
    with pytest.raises(PermissionDenied):
        invited(client, consultant, "late@example.org", role=Role.OWNER)


def test_nor_after_the_consultancy_stopped_looking_after_it() -> None:
    consultancy = ConsultancyFactory.create()
    consultant = member(consultancy)
    client = set_up_client(consultancy=consultancy, name="New client", by=Actor(consultant))
    sending = invited(client, consultant, role=Role.OWNER)
    client.engagements_as_client.update(ended_at=timezone.now())
    assert find_invitation(sending.token) is None


@pytest.mark.parametrize("change", [{"role": "viewer"}, None])
def test_an_invitation_falls_with_the_right_to_make_it(bakery: Organisation, change: dict[str, str] | None) -> None:
    other = member(bakery)
    sending = invited(bakery, other)
    rows = other.memberships.all()
    rows.update(**change) if change else rows.delete()
    assert find_invitation(sending.token) is None


def test_nor_does_one_of_a_suspended_person_work(bakery: Organisation) -> None:
    other = member(bakery)
    sending = invited(bakery, other)
    User.objects.filter(pk=other.pk).update(is_active=False)
    assert find_invitation(sending.token) is None
