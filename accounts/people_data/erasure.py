"""Erasing a person: what is theirs goes, and what they wrote for an organisation stays there without their name."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import Actor, record
from accounts.errors import ChangeRefused
from accounts.models import AuditEvent, AuditKind, ErasureOrder, ErasureText, Invitation, Organisation, User
from accounts.models.user import ERASED_DOMAIN, NO_PASSWORD
from accounts.people_data.addresses import OwnAddresses, own_addresses
from accounts.people_data.columns import person_keys
from accounts.people_data.texts import (
    Changed,
    edited_the_bank,
    is_name_of_something_else,
    organisations_around,
    take_away,
)
from accounts.services.administrators import keep_an_administrator, lock_administrators
from accounts.services.locks import lock_organisations
from accounts.services.people import is_last_owner
from accounts.sign_in.sessions import end_sessions

AfterErasure = Callable[[User, Changed, frozenset[UUID]], None]
_after: list[AfterErasure] = []


class SoleOwner(ChangeRefused):
    """The person is the only owner of these organisations, who would be left to nobody."""

    def __init__(self, organisations: list[Organisation]) -> None:
        self.organisations = organisations
        super().__init__(
            _("You are the only owner of %(names)s. Hand it over to a colleague or delete it first.")
            % {"names": ", ".join(each.name for each in organisations)}
        )


def after_erasure(act: AfterErasure) -> AfterErasure:
    """For rooms that keep more than rows: called in the transaction, with the rows that lost the person's
    name, and the keys of the organisations in which they were known.
    """
    _after.append(act)
    return act


def sole_ownerships(person: User) -> list[Organisation]:
    """Organisations that would be left without an owner; not those about to be deleted."""
    memberships = person.memberships.select_related("organisation").order_by("organisation__name")
    alone = [each.organisation for each in memberships if is_last_owner(each)]
    return [each for each in alone if each.deletion_due_at is None]


@transaction.atomic
def erase_person(*, person: User, by: Actor, now: datetime | None = None) -> None:
    """Nothing that says who this was is left; the row stays without a name, for what refers to it. It is final.

    By the person or by an administrator. SoleOwner or LastAdministrator if nobody would be left; nothing happens
    to somebody who is erased already.
    """
    if User.objects.filter(pk=person.pk).exclude(erased_at=None).exists():
        return
    locked = lock_to_erase(person, by.user)
    if locked is not None:
        erase_locked(locked, by=by, now=now or timezone.now())


@dataclass(frozen=True, slots=True)
class LockedPerson:
    """Somebody who may be erased until the transaction ends, with the keys of the organisations they belong to."""

    person: User
    organisations: tuple[UUID, ...]


def lock_to_erase(person: User, by: User | None) -> LockedPerson | None:
    """None if they are erased already. SoleOwner or LastAdministrator if nobody would be left.

    `by` is who asks for it at this moment, and is looked at again; None if somebody asked before.
    """
    organisations = lock_organisations(person.memberships.values_list("organisation", flat=True), by)
    if person.is_superuser:
        lock_administrators()
    locked = User.objects.select_for_update().get(pk=person.pk)
    if locked.erased_at:
        return None
    if alone := sole_ownerships(locked):
        raise SoleOwner(alone)
    keep_an_administrator(locked)
    return LockedPerson(locked, tuple(organisations))


def erase_locked(locked: LockedPerson, *, by: Actor, now: datetime) -> None:
    """Erase somebody whom this transaction has locked."""
    person = locked.person
    end_sessions(person)
    addresses = own_addresses(person)
    around = organisations_around(person, addresses.proven)
    known_in = frozenset(around.values_list("pk", flat=True))
    changed = _forget_texts(person, addresses, around)
    _delete_own_rows(person)
    for act in _after:
        act(person, changed, known_in)
    _leave_a_nameless_row(person, now)
    _record(person, by, locked.organisations)


def _forget_texts(person: User, addresses: OwnAddresses, around: "QuerySet[Organisation]") -> Changed:
    """A proven address goes from everywhere; a claimed one, like a name, from where the person was known."""
    bank = edited_the_bank(person)
    _delete_invitations(person, addresses, around)
    _forget_administration(person)
    names = {
        text
        for text in (person.name, *person.former_names)
        if text and "@" not in text and not is_name_of_something_else(text, person=person, around=around, bank=bank)
    }
    texts: dict[str, QuerySet[Organisation] | None] = dict.fromkeys(addresses.proven)
    texts |= dict.fromkeys(names | addresses.claimed, around)
    ErasureText.objects.bulk_create(ErasureText(person=person, text=text) for text in texts)
    changed: Changed = {}
    for text, among in texts.items():
        for label, keys in take_away(text, person=person, among=among, bank=bank).items():
            changed.setdefault(label, set()).update(keys)
    AuditEvent.objects.filter(actor=person.pk).exclude(ip_address=None).update(ip_address=None)
    ErasureOrder.objects.filter(ordered_by=person).update(ip_address=None)
    return changed


def _delete_invitations(person: User, addresses: OwnAddresses, around: "QuerySet[Organisation]") -> None:
    to_person = Q(email__in=addresses.proven) | Q(email__in=addresses.claimed, organisation__in=around)
    Invitation.objects.filter(to_person | Q(invited_by=person, accepted_at__isnull=True)).delete()


def _forget_administration(person: User) -> None:
    about = Q(content_type=ContentType.objects.get_for_model(User), object_id=str(person.pk))
    LogEntry.objects.filter(Q(user=person) | about).delete()


def _delete_own_rows(person: User) -> None:
    """Whatever would be deleted with the person's row. Invitations that somebody accepted stay, as theirs."""
    for model in apps.get_models():
        if model is Invitation:
            continue
        for field in person_keys(model):
            if field.remote_field.on_delete is models.CASCADE:
                model._default_manager.filter(**{field.name: person}).delete()
    person.groups.clear()
    person.user_permissions.clear()


def _leave_a_nameless_row(person: User, now: datetime) -> None:
    ErasureText.objects.filter(person=person).delete()
    User.objects.filter(pk=person.pk).update(
        email=f"erased-{uuid4().hex}{ERASED_DOMAIN}",
        name="",
        password=NO_PASSWORD,
        is_active=False,
        is_staff=False,
        is_superuser=False,
        edits_bank=False,
        last_login=None,
        mfa_declined_at=None,
        former_names=[],
        erased_at=now,
    )


def _record(person: User, by: Actor, organisations: Collection[UUID]) -> None:
    """In the trail of the site and of each organisation, without saying who it was."""
    themselves = by.user is not None and by.user.pk == person.pk
    actor = Actor(User.objects.get(pk=person.pk)) if themselves else by
    record(by=actor, kind=AuditKind.PERSON_ERASED)
    for organisation in Organisation.objects.filter(pk__in=organisations):
        record(by=actor if themselves else Actor(by.user), kind=AuditKind.PERSON_ERASED, organisation=organisation)
