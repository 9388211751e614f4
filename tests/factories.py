"""Small, valid rows for tests. Every account made here has the password `PASSWORD`."""

from datetime import timedelta
from typing import Any

import factory
from allauth.mfa.models import Authenticator
from django.utils import timezone

from accounts.models import (
    AccessLevel,
    Brand,
    Engagement,
    Invitation,
    InvitationKind,
    Membership,
    Organisation,
    OrganisationKind,
    Role,
    User,
)
from accounts.second_step.encryption import encrypt

PASSWORD = "four blue kettles sing"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de000"
    "0000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
SECOND_STEP_SECRET = "JBSWY3DPEHPK3PXP"


class UserFactory(factory.django.DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person{number}@example.org")
    name = factory.Sequence(lambda number: f"Person {number}")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **fields: Any) -> User:
        """Administrators and bank editors get the MFA that they need, unless `second_step=False`."""
        needed = any(fields.get(name) for name in ("is_staff", "is_superuser", "edits_bank"))
        second_step = fields.pop("second_step", needed)
        user = model_class.objects.create_user(**{"password": PASSWORD, **fields})
        if second_step:
            give_second_step(user)
        return user


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

    @classmethod
    def _create(cls, model_class: type[Membership], *args: Any, **fields: Any) -> Membership:
        """Members of a consultancy get the MFA that they need, unless `second_step=False`."""
        second_step = fields.pop("second_step", fields["organisation"].kind == OrganisationKind.CONSULTANCY)
        membership = model_class.objects.create(**fields)
        if second_step:
            give_second_step(membership.user)
        return membership


class EngagementFactory(factory.django.DjangoModelFactory[Engagement]):
    class Meta:
        model = Engagement

    class Params:
        over = factory.Trait(ended_at=factory.LazyFunction(timezone.now))

    consultancy = factory.SubFactory(ConsultancyFactory)
    client = factory.SubFactory(OrganisationFactory)
    level = AccessLevel.ANSWER
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


class BrandFactory(factory.django.DjangoModelFactory[Brand]):
    """A brand with every field filled in."""

    class Meta:
        model = Brand

    consultancy = factory.SubFactory(ConsultancyFactory)
    logo = PIXEL
    logo_width = 1
    logo_height = 1
    colour = "#7a1f5c"
    contact = "12 Rue du Port\nLyon"
    closing = "Thank you for your trust."
    made_by = factory.SubFactory(UserFactory)


def member(organisation: Organisation, role: Role = Role.OWNER, **fields: Any) -> User:
    """A new person who is a member of the organisation; with MFA if it is needed or asked for."""
    user = UserFactory.create(**fields)
    asked = {"second_step": fields["second_step"]} if "second_step" in fields else {}
    MembershipFactory.create(user=user, organisation=organisation, role=role, **asked)
    return user


def give_second_step(user: User) -> None:
    """Sets up an authenticator app with SECOND_STEP_SECRET."""
    Authenticator.objects.get_or_create(
        user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": encrypt(SECOND_STEP_SECRET)}}
    )
