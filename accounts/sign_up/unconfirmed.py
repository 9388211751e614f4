"""Accounts that were signed up and that nobody has signed in with: whoever proves the address starts them anew."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.deletion import ProtectedError
from django.utils import timezone

from accounts.audit import Actor
from accounts.models import NamePeriod, SignInEvent, User
from accounts.people_data.erasure import erase_person
from accounts.people_data.organisations import delete_organisation
from accounts.services.locks import lock_organisations
from accounts.sign_in.sessions import end_sessions

PRIVILEGED = Q(is_staff=True) | Q(is_superuser=True) | Q(edits_bank=True)


def unused_accounts() -> QuerySet[User]:
    """Signed up, never confirmed and never signed in with. People with rights of the site are never among them."""
    addresses = EmailAddress.objects.filter(user=OuterRef("pk"))
    return User.objects.filter(
        ~PRIVILEGED,
        ~Exists(addresses.filter(verified=True)),
        Exists(addresses.filter(email=OuterRef("email"))),
        last_login=None,
        erased_at=None,
    )


def has_confirmed_address(person: User) -> bool:
    """Whether the address that the person signs in with was proven by its mailbox."""
    return bool(EmailAddress.objects.filter(user=person, email=person.email, verified=True).exists())


def address_is_taken(email: str) -> bool:
    """Whether it belongs to an account that is confirmed or in use. That somebody wants to change to it counts not."""
    confirmed = EmailAddress.objects.filter(email=email, verified=True)
    return confirmed.exists() or (
        User.objects.filter(email=email).exists() and not _replaceable().filter(email=email).exists()
    )


def lock_unused_account(email: str) -> User | None:
    """The account that was signed up with the address and never used, locked together with its organisations.

    Call it in a transaction. Organisations are locked first, as when a person is erased.
    """
    found = _replaceable().filter(email=email).first()
    if found is None:
        return None
    lock_organisations(found.memberships.values_list("organisation", flat=True), None)
    locked = User.objects.select_for_update().filter(pk=found.pk).first()
    return locked if locked and _replaceable().filter(pk=locked.pk).exists() else None


def start_account_over(*, person: User) -> None:
    """Everything that whoever signed up set or typed is gone: only the address stays, unconfirmed, without a password.

    `person` is locked. Links that were mailed to the address keep working: only its mailbox has them.
    """
    end_sessions(person)
    delete_own_organisations(person=person)
    Authenticator.objects.filter(user=person).delete()
    SignInEvent.objects.filter(user=person).delete()
    EmailAddress.objects.filter(user=person).exclude(email=person.email).delete()
    NamePeriod.objects.filter(person=person).delete()
    person.name, person.former_names = "", []
    person.mfa_declined_at, person.date_joined = None, timezone.now()
    person.set_unusable_password()
    person.save()


@transaction.atomic
def confirm_by_mailbox(person: User) -> bool:
    """Somebody opened a link that was mailed to the address: an unused account is started over and confirmed.

    False, and nothing happens, for an account that was used. `person` is as the database has it afterwards.
    """
    unused = lock_unused_account(person.email)
    started_over = unused is not None and unused == person
    if unused is not None and started_over:
        start_account_over(person=unused)
        EmailAddress.objects.filter(user=unused).update(verified=True, primary=True)
    person.refresh_from_db()
    return started_over


@transaction.atomic
def prove_mailbox(person: User) -> None:
    """A new password is set by a link that was mailed to the address: where nobody had proven it, that does.

    Until then anybody could have signed up with it, and used the account where Evenkeel sends no mail. Their second
    step and other addresses go, and their browsers are signed out. People with rights of the site keep theirs: an
    administrator knows them, and a mailbox alone must not be enough.
    """
    if confirm_by_mailbox(person):
        return
    locked = User.objects.select_for_update().filter(~PRIVILEGED, pk=person.pk).first()
    if locked is None or has_confirmed_address(locked):
        return
    end_sessions(person)
    Authenticator.objects.filter(user=person).delete()
    addresses = EmailAddress.objects.filter(user=person)
    addresses.exclude(email=person.email).delete()
    addresses.update_or_create(email=person.email, defaults={"user": person, "verified": True, "primary": True})


@transaction.atomic
def release_address(*, email: str, to: User) -> bool:
    """Deletes an unused account that holds the address; False if the address belongs to somebody other than `to`."""
    unused = lock_unused_account(email)
    if unused is not None and unused != to:
        delete_own_organisations(person=unused)
        delete_account(person=unused, now=timezone.now())
    return not User.objects.filter(email=email).exclude(pk=to.pk).exists()


def delete_account(*, person: User, now: datetime) -> None:
    """Erases the person; the row goes too, if nothing refers to it. SoleOwner or LastAdministrator if it cannot be."""
    erase_person(person=person, by=Actor(None), now=now)
    try:
        with transaction.atomic():
            User.objects.get(pk=person.pk).delete()
    except ProtectedError:
        return


def delete_own_organisations(*, person: User) -> None:
    """Those that nobody else is in."""
    for membership in person.memberships.select_related("organisation"):
        if not membership.organisation.memberships.exclude(user=person).exists():
            delete_organisation(organisation=membership.organisation, by=Actor(None))


def _replaceable() -> QuerySet[User]:
    """Not those that an administrator suspended: signing up again does not undo that."""
    return unused_accounts().filter(is_active=True)
