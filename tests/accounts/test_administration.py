"""Django's administration: entered through our sign-in, read more than written, and no secret in it."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from accounts.audit import Actor, record
from accounts.models import AuditEvent, AuditKind, Engagement, Invitation, Membership, Organisation, SignInLink, User
from accounts.sign_in_links import create_sign_in_link
from tests.accounts.test_sign_in_links import HOUR
from tests.factories import EngagementFactory, InvitationFactory, OrganisationFactory, UserFactory, member

pytestmark = pytest.mark.django_db
OURS = (User, Organisation, Membership, Engagement, SignInLink, Invitation, AuditEvent)


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(UserFactory.create(is_staff=True, is_superuser=True))
    return client


def test_the_way_in_is_our_sign_in(client: Client) -> None:
    people = reverse("admin:accounts_user_changelist")
    for asked in (people, f"{reverse('admin:login')}?next={people}"):
        assert client.get(asked)["Location"] == f"{reverse('account_login')}?next={people}"
    assert client.get(reverse("admin:login"))["Location"] == f"{reverse('account_login')}?next={reverse('admin:index')}"
    password = client.post(reverse("admin:login"), {"username": "a@example.org", "password": "x"})
    assert password["Location"].startswith(reverse("account_login"))


def test_who_is_no_administrator_meets_403(signed_in: Client) -> None:
    for path in (reverse("admin:login"), reverse("admin:index"), reverse("admin:accounts_user_changelist")):
        assert signed_in.get(path).status_code == 403


def test_signed_in_administrators_go_straight_in(administrator: Client) -> None:
    assert administrator.get(reverse("admin:login"))["Location"] == reverse("admin:index")
    assert administrator.get(reverse("admin:index")).status_code == 200


def test_a_password_is_changed_where_everybody_changes_it(administrator: Client) -> None:
    assert administrator.get(reverse("admin:password_change"))["Location"] == reverse("account_change_password")
    assert administrator.get(reverse("admin:password_change_done"))["Location"] == reverse("admin:index")


def test_every_list_and_row_opens_and_can_be_searched(administrator: Client) -> None:
    engagement = EngagementFactory.create()
    person = member(engagement.client)
    create_sign_in_link(user=person, lifetime=HOUR)
    InvitationFactory.create()
    record(by=Actor(person), kind=AuditKind.LEFT)
    for model, model_admin in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        assert (
            administrator.get(
                reverse(f"{name}_changelist"), {"q": "a"} if model_admin.search_fields else {}
            ).status_code
            == 200
        )
        if model in OURS:
            row = model._default_manager.order_by("pk").last()
            assert row is not None
            assert administrator.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200


def test_rows_are_made_by_using_the_product_not_by_hand(administrator: Client) -> None:
    for model in OURS:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        assert administrator.get(reverse(f"{name}_add")).status_code == 403


def test_links_and_engagements_are_read_only(administrator: Client) -> None:
    engagement = EngagementFactory.create()
    path = reverse("admin:accounts_engagement_change", args=[engagement.pk])
    assert administrator.post(path, {"level": "read"}).status_code == 403
    assert administrator.post(reverse("admin:accounts_engagement_delete", args=[engagement.pk])).status_code == 403


def test_a_person_can_be_suspended_but_not_given_another_address_or_password(administrator: Client) -> None:
    person = UserFactory.create(email="keep@example.org")
    password = person.password
    path = reverse("admin:accounts_user_change", args=[person.pk])
    administrator.post(path, {"name": "B", "email": "stolen@example.org", "password": "x"})
    person.refresh_from_db()
    assert (person.email, person.is_active, person.password) == ("keep@example.org", False, password)


def test_no_secret_is_shown(administrator: Client) -> None:
    person = UserFactory.create()
    create_sign_in_link(user=person, lifetime=HOUR)
    link = SignInLink.objects.get()
    for path in (
        reverse("admin:accounts_signinlink_change", args=[link.pk]),
        reverse("admin:accounts_signinlink_changelist"),
        reverse("admin:accounts_user_change", args=[person.pk]),
    ):
        page = administrator.get(path).content.decode()
        assert link.token_hash not in page
        assert person.password not in page


def test_rights_come_from_memberships_alone() -> None:
    assert not admin.site.is_registered(Group)


def test_a_role_can_be_mended_by_hand(administrator: Client) -> None:
    person = member(OrganisationFactory.create())
    membership = Membership.objects.get(user=person)
    path = reverse("admin:accounts_membership_change", args=[membership.pk])
    administrator.post(path, {"role": "viewer", "user": "1", "organisation": "1"})
    membership.refresh_from_db()
    assert (membership.role, membership.user) == ("viewer", person)


def told() -> list[tuple[str, dict[str, object]]]:
    return [(event.subject, event.details) for event in AuditEvent.objects.filter(kind="person_changed").order_by("pk")]


def test_a_right_given_or_taken_by_hand_is_in_the_trail(administrator: Client) -> None:
    person = UserFactory.create(email="ann@example.org")
    path = reverse("admin:accounts_user_change", args=[person.pk])
    administrator.post(path, {"name": "Ann", "is_active": "on", "is_staff": "on"})
    administrator.post(path, {"name": "Anna", "is_staff": "on"})
    assert told() == [
        ("ann@example.org", {"right": "is_staff", "before": "no", "after": "yes"}),
        ("ann@example.org", {"right": "is_active", "before": "yes", "after": "no"}),
    ]


def test_so_are_roles_and_accounts(administrator: Client) -> None:
    bakery = OrganisationFactory.create()
    first, second = member(bakery, email="a@example.org"), member(bakery, email="b@example.org")
    membership = first.memberships.get()
    administrator.post(reverse("admin:accounts_membership_change", args=[membership.pk]), {"role": "viewer"})
    administrator.post(reverse("admin:accounts_membership_delete", args=[membership.pk]), {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": [second.memberships.get().pk], "post": "yes"}
    administrator.post(reverse("admin:accounts_membership_changelist"), chosen)
    administrator.post(reverse("admin:accounts_user_delete", args=[second.pk]), {"post": "yes"})
    assert [(subject, details["after"]) for subject, details in told()] == [
        ("a@example.org", "viewer"),
        ("a@example.org", "removed"),
        ("b@example.org", "removed"),
        ("b@example.org", "deleted"),
    ]
    assert set(AuditEvent.objects.filter(subject="a@example.org").values_list("organisation", flat=True)) == {bakery.pk}


def test_so_is_the_kind_that_a_consultancys_access_hangs_on(administrator: Client) -> None:
    engagement = EngagementFactory.create()
    path = reverse("admin:accounts_organisation_change", args=[engagement.consultancy_id])
    inline = {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}
    administrator.post(path, {"name": "Renamed", "kind": "consultancy", **inline})
    assert not AuditEvent.objects.exists()
    administrator.post(path, {"name": "Renamed", "kind": "business", **inline})
    event = AuditEvent.objects.get()
    assert (event.kind, event.details) == ("access_changed", {"before": "consultancy", "after": "business"})


def test_an_invitation_shows_no_hash(administrator: Client) -> None:
    invitation = InvitationFactory.create()
    for path in (
        reverse("admin:accounts_invitation_change", args=[invitation.pk]),
        reverse("admin:accounts_invitation_changelist"),
    ):
        assert invitation.token_hash not in administrator.get(path).content.decode()
