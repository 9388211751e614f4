"""Django's administration: entered through our sign-in, mostly read-only, and without secrets."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Model
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.audit import Actor, audit_trail_of, record
from accounts.models import (
    AuditEvent,
    AuditKind,
    Engagement,
    Invitation,
    Membership,
    Organisation,
    Role,
    SignInLink,
    User,
)
from accounts.sign_in.links import create_sign_in_link
from accounts.wording import audit_trail_lines
from assessments.models import EditionRow
from tests.accounts.confirming import confirm_lately
from tests.accounts.erasing import carry_out_orders
from tests.accounts.test_sign_in import sign_in
from tests.accounts.test_sign_in_links import HOUR
from tests.factories import (
    ConsultancyFactory,
    EngagementFactory,
    InvitationFactory,
    OrganisationFactory,
    UserFactory,
    give_second_step,
    member,
)
from tests.runs import finished_run

pytestmark = pytest.mark.django_db
OURS = (User, Organisation, Membership, Engagement, SignInLink, Invitation, AuditEvent)


@pytest.fixture
def administrator(client: Client) -> Client:
    """Who confirmed a moment ago who they are, as changes of rights require."""
    person = UserFactory.create(is_staff=True, is_superuser=True)
    client.force_login(person)
    confirm_lately(client, person)
    return client


def test_the_way_in_is_our_sign_in(client: Client) -> None:
    people = reverse("admin:accounts_user_changelist")
    for asked in (people, f"{reverse('admin:login')}?next={people}"):
        assert client.get(asked)["Location"] == f"{reverse('account_login')}?next={people}"
    assert client.get(reverse("admin:login"))["Location"] == f"{reverse('account_login')}?next={reverse('admin:index')}"
    password = client.post(reverse("admin:login"), {"username": "a@example.org", "password": "x"})
    assert password["Location"].startswith(reverse("account_login"))


def test_others_get_403(signed_in: Client) -> None:
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


@pytest.fixture
def two_owners() -> tuple[Membership, Membership]:
    bakery = OrganisationFactory.create()
    first, second = member(bakery, email="a@example.org"), member(bakery, email="b@example.org")
    return first.memberships.get(), second.memberships.get()


def change(administrator: Client, row: Any, verb: str = "change", **data: Any) -> int:
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_{verb}"
    return administrator.post(reverse(name, args=[row.pk]), {"post": "yes"} if verb == "delete" else data).status_code


def test_a_role_can_be_corrected_by_hand(administrator: Client, two_owners: tuple[Membership, Membership]) -> None:
    membership, _ = two_owners
    change(administrator, membership, role="viewer", user="1", organisation="1")
    assert (Membership.objects.get(pk=membership.pk).role, membership.user.email) == ("viewer", "a@example.org")


def test_an_organisation_keeps_an_owner_whatever_is_corrected(
    administrator: Client, two_owners: tuple[Membership, Membership]
) -> None:
    gone, last = two_owners
    User.objects.filter(pk=gone.user_id).update(is_active=False)
    page = administrator.post(reverse("admin:accounts_membership_change", args=[last.pk]), {"role": "viewer"})
    assert "Somebody has to own the organisation" in page.content.decode()
    assert change(administrator, last, "delete") == 403
    assert change(administrator, last.user, "delete") == 403
    assert Membership.objects.get(pk=last.pk).role == "owner"


def test_rows_go_one_by_one(administrator: Client, two_owners: tuple[Membership, Membership]) -> None:
    chosen = {"action": "delete_selected", "_selected_action": [row.pk for row in two_owners], "post": "yes"}
    administrator.post(reverse("admin:accounts_membership_changelist"), chosen)
    assert Membership.objects.count() == 2


def recorded_changes() -> list[tuple[str, dict[str, object]]]:
    return [(event.subject, event.details) for event in AuditEvent.objects.filter(kind="person_changed").order_by("pk")]


def test_a_right_given_or_taken_by_hand_is_in_the_trail(administrator: Client) -> None:
    person = UserFactory.create(email="ann@example.org")
    path = reverse("admin:accounts_user_change", args=[person.pk])
    administrator.post(path, {"name": "Ann", "is_active": "on", "is_staff": "on"})
    administrator.post(path, {"name": "Anna", "is_staff": "on"})
    named = {"right": "name", "before": "", "after": ""}
    assert recorded_changes() == [
        ("ann@example.org", named),
        ("ann@example.org", {"right": "is_staff", "before": "no", "after": "yes"}),
        ("ann@example.org", named),
        ("ann@example.org", {"right": "is_active", "before": "yes", "after": "no"}),
    ]


def test_nobody_is_given_the_name_of_a_colleague(administrator: Client, bakery: Organisation) -> None:
    member(bakery, name="Noor Haddad")
    person = member(bakery, Role.EDITOR, name="Ann")
    path = reverse("admin:accounts_user_change", args=[person.pk])
    refused = administrator.post(path, {"name": "noor  HADDAD", "is_active": "on"})
    assert "Somebody you work with is called that already" in refused.content.decode()
    person.refresh_from_db()
    assert person.name == "Ann"
    administrator.post(path, {"name": "Ann Other", "is_active": "on"})
    lines = audit_trail_lines(audit_trail_of(bakery))
    assert [(line.what, line.subject, line.change) for line in lines] == [
        ("Changed a person’s rights", person.email, "Name")
    ]


def test_so_are_roles_and_accounts_also_in_the_organisations_own_trail(
    administrator: Client, two_owners: tuple[Membership, Membership]
) -> None:
    first, second = two_owners
    member(first.organisation)
    change(administrator, first, role="viewer")
    change(administrator, first, "delete")
    change(administrator, second.user, name="B")
    change(administrator, second.user, "delete")
    carry_out_orders()
    assert recorded_changes() == [
        ("a@example.org", {"before": "owner", "after": "viewer"}),
        ("a@example.org", {"before": "viewer", "after": "removed"}),
        ("former member", {"right": "name", "before": "", "after": ""}),
        ("former member", {"right": "name", "before": "", "after": ""}),
        ("former member", {"right": "is_active", "before": "yes", "after": "no"}),
        ("former member", {"right": "is_active", "before": "yes", "after": "no"}),
    ]
    lines = audit_trail_lines(audit_trail_of(first.organisation))[::-1]
    assert [(line.what, line.subject, line.change) for line in lines] == [
        ("Changed a person’s rights", "a@example.org", "Owner, now Viewer"),
        ("Changed a person’s rights", "a@example.org", "Viewer, now removed"),
        ("Changed a person’s rights", "former member", "Name"),
        ("Changed a person’s rights", "former member", "May sign in: yes, now no"),
        ("Deleted an account", "", ""),
    ]
    assert {event.ip_address for event in audit_trail_of(first.organisation)} == {None}, (
        "where administrators work is theirs"
    )


def test_a_lost_second_step_is_removed_and_its_owner_signed_out(administrator: Client) -> None:
    person = UserFactory.create(email="ann@example.org")
    theirs = Client()
    sign_in(theirs, person.email)
    give_second_step(person)
    assert theirs.get("/settings/").status_code == 200
    step = Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP)
    assert "secret" not in administrator.get(reverse("admin:mfa_authenticator_change", args=[step.pk])).content.decode()
    assert change(administrator, step, data="{}", user="1") == 403
    change(administrator, step, "delete")
    assert theirs.get("/settings/").status_code == 302
    assert recorded_changes() == [
        ("ann@example.org", {"right": "second_step", "before": step.get_type_display(), "after": "removed"})
    ]


def test_nobody_is_given_an_address_or_a_passkey_by_hand(administrator: Client) -> None:
    person = UserFactory.create()
    address = EmailAddress.objects.create(user=person, email="theirs@example.org", verified=False)
    given: dict[str, Any] = {
        "user": person.pk,
        "email": "mine@example.org",
        "verified": "on",
        "type": "webauthn",
        "data": "{}",
    }
    for name in ("account_emailaddress", "mfa_authenticator"):
        assert administrator.post(reverse(f"admin:{name}_add"), given).status_code == 403
    assert change(administrator, address, **given) == 403
    chosen = {"action": "make_verified", "_selected_action": [address.pk]}
    administrator.post(reverse("admin:account_emailaddress_changelist"), chosen)
    address.refresh_from_db()
    assert (address.email, address.verified) == ("theirs@example.org", False)


def test_an_organisations_end_is_in_every_trail_it_concerns(administrator: Client, edition_row: EditionRow) -> None:
    engagement = EngagementFactory.create(client__name="Boulangerie")
    finished_run(engagement.client)
    change(administrator, engagement.client, "delete")
    assert not Organisation.objects.filter(name="Boulangerie").exists()
    assert {(event.organisation, event.kind) for event in AuditEvent.objects.all()} == {
        (engagement.client_id, AuditKind.ORGANISATION_DELETED),
        (engagement.consultancy_id, AuditKind.ACCESS_ENDED),
    }


def test_so_is_the_kind_that_a_consultancys_access_depends_on(administrator: Client) -> None:
    advice = ConsultancyFactory.create()
    inline: dict[str, Any] = {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}
    change(administrator, advice, name="Renamed", kind="consultancy", **inline)
    assert not AuditEvent.objects.exists()
    change(administrator, advice, name="Renamed", kind="business", **inline)
    event = AuditEvent.objects.get()
    assert (event.kind, event.details) == ("access_changed", {"before": "consultancy", "after": "business"})


def test_a_consultancy_with_clients_stays_one(administrator: Client) -> None:
    advice = EngagementFactory.create().consultancy
    inline: dict[str, Any] = {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}
    change(administrator, advice, name="Renamed", kind="business", **inline)
    advice.refresh_from_db()
    assert (advice.name, advice.kind) == ("Renamed", "consultancy")


def test_an_invitation_shows_no_hash(administrator: Client) -> None:
    invitation = InvitationFactory.create()
    for path in (
        reverse("admin:accounts_invitation_change", args=[invitation.pk]),
        reverse("admin:accounts_invitation_changelist"),
    ):
        assert invitation.token_hash not in administrator.get(path).content.decode()


@pytest.mark.parametrize(
    ("page", "lookup"),
    [
        ("accounts_user", "password__startswith"),
        ("accounts_user", "email__contains"),
        ("accounts_user", "memberships__organisation__name__startswith"),
        ("mfa_authenticator", "data__secret__startswith"),
        ("mfa_authenticator", "user__password__startswith"),
        ("accounts_membership", "user__password__regex"),
        ("accounts_signinlink", "token_hash__startswith"),
        ("accounts_auditevent", "organisation__name__startswith"),
        ("account_emailaddress", "user__password__startswith"),
    ],
)
def test_lists_cannot_be_asked_letter_by_letter(administrator: Client, page: str, lookup: str) -> None:
    answer = administrator.get(reverse(f"admin:{page}_changelist"), {lookup: "a"})
    assert answer.status_code in (400, 302)


def test_every_list_is_closed_but_for_its_own_filters(administrator: Client) -> None:
    """Of each registered model, every column and every column of what it points to."""
    for model, model_admin in admin.site._registry.items():
        request = RequestFactory().get("/")
        own = {name for name in model_admin.list_filter if isinstance(name, str)}
        for field in model._meta.get_fields():
            related = field.related_model if field.is_relation else None
            paths = [field.name, *(f"{field.name}__{far.name}" for far in _columns_of(related))]
            for path in set(paths) - own:
                for lookup in (path, f"{path}__startswith", f"{path}__regex", f"{path}__gt"):
                    assert not model_admin.lookup_allowed(lookup, "a", request), (model, lookup)


def test_the_filters_beside_a_list_work(administrator: Client) -> None:
    UserFactory.create(is_active=False, email="suspended@example.org")
    found = administrator.get(reverse("admin:accounts_user_changelist"), {"is_active__exact": "0"})
    assert found.status_code == 200
    assert "suspended@example.org" in found.text


@pytest.mark.usefixtures("edition_row")
def test_deleting_says_how_much_and_not_what(administrator: Client) -> None:
    run = finished_run().assessment
    organisation = run.organisation
    person = member(organisation)
    page = administrator.get(reverse("admin:accounts_organisation_delete", args=[organisation.pk])).text
    assert "Answers: " in page
    assert person.email not in page
    for answer in run.answers.all():
        assert f"{answer.question}:" not in page


def _columns_of(model: Any) -> list[Any]:
    return list(model._meta.get_fields()) if isinstance(model, type) and issubclass(model, Model) else []
