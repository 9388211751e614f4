from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import Actor, record
from accounts.errors import ChangeRefused
from accounts.models import AccessLevel, AuditKind, Membership, Organisation, OrganisationKind, Role
from accounts.permissions import Capability
from accounts.services.engagements import give_access
from accounts.services.locks import lock_organisation_for

MOST_IN_A_DAY = 10
MOST_CLIENTS_IN_A_DAY = 200


@transaction.atomic
def create_organisation(*, name: str, by: Actor, kind: OrganisationKind = OrganisationKind.BUSINESS) -> Organisation:
    """The actor becomes its owner. Raises ChangeRefused after MOST_IN_A_DAY."""
    own = Organisation.objects.filter(memberships__user=by.person, memberships__role=Role.OWNER)
    _refuse_floods(own, MOST_IN_A_DAY)
    organisation = _made(Organisation(name=name, kind=kind))
    Membership.objects.create(user=by.person, organisation=organisation, role=Role.OWNER)
    record(by=by, kind=AuditKind.ORGANISATION_MADE, organisation=organisation)
    return organisation


@transaction.atomic
def set_up_client(*, consultancy: Organisation, name: str, by: Actor) -> Organisation:
    """An organisation without members, which the consultancy manages until its owner joins.

    Raises ChangeRefused after MOST_CLIENTS_IN_A_DAY.
    """
    consultancy = lock_organisation_for(consultancy.pk, by, Capability.LOOK_AFTER_CLIENTS)
    _refuse_floods(Organisation.objects.filter(set_up_by=consultancy), MOST_CLIENTS_IN_A_DAY)
    client = _made(Organisation(name=name, set_up_by=consultancy))
    record(by=by, kind=AuditKind.ORGANISATION_MADE, organisation=client, subject=consultancy.name)
    give_access(consultancy=consultancy, client=client, level=AccessLevel.ANSWER, granted_by=by.person, by=by)
    return client


def _refuse_floods(made_before: QuerySet[Organisation], most: int) -> None:
    if made_before.filter(created_at__gt=timezone.now() - timedelta(days=1)).count() >= most:
        raise ChangeRefused(_("You have added enough organisations for one day. Continue tomorrow."))


def _made(organisation: Organisation) -> Organisation:
    organisation.name = " ".join(organisation.name.split())
    organisation.full_clean()
    organisation.save()
    return organisation
