"""No organisation is left to nobody: every way in which that could happen is walked."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.audit import Actor
from accounts.errors import ChangeRefused
from accounts.models import AccessLevel, AuditEvent, AuditKind, Engagement, Organisation, Role, User
from accounts.people_data.erasure import SoleOwner, erase_person
from accounts.people_data.organisations import (
    TIME_TO_UNDO,
    ask_deletion,
    delete_due_organisations,
    delete_organisation,
    undo_deletion,
)
from accounts.services.acceptance import accept_as_member
from accounts.services.engagements import LeftToNobody, change_access, end_access
from accounts.services.invitations import InvitationGone
from accounts.services.organisations import set_up_client
from accounts.services.people import LastOwner, change_role, leave_organisation_as, remove_member
from tests.accounts.inviting import invited
from tests.factories import ConsultancyFactory, EngagementFactory, OrganisationFactory, UserFactory, member
from tests.pages import links, parse, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def adviser() -> User:
    return member(ConsultancyFactory.create(name="Haddad Advice"))


@pytest.fixture
def advice(adviser: User) -> Organisation:
    return adviser.memberships.get().organisation


@pytest.fixture
def waiting(adviser: User, advice: Organisation) -> Organisation:
    """A client that the consultancy set up and whose owner has not come yet."""
    return set_up_client(consultancy=advice, name="Atelier Nord", by=Actor(adviser))


def engagement_with(client: Organisation) -> Engagement:
    return client.engagements_as_client.get(ended_at=None)


def is_reachable(organisation: Organisation) -> bool:
    members = organisation.memberships.filter(user__is_active=True)
    engaged = organisation.engagements_as_client.filter(ended_at=None, consultancy__memberships__user__is_active=True)
    return members.exists() or engaged.exists()


def leave(person: User, organisation: Organisation) -> None:
    leave_organisation_as(organisation=organisation, by=Actor(person))


def erase(person: User, organisation: Organisation) -> None:
    erase_person(person=person, by=Actor(person))


def step_down(person: User, organisation: Organisation) -> None:
    change_role(membership=organisation.memberships.get(user=person), role=Role.EDITOR, by=Actor(person))


def be_removed(person: User, organisation: Organisation) -> None:
    remove_member(membership=organisation.memberships.get(user=person), by=Actor(person))


WAYS_OUT: tuple[Callable[[User, Organisation], None], ...] = (leave, erase, step_down, be_removed)


@pytest.mark.parametrize("way", WAYS_OUT)
def test_the_last_owner_of_a_business_stays(way: Callable[[User, Organisation], None]) -> None:
    owner = member(OrganisationFactory.create())
    organisation = owner.memberships.get().organisation
    with pytest.raises((LastOwner, SoleOwner, ChangeRefused)):
        way(owner, organisation)
    assert is_reachable(organisation)


@pytest.mark.parametrize("way", WAYS_OUT)
def test_the_last_consultant_stays_with_the_clients(
    way: Callable[[User, Organisation], None], adviser: User, advice: Organisation, waiting: Organisation
) -> None:
    with pytest.raises((LastOwner, SoleOwner, ChangeRefused)):
        way(adviser, advice)
    assert is_reachable(waiting)


def test_the_consultancy_cannot_stop_before_an_owner_has_come(adviser: User, waiting: Organisation) -> None:
    engagement = engagement_with(waiting)
    with pytest.raises(LeftToNobody):
        end_access(engagement=engagement, by=Actor(adviser))
    assert is_reachable(waiting)
    member(waiting)
    end_access(engagement=engagement, by=Actor(adviser))
    assert is_reachable(waiting)


def test_of_two_consultancies_one_can_stop(adviser: User, waiting: Organisation) -> None:
    other = EngagementFactory.create(client=waiting)
    member(other.consultancy)
    end_access(engagement=waiting.engagements_as_client.get(consultancy__name="Haddad Advice"), by=Actor(adviser))
    assert is_reachable(waiting)


def test_a_deleted_consultancy_takes_along_what_nobody_else_reaches(
    adviser: User, advice: Organisation, waiting: Organisation
) -> None:
    """At once by an administrator, or for lack of use; the clients' own trails stay."""
    owned = EngagementFactory.create(consultancy=advice).client
    member(owned)
    shared = set_up_client(consultancy=advice, name="Shared", by=Actor(adviser))
    member(EngagementFactory.create(client=shared).consultancy)
    delete_organisation(organisation=advice, by=Actor(None))
    assert set(Organisation.objects.filter(pk__in=(owned.pk, shared.pk, waiting.pk))) == {owned, shared}
    assert all(is_reachable(each) for each in (owned, shared))
    assert AuditEvent.objects.filter(organisation=waiting.pk, kind=AuditKind.ORGANISATION_DELETED).exists()


def test_several_that_are_due_are_deleted_whichever_comes_first(advice: Organisation, waiting: Organisation) -> None:
    """The client goes with its consultancy, and then it is its own turn."""
    for organisation in (advice, waiting):
        delete_organisation(organisation=organisation, by=Actor(None))
    assert not Organisation.objects.exists()


def test_the_page_before_deleting_a_consultancy_names_them(
    adviser: User, advice: Organisation, waiting: Organisation, client: Client
) -> None:
    client.force_login(adviser)
    page = text_of(parse(client.get(reverse("organisation_delete", args=[advice.pk]))))
    assert "With it goes 1 client that has no owner yet: Atelier Nord." in page
    business = member(OrganisationFactory.create())
    client.force_login(business)
    organisation = business.memberships.get().organisation
    assert "no owner yet" not in text_of(parse(client.get(reverse("organisation_delete", args=[organisation.pk]))))


