"""Whose an address is: an erasure takes out what the person has proven to be theirs, and not what they only typed."""

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed
from django.db import DatabaseError, transaction

from accounts.audit import Actor, record
from accounts.models import (
    AuditEvent,
    AuditKind,
    ErasureText,
    Invitation,
    OperatorRecord,
    Organisation,
    SignInEvent,
    User,
)
from accounts.people_data.addresses import own_addresses
from accounts.people_data.erasure import erase_person
from accounts.people_data.without_text import FORMER_MEMBER
from accounts.sign_up.unconfirmed import delete_account
from assessments.models import Action
from tests.accounts.known import here_for
from tests.actions.plans import own_task
from tests.factories import BrandFactory, InvitationFactory, OrganisationFactory, UserFactory, member
from tests.runs import NOW

pytestmark = pytest.mark.django_db
ADDRESS = "info@victim-shop.example"
WRITTEN = f"Write to {ADDRESS} about backups"


@pytest.fixture
def elsewhere() -> Organisation:
    """An organisation in which the address stands in a task, in the trail and in an open invitation."""
    organisation = OrganisationFactory.create(name="Elsewhere")
    by = member(organisation)
    own_task(organisation, by, title=WRITTEN)
    InvitationFactory.create(organisation=organisation, email=ADDRESS, invited_by=by)
    record(by=Actor(by), kind=AuditKind.INVITED, organisation=organisation, subject=ADDRESS)
    return organisation


def erase(person: User) -> None:
    erase_person(person=person, by=Actor(person))


def written_down(note: str, by: User) -> OperatorRecord:
    return OperatorRecord.objects.create(kind="backup", note=note, recorded_by=by, happened_at=NOW, recorded_at=NOW)


def nothing_is_lost(organisation: Organisation) -> bool:
    return (
        Action.objects.get(organisation=organisation).title == WRITTEN
        and Invitation.objects.filter(organisation=organisation, email=ADDRESS).exists()
        and AuditEvent.objects.filter(organisation=organisation.pk, subject=ADDRESS).exists()
    )


def signed_up(email: str, *, verified: bool) -> User:
    person = member(OrganisationFactory.create(name="Mallory and Sons"), email=email)
    EmailAddress.objects.create(user=person, email=email, verified=verified, primary=True)
    # The only owner would have to hand over first.
    member(person.memberships.get().organisation)
    return person


def test_an_address_that_waits_to_be_confirmed_is_not_the_persons(elsewhere: Organisation) -> None:
    person = signed_up("mallory@example.org", verified=True)
    EmailAddress.objects.create(user=person, email=ADDRESS)
    assert ADDRESS not in own_addresses(person).proven | own_addresses(person).claimed
    erase(person)
    assert nothing_is_lost(elsewhere)


def test_neither_is_one_that_somebody_signed_up_with_and_nobody_confirmed(elsewhere: Organisation) -> None:
    person = signed_up(ADDRESS, verified=False)
    record(by=Actor(person), kind=AuditKind.JOINED, organisation=person.memberships.get().organisation)
    erase(person)
    assert nothing_is_lost(elsewhere)


def test_an_unused_account_that_is_deleted_takes_nothing_along(elsewhere: Organisation) -> None:
    person = UserFactory.create(email=ADDRESS)
    EmailAddress.objects.create(user=person, email=ADDRESS, primary=True)
    delete_account(person=person, now=NOW)
    assert nothing_is_lost(elsewhere)


def test_a_claimed_address_goes_where_the_person_was_known(elsewhere: Organisation) -> None:
    person = signed_up(ADDRESS, verified=False)
    own = person.memberships.get().organisation
    own_task(own, person, title=WRITTEN)
    erase(person)
    assert Action.objects.get(organisation=own).title == WRITTEN.replace(ADDRESS, FORMER_MEMBER)
    assert nothing_is_lost(elsewhere)


