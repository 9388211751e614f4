"""The database itself refuses nonsense, and says in words what was wrong."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from accounts.models import Engagement, Membership, Organisation, SignInLink, User
from tests.factories import (
    ConsultancyFactory,
    EngagementFactory,
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


REFUSED: dict[str, tuple[Callable[[], Model], str]] = {
    "user_email_lower_case": (lambda: User(email="Ann@example.org"), "must be in lower case"),
    "user_email_given": (lambda: User(email=""), "needs an e-mail address"),
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
    "sign_in_link_hash_whole": (lambda: link(token_hash="abc"), "needs the hash"),
    "sign_in_link_expires_later": (lambda: link(expires_at=timezone.now() - timedelta(days=1)), "valid for some time"),
    "sign_in_link_used_in_time": (
        lambda: link(used_at=timezone.now() + timedelta(days=1)),
        "before it is made or after it expires",
    ),
}


def test_every_constraint_has_its_case() -> None:
    models: list[type[Model]] = [User, Organisation, Membership, Engagement, SignInLink]
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
    """What ends up in logs and tracebacks."""
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