# What a consultancy does with a client that has no owner.


def test_the_page_offers_what_can_become_of_it(
    adviser: User, advice: Organisation, waiting: Organisation, client: Client
) -> None:
    client.force_login(adviser)
    engagement = engagement_with(waiting)
    keys = [advice.pk, engagement.pk]
    for response in (client.get(reverse("client_end", args=keys)), client.post(reverse("client_end", args=keys))):
        page = parse(response)
        assert "nobody could reach its answers any more" in text_of(page)
        assert {reverse("client_hand_over", args=keys), reverse("client_delete", args=keys)} <= set(
            links(page).values()
        )
    assert is_reachable(waiting)


def test_it_deletes_the_client_and_can_undo_that(
    adviser: User, advice: Organisation, waiting: Organisation, client: Client
) -> None:
    client.force_login(adviser)
    address = reverse("client_delete", args=[advice.pk, engagement_with(waiting).pk])
    assert client.post(address, {"name": "Another"}).status_code == 422
    kept = client.post(address, {"name": "atelier  nord"}, follow=True)
    assert "Keep it" in text_of(parse(kept))
    waiting.refresh_from_db()
    assert waiting.deletion_due_at is not None
    client.post(reverse("organisation_keep", args=[waiting.pk]))
    waiting.refresh_from_db()
    assert waiting.deletion_due_at is None
    now = timezone.now()
    ask_deletion(organisation=waiting, typed="Atelier Nord", by=Actor(adviser), now=now)
    assert is_reachable(waiting)
    assert delete_due_organisations(now=now + TIME_TO_UNDO - timedelta(hours=1)) == 0
    assert delete_due_organisations(now=now + TIME_TO_UNDO) == 1
    assert not Organisation.objects.filter(pk=waiting.pk).exists()


def test_once_an_owner_has_come_only_the_owner_deletes_and_keeps(
    adviser: User, advice: Organisation, waiting: Organisation, client: Client
) -> None:
    ask_deletion(organisation=waiting, typed="Atelier Nord", by=Actor(adviser), now=timezone.now())
    owner = member(waiting)
    with pytest.raises(PermissionDenied):
        undo_deletion(organisation=waiting, by=Actor(adviser))
    client.force_login(adviser)
    assert client.get(reverse("client_delete", args=[advice.pk, engagement_with(waiting).pk])).status_code == 403
    undo_deletion(organisation=waiting, by=Actor(owner))
    with pytest.raises(PermissionDenied):
        ask_deletion(organisation=waiting, typed="Atelier Nord", by=Actor(adviser), now=timezone.now())


@pytest.fixture
def left(waiting: Organisation, adviser: User) -> Organisation:
    """Its owner came, let the consultancy read, ordered the deletion and deleted the own account."""
    sending = invited(waiting, adviser, "nora@example.org", role=Role.OWNER)
    owner = UserFactory.create(email="nora@example.org")
    accept_as_member(invitation=sending.invitation, by=Actor(owner))
    change_access(engagement=engagement_with(waiting), level=AccessLevel.READ, by=Actor(owner))
    ask_deletion(organisation=waiting, typed="Atelier Nord", by=Actor(owner), now=timezone.now())
    erase_person(person=owner, by=Actor(owner))
    assert not waiting.memberships.exists()
    waiting.refresh_from_db()
    return waiting


def test_a_client_that_its_owner_left_is_never_the_consultancy_s_again(
    adviser: User, advice: Organisation, left: Organisation, client: Client
) -> None:
    with pytest.raises(PermissionDenied):
        undo_deletion(organisation=left, by=Actor(adviser))
    with pytest.raises(PermissionDenied):
        invited(left, adviser, "accomplice@example.org", role=Role.OWNER)
    client.force_login(adviser)
    engagement = engagement_with(left)
    keys = [advice.pk, engagement.pk]
    assert client.post(reverse("organisation_keep", args=[left.pk])).status_code == 403
    assert client.post(reverse("client_hand_over", args=keys), {"email": "accomplice@example.org"}).status_code == 403
    assert client.get(reverse("client_delete", args=keys)).status_code == 403
    assert reverse("client_hand_over", args=keys) not in links(parse(client.get(reverse("clients", args=[advice.pk]))))
    left.refresh_from_db()
    assert left.deletion_due_at is not None
    assert delete_due_organisations(now=left.deletion_due_at) == 1


def test_the_consultancy_may_leave_such_a_client_to_its_deletion(adviser: User, left: Organisation) -> None:
    end_access(engagement=engagement_with(left), by=Actor(adviser))
    assert not is_reachable(left)


def test_a_second_owner_whom_the_consultancy_invited_before_comes_too_late(
    adviser: User, waiting: Organisation
) -> None:
    first = invited(waiting, adviser, "nora@example.org", role=Role.OWNER)
    second = invited(waiting, adviser, "accomplice@example.org", role=Role.OWNER)
    owner, accomplice = (UserFactory.create(email=f"{name}@example.org") for name in ("nora", "accomplice"))
    accept_as_member(invitation=first.invitation, by=Actor(owner))
    ask_deletion(organisation=waiting, typed="Atelier Nord", by=Actor(owner), now=timezone.now())
    erase_person(person=owner, by=Actor(owner))
    with pytest.raises(InvitationGone):
        accept_as_member(invitation=second.invitation, by=Actor(accomplice))


def test_a_viewer_of_the_consultancy_deletes_nothing(advice: Organisation, waiting: Organisation) -> None:
    viewer = member(advice, Role.VIEWER)
    with pytest.raises(PermissionDenied):
        ask_deletion(organisation=waiting, typed="Atelier Nord", by=Actor(viewer), now=timezone.now())
