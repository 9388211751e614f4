from django.db import transaction

from accounts.audit import Actor, record
from accounts.models import AccessLevel, AuditKind, Membership, Organisation, OrganisationKind, Role
from accounts.permissions import Capability
from accounts.services.engagements import give_access
from accounts.services.locks import lock_organisation_for


@transaction.atomic
def create_organisation(*, name: str, by: Actor, kind: OrganisationKind = OrganisationKind.BUSINESS) -> Organisation:
    """The actor becomes its owner."""
    organisation = _made(Organisation(name=name, kind=kind))
    Membership.objects.create(user=by.person, organisation=organisation, role=Role.OWNER)
    record(by=by, kind=AuditKind.ORGANISATION_MADE, organisation=organisation)
    return organisation


@transaction.atomic
def set_up_client(*, consultancy: Organisation, name: str, by: Actor) -> Organisation:
    """An organisation without members, which the consultancy manages until its owner joins."""
    consultancy = lock_organisation_for(consultancy.pk, by, Capability.LOOK_AFTER_CLIENTS)
    client = _made(Organisation(name=name, set_up_by=consultancy))
    record(by=by, kind=AuditKind.ORGANISATION_MADE, organisation=client, subject=consultancy.name)
    give_access(consultancy=consultancy, client=client, level=AccessLevel.ANSWER, granted_by=by.person, by=by)
    return client


def _made(organisation: Organisation) -> Organisation:
    organisation.name = " ".join(organisation.name.split())
    organisation.full_clean()
    organisation.save()
    return organisation
