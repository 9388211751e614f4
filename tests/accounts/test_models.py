"""The database itself refuses nonsense, and the error says what was wrong."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from accounts.models import AuditEvent, Engagement, Invitation, Membership, Organisation, SignInLink, User
from tests.factories import (
    ConsultancyFactory,
    EngagementFactory,
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def link(**fields: object) -> SignInLink:
    now = timezone.now()
    values = {"token_hash": "a" * 64, "created_at": now, "expires_at": now + timedelta(hours=1), **fields}
    return SignInLink(user=UserFactory.create(), **values)


def engagement_with_itself() -> Engagement:
    one = ConsultancyFactory.create()
    return EngagementFactory.build(consultancy=one, client=one)


def engagement(**fields: object) -> Engagement:
    return EngagementFactory.build(
        consultancy=ConsultancyFactory.create(), client=OrganisationFactory.create(), **fields
    )


def second_active_engagement() -> Engagement:
    first = EngagementFactory.create()
    return EngagementFactory.build(consultancy=first.consultancy, client=first.client)


def second_membership() -> Membership:
    first = MembershipFactory.create()
    return Membership(user=first.user, organisation=first.organisation, role="viewer")


def membership(role: str) -> Membership:
    return Membership(user=UserFactory.create(), organisation=OrganisationFactory.create(), role=role)


def invitation(**fields: object) -> Invitation:
    organisation = OrganisationFactory.create()
    return InvitationFactory.build(organisation=organisation, invited_by=UserFactory.create(), **fields)


def second_open_invitation() -> Invitation:
    first = InvitationFactory.create()
    return InvitationFactory.build(
        organisation=first.organisation, invited_by=first.invited_by, email=first.email, token_hash="b" * 64
    )


def set_up_by_itself() -> Organisation:
    one = OrganisationFactory.build()
    one.set_up_by = one
    return one


HOUR = timedelta(hours=1)

HOUR_AGO = timezone.now() - timedelta(hours=1)
REFUSED: dict[str, tuple[Callable[[], Model], str]] = {
    "user_email_lower_case": (lambda: User(email="Ann@example.org"), "must be in lower case"),
    "user_email_given": (lambda: User(email=""), "needs an e-mail address"),
    "user_erased_keeps_nothing": (
        lambda: User(email="erased-1@erased.invalid", password="!", is_active=False, name="Ann", erased_at=HOUR_AGO),
        "nothing is kept but the key",
    ),
    "organisation_name_given": (lambda: Organisation(name=""), "needs a name"),
    "organisation_kind_known": (lambda: Organisation(name="A", kind="bank"), "either a business or a consultancy"),
    "membership_once": (second_membership, "already belongs"),
    "membership_role_known": (lambda: membership("boss"), "owner, editor or viewer"),
    "engagement_active_once": (second_active_engagement, "already has access"),
    "engagement_not_itself": (engagement_with_itself, "cannot be its own consultancy"),
    "engagement_level_known": (lambda: engagement(level="all"), "answer, review or read"),
    "engagement_ends_after_grant": (
        lambda: engagement(ended_at=timezone.now() - timedelta(days=90)),
        "cannot end before",
    ),
    "engagement_ended_by_someone_when_over": (
        lambda: engagement(ended_by=UserFactory.create()),
        "access that has ended",
    ),
    "organisation_not_set_up_by_itself": (set_up_by_itself, "cannot have set itself up"),
    "invitation_open_once": (second_open_invitation, "already invited"),
    "invitation_gives_one_thing": (lambda: invitation(role="owner", level="read"), "a role, or a consultancy"),
    "invitation_email_lower_case": (lambda: invitation(email="Ann@example.org"), "in lower case"),
    "invitation_hash_whole": (lambda: invitation(token_hash="abc"), "needs the hash"),
    "invitation_expires_later": (lambda: invitation(expires_at=timezone.now() - 2 * HOUR), "valid for some time"),
    "invitation_ends_in_one_way": (
        lambda: invitation(accepted_at=timezone.now(), withdrawn_at=timezone.now()),
        "never both",
    ),
    "invitation_sendings_within_bounds": (lambda: invitation(sendings=6), "only a few times"),
    "audit_kind_known": (lambda: AuditEvent(kind="gossip"), "Unknown kind of event"),
    "audit_organisation_named": (
        lambda: AuditEvent(kind="left", organisation=uuid4()),
        "must have the organisation’s name",
    ),
    "sign_in_link_hash_whole": (lambda: link(token_hash="abc"), "needs the hash"),
    "sign_in_link_expires_later": (lambda: link(expires_at=timezone.now() - timedelta(days=1)), "valid for some time"),
    "sign_in_link_used_in_time": (
        lambda: link(used_at=timezone.now() + timedelta(days=1)),
        "before it is made or after it expires",
    ),
}


def test_every_constraint_has_its_case() -> None:
    models: list[type[Model]] = [User, Organisation, Membership, Engagement, SignInLink, Invitation, AuditEvent]
    assert {constraint.name for model in models for constraint in model._meta.constraints} == set(REFUSED)


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses(name: str) -> None:
    row = REFUSED[name][0]()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        row.save()
    # SQLite names the columns of a unique constraint, not the constraint.
    assert name in str(refused.value) or "UNIQUE" in str(refused.value)


@pytest.mark.parametrize("name", REFUSED)
def test_and_the_reason_is_in_words(name: str) -> None:
    make, words = REFUSED[name]
    with pytest.raises(ValidationError) as refused:
        make().validate_constraints()
    assert words in " ".join(refused.value.messages)


def test_an_e_mail_address_is_stored_and_found_in_lower_case() -> None:
    user = User.objects.create_user(" Ann.Lee@Example.ORG ")
    assert user.email == "ann.lee@example.org"
    assert User.objects.get_by_natural_key("ANN.lee@example.org") == user
    typed = User(email="Bo@Example.org", password="x")
    typed.full_clean()
    assert typed.email == "bo@example.org"


def test_without_a_password_none_fits() -> None:
    user = User.objects.create_user("link.only@example.org")
    assert not user.has_usable_password()
    assert not user.check_password("")


def test_an_administrator_is_made_by_name_only() -> None:
    assert not UserFactory.create().is_staff
    administrator = User.objects.create_superuser("root@example.org", "four blue kettles sing")
    assert administrator.is_staff
    assert administrator.is_superuser


def test_people_show_by_name_or_address() -> None:
    assert str(User(email="a@example.org", name="Amélie")) == "Amélie"
    assert User(email="a@example.org").get_full_name() == "a@example.org"
    assert User(email="a@example.org", name="Amélie").get_short_name() == "Amélie"
    assert str(Organisation(name="Boulangerie")) == "Boulangerie"


def test_plain_rows_name_keys_and_no_personal_data() -> None:
    """This text ends up in logs and tracebacks."""
    row = MembershipFactory.create()
    assert str(row) == f"{row.user_id} owner {row.organisation_id}"
    grant = EngagementFactory.create()
    assert str(grant) == f"{grant.consultancy_id} answer {grant.client_id}"
    assert "a" * 64 not in str(link())


def test_the_grant_outlives_the_person_who_granted_it() -> None:
    grant = EngagementFactory.create(granted_by=UserFactory.create())
    assert grant.granted_by is not None
    grant.granted_by.delete()
    grant.refresh_from_db()
    assert grant.granted_by is None
