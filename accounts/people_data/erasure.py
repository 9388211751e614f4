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
from accounts.names import name_to_compare
from accounts.people_data.addresses import OwnAddresses, own_addresses
from accounts.people_data.columns import person_keys
from accounts.people_data.known.around import (
    edited_the_bank,
    is_name_of_something_else,
    is_part_of_name,
    names_of_others,
    organisations_around,
    places_of,
)
from accounts.people_data.known.names import known_names, stays_of
from accounts.people_data.texts import Changed, Rows, SearchScope, Texts, rows_with, take_away, take_signatures
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


@dataclass(frozen=True, slots=True)
class OwnTexts:
    """What identifies a person in texts: decision 26 says which counts where.

    `texts` are looked for in what anybody wrote; `signatures` only where they stand as one, in `places`.
    """

    addresses: OwnAddresses
    texts: Texts
    signatures: frozenset[str]
    places: frozenset[UUID]
    around: "QuerySet[Organisation]"


def own_texts(person: User, until: datetime) -> OwnTexts:
    """A proven address goes from everywhere; a claimed one, and a name that was known there, from the person's own
    organisations. What they were called for a short time is no more than a signature.

    `until` is when they asked to be erased.
    """
    addresses, bank = own_addresses(person), edited_the_bank(person)
    around = organisations_around(person, addresses.proven)
    own = frozenset(stays_of(person, addresses=addresses, until=until))
    others = names_of_others(person, around)
    texts: dict[str, SearchScope | None] = dict.fromkeys(addresses.proven)
    texts |= dict.fromkeys(addresses.claimed, SearchScope(own, bank))
    for name, known_in in known_names(person, addresses=addresses, until=until).items():
        foreign = is_part_of_name(name, others) or is_name_of_something_else(
            name, person=person, around=around, bank=bank
        )
        if not foreign and (known_in or bank):
            texts[name] = SearchScope(known_in, bank)
    signatures = _signatures(person, others) | addresses.claimed
    return OwnTexts(addresses, texts, signatures, own | places_of(person), around)


def _signatures(person: User, others: Collection[str]) -> frozenset[str]:
    """Every name, however short and new, that nobody else around signed with."""
    theirs = set(map(name_to_compare, others))
    names = {text for text in (person.name, *person.former_names) if text and "@" not in text}
    return frozenset(name for name in names if name_to_compare(name) not in theirs)


def rows_about(person: User, until: datetime) -> Rows:
    """What an erasure has to change, for `erase_locked`: the search takes long in a large database, and so it comes
    before anything is locked. What somebody types meanwhile is as what they type afterwards.
    """
    return rows_with(own_texts(person, until).texts, person=person)


def erase_locked(locked: LockedPerson, *, by: Actor, now: datetime, rows: Rows | None = None) -> None:
    """Erase somebody whom this transaction has locked. `rows` are those of `rows_about`, if they are known already."""
    person = locked.person
    end_sessions(person)
    own = own_texts(person, _asked_at(person, now))
    known_in = frozenset(own.around.values_list("pk", flat=True))
    changed = _forget_texts(person, own, rows_with(own.texts, person=person) if rows is None else rows)
    _delete_own_rows(person)
    for act in _after:
        act(person, changed, known_in)
    _leave_a_nameless_row(person, now)
    _record(person, by, locked.organisations)


def _asked_at(person: User, now: datetime) -> datetime:
    """No name becomes older by waiting for the scheduler."""
    return ErasureOrder.objects.filter(person=person).values_list("ordered_at", flat=True).first() or now


def _forget_texts(person: User, own: OwnTexts, rows: Rows) -> Changed:
    _delete_invitations(person, own)
    _forget_administration(person)
    everything = sorted({*own.texts, *own.signatures})
    ErasureText.objects.bulk_create(ErasureText(person=person, text=text) for text in everything)
    changed: Changed = {}
    for signature in own.signatures:
        take_signatures(signature, among=own.places, changed=changed)
    for text, scope in own.texts.items():
        take_away(text, scope, person=person, rows=rows, changed=changed)
    AuditEvent.objects.filter(actor=person.pk).exclude(ip_address=None).update(ip_address=None)
    ErasureOrder.objects.filter(ordered_by=person).update(ip_address=None)
    return changed


def _delete_invitations(person: User, own: OwnTexts) -> None:
    to_person = Q(email__in=own.addresses.proven) | Q(email__in=own.addresses.claimed, organisation__in=own.places)
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