def test_a_proven_address_goes_everywhere(elsewhere: Organisation) -> None:
    BrandFactory.create(contact=f"Call {ADDRESS}")
    erase(signed_up(ADDRESS, verified=True))
    assert Action.objects.get(organisation=elsewhere).title == WRITTEN.replace(ADDRESS, FORMER_MEMBER)
    assert not Invitation.objects.filter(email=ADDRESS).exists()
    assert not AuditEvent.objects.filter(subject=ADDRESS).exists()


def test_an_address_of_somebody_else_is_not_even_claimed(elsewhere: Organisation) -> None:
    """Where no mail is sent, a person may have acted under an address that somebody else proved later."""
    person = signed_up("mallory@example.org", verified=False)
    record(by=Actor(person), kind=AuditKind.JOINED, organisation=person.memberships.get().organisation)
    User.objects.filter(pk=person.pk).update(email="other@example.org")
    other = UserFactory.create(email="mallory@example.org")
    assert own_addresses(User.objects.get(pk=person.pk)).claimed == {"other@example.org"}
    other.delete()
    assert own_addresses(User.objects.get(pk=person.pk)).claimed == {"other@example.org", "mallory@example.org"}


def test_under_a_second_account_nobody_leaves_the_trail_of_the_first(elsewhere: Organisation) -> None:
    """Whoever changed their address could sign up anew with the old one, and delete that account."""
    UserFactory.create(email="now@example.org", former_names=[ADDRESS])
    person = signed_up(ADDRESS, verified=True)
    assert ADDRESS not in own_addresses(person).proven
    erase(person)
    assert nothing_is_lost(elsewhere)


@pytest.mark.parametrize("verified", [True, False])
def test_a_former_address_is_remembered_if_it_was_proven(verified: bool) -> None:
    person = UserFactory.create(email="new@example.org")
    before = EmailAddress.objects.create(user=person, email=ADDRESS, verified=verified)
    email_changed.send(User, request=None, user=person, from_email_address=before, to_email_address=before)
    before.delete()
    assert (ADDRESS in own_addresses(User.objects.get(pk=person.pk)).proven) is verified


def test_the_database_takes_no_address_that_nobody_confirmed() -> None:
    person = UserFactory.create()
    address = EmailAddress.objects.create(user=person, email=ADDRESS)
    with pytest.raises(DatabaseError), transaction.atomic():
        ErasureText.objects.create(person=person, text=ADDRESS)
    address.verified = True
    address.save()
    ErasureText.objects.create(person=person, text=ADDRESS)


def test_who_was_only_invited_is_not_known_there(elsewhere: Organisation) -> None:
    """Nor takes they a name along that somebody there has."""
    person = signed_up(ADDRESS, verified=True)
    User.objects.filter(pk=here_for(person).pk).update(name="about backups")
    erase(User.objects.get(pk=person.pk))
    assert Action.objects.get(organisation=elsewhere).title == WRITTEN.replace(ADDRESS, FORMER_MEMBER)


def test_what_is_the_sites_keeps_words_that_somebody_is_called(elsewhere: Organisation) -> None:
    """Whoever called themselves like a browser took it out of everybody's list of sign-ins."""
    other = elsewhere.memberships.get().user
    event = SignInEvent.objects.create(user=other, kind="signed_in", browser="Chrome on Windows")
    note = written_down("Chrome on Windows", other)
    record(by=Actor(other), kind=AuditKind.PERSON_CHANGED, subject="Chrome on Windows")
    person = here_for(UserFactory.create(name="Chrome on Windows"))
    erase(person)
    event.refresh_from_db()
    note.refresh_from_db()
    assert event.browser == note.note == "Chrome on Windows"
    assert AuditEvent.objects.filter(subject="Chrome on Windows").exists()


def test_of_a_bank_editor_the_site_forgets_the_name(elsewhere: Organisation) -> None:
    other = elsewhere.memberships.get().user
    note = written_down("Ann Lee was there", other)
    erase(here_for(UserFactory.create(name="Ann Lee", edits_bank=True)))
    note.refresh_from_db()
    assert note.note == f"{FORMER_MEMBER} was there"
