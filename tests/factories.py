"""Rows for tests, small and valid. `PASSWORD` opens every account made here."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone

from accounts.models import (
    Engagement,
    Invitation,
    InvitationKind,
    Level,
    Membership,
    Organisation,
    OrganisationKind,
    Role,
    User,
)

PASSWORD = "four blue kettles sing"


class UserFactory(factory.django.DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person{number}@example.org")
    name = factory.Sequence(lambda number: f"Person {number}")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **fields: Any) -> User:
        return model_class.objects.create_user(**{"password": PASSWORD, **fields})


class OrganisationFactory(factory.django.DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda number: f"Bakery {number}")


class ConsultancyFactory(OrganisationFactory):
    name = factory.Sequence(lambda number: f"Consultants {number}")
    kind = OrganisationKind.CONSULTANCY


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.OWNER


class EngagementFactory(factory.django.DjangoModelFactory[Engagement]):
    class Meta:
        model = Engagement

    class Params:
        over = factory.Trait(ended_at=factory.LazyFunction(timezone.now))

    consultancy = factory.SubFactory(ConsultancyFactory)
    client = factory.SubFactory(OrganisationFactory)
    level = Level.ANSWER
    granted_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=30))


class InvitationFactory(factory.django.DjangoModelFactory[Invitation]):
    class Meta:
        model = Invitation

    organisation = factory.SubFactory(OrganisationFactory)
    kind = InvitationKind.MEMBER
    email = factory.Sequence(lambda number: f"guest{number}@example.org")
    role = Role.EDITOR
    token_hash = factory.Sequence(lambda number: f"{number:064x}")
    invited_by = factory.SubFactory(UserFactory)
    created_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    sent_at = factory.SelfAttribute("created_at")
    expires_at = factory.LazyAttribute(lambda invitation: invitation.created_at + timedelta(days=7))


def member(organisation: Organisation, role: Role = Role.OWNER, **fields: Any) -> User:
    """A new person who belongs to the organisation."""
    user = UserFactory.create(**fields)
    MembershipFactory.create(user=user, organisation=organisation, role=role)
    return user
