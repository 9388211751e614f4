from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import Actor, record
from accounts.errors import ChangeRefused
from accounts.models import AccessLevel, AuditKind, Membership, Organisation, OrganisationKind, Role
from accounts.permissions import Capability
from accounts.queries import active_engagements_of
from accounts.services.engagements import give_access
from accounts.services.locks import lock_organisation_for, lock_person

MOST_IN_A_DAY = 10
MOST_OWNED = 100
"""By one person at the same time."""
MOST_CLIENTS_IN_A_DAY = 200
MOST_CLIENTS = 5_000
"""Set up by one consultancy, and still there."""
DOUBLE_CLICK = timedelta(seconds=5)


class SameName(ChangeRefused):
    """The consultancy has `count` clients of this name already."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(_("You already have a client of this name. If this is another business, add it anyway."))


@transaction.atomic
def create_organisation(*, name: str, by: Actor, kind: OrganisationKind = OrganisationKind.BUSINESS) -> Organisation:
    """The actor becomes its owner. A double click gets the organisation that the first one made.

    Raises ChangeRefused after MOST_IN_A_DAY and MOST_OWNED.
    """
    lock_person(by.person)
    own = Organisation.objects.filter(memberships__user=by.person, memberships__role=Role.OWNER)
    twice = own.filter(name=" ".join(name.split()), kind=kind, created_at__gt=timezone.now() - DOUBLE_CLICK).first()
    if twice is not None:
        return twice
    _refuse_floods(own, MOST_IN_A_DAY)
    _refuse_more(own, MOST_OWNED)
    organisation = _made(Organisation(name=name, kind=kind))
    Membership.objects.create(user=by.person, organisation=organisation, role=Role.OWNER)
    record(by=by, kind=AuditKind.ORGANISATION_MADE, organisation=organisation)
    return organisation


@transaction.atomic
def set_up_client(*, consultancy: Organisation, name: str, by: Actor, known: int | None = None) -> Organisation:
    """An organisation without members, which the consultancy manages until its owner joins.

    `known` is how many clients of this name whoever adds it knows of: with more SameName is raised, without it none
    is counted. A double click gets the client that the first one made. Raises ChangeRefused after
    MOST_CLIENTS_IN_A_DAY and MOST_CLIENTS.
    """
    consultancy = lock_organisation_for(consultancy.pk, by, Capability.LOOK_AFTER_CLIENTS)
    if known is not None:
        same = _clients_called(consultancy, name)
        if len(same) > known:
            newest = max(same, key=lambda each: each.created_at)
            if newest.set_up_by_id == consultancy.pk and timezone.now() - newest.created_at < DOUBLE_CLICK:
                return newest
            raise SameName(len(same))
    clients = Organisation.objects.filter(set_up_by=consultancy)
    _refuse_floods(clients, MOST_CLIENTS_IN_A_DAY)
    _refuse_more(clients, MOST_CLIENTS)
    client = _made(Organisation(name=name, set_up_by=consultancy))
    record(by=by, kind=AuditKind.ORGANISATION_MADE, organisation=client, subject=consultancy.name)
    give_access(consultancy=consultancy, client=client, level=AccessLevel.ANSWER, granted_by=by.person, by=by)
    return client


def _clients_called(consultancy: Organisation, name: str) -> list[Organisation]:
    wanted = " ".join(name.split()).casefold()
    clients = [each.client for each in active_engagements_of(consultancy)]
    return [client for client in clients if client.name.casefold() == wanted]


def _refuse_floods(made_before: QuerySet[Organisation], most: int) -> None:
    if made_before.filter(created_at__gt=timezone.now() - timedelta(days=1)).count() >= most:
        raise ChangeRefused(_("You have added enough organisations for one day. Continue tomorrow."))


def _refuse_more(there: QuerySet[Organisation], most: int) -> None:
    if there.count() >= most:
        raise ChangeRefused(
            _("There are %(most)d organisations already, and no more can be added. Delete one that nobody needs.")
            % {"most": most}
        )


def _made(organisation: Organisation) -> Organisation:
    organisation.name = " ".join(organisation.name.split())
    organisation.full_clean()
    organisation.save()
    return organisation
