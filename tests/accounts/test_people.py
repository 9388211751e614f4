"""Members: changing roles, leaving, and that the organisation always has an owner who can act."""

import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.audit import Actor
from accounts.errors import ChangeRefused
from accounts.models import AuditEvent, AuditKind, Invitation, Membership, Organisation, Role, User
from accounts.services.people import change_role, hand_over_ownership, leave_organisation_as, remove_member
from tests.factories import InvitationFactory, MembershipFactory, OrganisationFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def bo(bakery: Organisation) -> Membership:
    return member(bakery, Role.VIEWER, name="Bo", email="bo@example.org").memberships.get()


def role_of(membership: Membership) -> str | None:
    return Membership.objects.filter(pk=membership.pk).values_list("role", flat=True).first()


def events() -> list[tuple[str, str, dict[str, object]]]:
    return [(each.kind, each.subject, each.details) for each in AuditEvent.objects.order_by("pk")]


def test_a_role_is_changed_and_recorded(signed_in: Client, bo: Membership) -> None:
    page = signed_in.get(reverse("member_edit", args=[bo.organisation_id, bo.pk])).content.decode()
    assert 'value="viewer"' in page
    assert "checked" in page
    answer = signed_in.post(reverse("member_edit", args=[bo.organisation_id, bo.pk]), {"role": "editor"}, follow=True)
    assert "The role of Bo is saved." in answer.content.decode()
    assert role_of(bo) == Role.EDITOR
    assert events() == [("role_changed", "bo@example.org", {"before": "viewer", "after": "editor"})]


def test_the_same_role_again_is_no_change(owner: User, bo: Membership) -> None:
    change_role(membership=bo, role=Role.VIEWER, by=Actor(owner))
    assert events() == []


@pytest.mark.parametrize("data", [{}, {"role": "boss"}])
def test_no_role_or_an_unknown_one_is_named_at_the_field(
    signed_in: Client, bo: Membership, data: dict[str, str]
) -> None:
    answer = signed_in.post(reverse("member_edit", args=[bo.organisation_id, bo.pk]), data)
    assert answer.status_code == 422
    assert "Choose" in answer.content.decode()
    assert role_of(bo) == Role.VIEWER


def test_a_member_of_another_organisation_is_not_found_there(signed_in: Client, bakery: Organisation) -> None:
    stranger = member(OrganisationFactory.create()).memberships.get()
    for name in ("member_edit", "member_remove", "member_hand_over"):
        assert signed_in.post(reverse(name, args=[bakery.pk, stranger.pk]), {"role": "viewer"}).status_code == 404
    assert role_of(stranger) == Role.OWNER


def test_removing_asks_first_and_takes_the_access_at_once(signed_in: Client, bo: Membership) -> None:
    theirs = Client()
    theirs.force_login(bo.user)
    home = reverse("organisation", args=[bo.organisation_id])
    assert theirs.get(home).status_code == 200
    path = reverse("member_remove", args=[bo.organisation_id, bo.pk])
    assert "Remove Bo from Boulangerie Lumière?" in signed_in.get(path).content.decode()
    assert role_of(bo)
    signed_in.post(path)
    assert theirs.get(home).status_code == 404
    assert events() == [("removed", "bo@example.org", {"before": "viewer"})]


def test_a_second_click_on_remove_finds_nobody(owner: User, bo: Membership) -> None:
    remove_member(membership=bo, by=Actor(owner))
    for again in (remove_member, hand_over_ownership):
        with pytest.raises(ChangeRefused, match="no longer a member"):
            again(membership=bo, by=Actor(owner))


def test_the_last_owner_neither_leaves_nor_steps_down(signed_in: Client, owner: User, bo: Membership) -> None:
    own = owner.memberships.get()
    steps_down = signed_in.post(reverse("member_edit", args=[own.organisation_id, own.pk]), {"role": "viewer"})
    leaves = signed_in.post(reverse("organisation_leave", args=[own.organisation_id]))
    for answer in (steps_down, leaves):
        assert answer.status_code == 409
        assert "Somebody has to own the organisation." in answer.content.decode()
    assert role_of(own) == Role.OWNER
    assert events() == []


def test_a_suspended_owner_does_not_count(owner: User, bakery: Organisation) -> None:
    asleep = member(bakery, is_active=False)
    with pytest.raises(ChangeRefused, match="has to own"):
        leave_organisation_as(organisation=bakery, by=Actor(owner))
    remove_member(membership=asleep.memberships.get(), by=Actor(owner))
    assert [each.user for each in bakery.memberships.all()] == [owner]


def test_one_of_two_owners_may_go(signed_in: Client, owner: User, bakery: Organisation) -> None:
    member(bakery)
    answer = signed_in.post(reverse("organisation_leave", args=[bakery.pk]), follow=True)
    assert "You left Boulangerie Lumière." in answer.content.decode()
    assert not owner.memberships.exists()


def test_a_viewer_may_leave_and_change_nobody(client: Client, owner: User, bo: Membership) -> None:
    with pytest.raises(PermissionDenied):
        change_role(membership=owner.memberships.get(), role=Role.VIEWER, by=Actor(bo.user))
    with pytest.raises(PermissionDenied):
        change_role(membership=bo, role=Role.OWNER, by=Actor(bo.user))
    client.force_login(bo.user)
    client.post(reverse("organisation_leave", args=[bo.organisation_id]))
    assert role_of(bo) is None
    assert client.post(reverse("organisation_leave", args=[bo.organisation_id])).status_code == 404


def test_ownership_is_handed_over_in_one_step(signed_in: Client, owner: User, bo: Membership) -> None:
    path = reverse("member_hand_over", args=[bo.organisation_id, bo.pk])
    assert "You become an editor" in signed_in.get(path).content.decode()
    signed_in.post(path)
    assert (role_of(bo), owner.memberships.get().role) == (Role.OWNER, Role.EDITOR)
    assert events() == [("ownership_handed_over", "bo@example.org", {})]
    assert signed_in.get(reverse("people", args=[bo.organisation_id])).status_code == 403


def test_nobody_who_cannot_act_becomes_owner(owner: User, bo: Membership) -> None:
    User.objects.filter(pk=bo.user_id).update(is_active=False)
    for new_owner in (bo, owner.memberships.get()):
        with pytest.raises(ChangeRefused):
            hand_over_ownership(membership=new_owner, by=Actor(owner))
    assert (role_of(bo), owner.memberships.get().role) == (Role.VIEWER, Role.OWNER)


def test_open_invitations_go_with_the_ownership(owner: User, bakery: Organisation, bo: Membership) -> None:
    other = member(bakery)
    mine = InvitationFactory.create(organisation=bakery, invited_by=owner)
    theirs = InvitationFactory.create(organisation=bakery, invited_by=other)
    remove_member(membership=owner.memberships.get(), by=Actor(other))
    assert Invitation.objects.get(pk=mine.pk).withdrawn_at
    assert Invitation.objects.get(pk=theirs.pk).withdrawn_at is None
    withdrawn = AuditEvent.objects.get(kind=AuditKind.INVITATION_WITHDRAWN)
    assert (withdrawn.organisation, withdrawn.subject, withdrawn.actor) == (bakery.pk, mine.email, other.pk)


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_demote_each_other_at_the_same_moment() -> None:
    """Each demotes the other; the lock on the organisation lets one go first, and one owner stays."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    bakery = OrganisationFactory.create()
    owners = [member(bakery), member(bakery)]
    start, refused = threading.Barrier(2), []

    def demote(who: User, whom: User) -> None:
        try:
            membership = Membership.objects.get(user=whom)
            start.wait(timeout=10)
            change_role(membership=membership, role=Role.VIEWER, by=Actor(who))
        except (PermissionDenied, ChangeRefused) as error:
            refused.append(error)
        finally:
            connection.close()

    both: list[Callable[[], None]] = [lambda: demote(*owners), lambda: demote(*owners[::-1])]
    threads = [threading.Thread(target=each) for each in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert sorted(bakery.memberships.values_list("role", flat=True)) == ["owner", "viewer"]
    assert AuditEvent.objects.filter(kind=AuditKind.ROLE_CHANGED).count() == 1


def test_membership_elsewhere_gives_no_say_here(owner: User, bo: Membership) -> None:
    """An owner of two organisations is not one of a third."""
    stranger = member(OrganisationFactory.create())
    MembershipFactory.create(user=stranger, organisation=bo.organisation, role=Role.EDITOR)
    for change in (remove_member, hand_over_ownership):
        with pytest.raises(PermissionDenied):
            change(membership=bo, by=Actor(stranger))
