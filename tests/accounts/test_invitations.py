"""Inviting: who may, how often, by mail or by a link, without revealing whether somebody has an account."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.audit import Actor
from accounts.errors import ChangeRefused
from accounts.invitations.rules import find_invitation, mask_email
from accounts.models import AuditEvent, Invitation, Organisation, Role, User
from accounts.services import invitations
from accounts.services.invitations import resend_invitation, withdraw_invitation
from accounts.services.organisations import create_organisation
from tests.accounts.inviting import aged, invited, link_in
from tests.factories import OrganisationFactory, UserFactory, member

pytestmark = pytest.mark.django_db
PASSING = re.compile(r"datetime=\"[^\"]+|[\w-]{64}|[\w-]{36}|[nko]…@|/invitations/[\w-]+/|%2Finvitations[^\"]+")


def test_by_mail_in_plain_words_and_never_shown(signed_in: Client, bakery: Organisation, with_mail: list[Any]) -> None:
    data = {"email": " Bo@Example.org ", "role": "editor"}
    answer = signed_in.post(reverse("invite_colleague", args=[bakery.pk]), data, follow=True)
    sent = with_mail[0]
    assert (sent.to, sent.subject) == (["bo@example.org"], "Invitation from Boulangerie Lumière")
    assert "Amélie invites you to join Boulangerie Lumière. Your role: Editor." in sent.body
    assert sent.body.startswith("Hello,\n\n")
    assert not sent.alternatives
    link = link_in(sent.body)
    assert link not in answer.content.decode()
    assert "on its way to bo@example.org" in answer.content.decode()
    assert Client().get(link).status_code == 200


def test_names_are_text_in_the_mail_and_cannot_become_headers(
    signed_in: Client, owner: User, bakery: Organisation, with_mail: list[Any]
) -> None:
    Organisation.objects.filter(pk=bakery.pk).update(name="Brot & <Rosen>\nBcc: all@example.org")
    User.objects.filter(pk=owner.pk).update(name="Amélie & Co")
    signed_in.post(reverse("invite_consultancy", args=[bakery.pk]), {"email": "b@example.org", "level": "read"})
    sent = with_mail[0]
    assert sent.subject == "Invitation from Brot & <Rosen> Bcc: all@example.org"
    assert "Amélie & Co asks your consultancy to advise Brot & <Rosen>" in sent.body
    assert sent.recipients() == ["b@example.org"]
    page = Client().get(link_in(sent.body)).content.decode()
    assert "<Rosen>" not in page


def test_without_mail_the_link_is_shown_once(signed_in: Client, bakery: Organisation) -> None:
    data = {"email": "b@example.org", "role": "owner"}
    answer = signed_in.post(reverse("invite_colleague", args=[bakery.pk]), data)
    assert "no-store" in answer["Cache-Control"]
    link = link_in(answer.content.decode())
    assert mail.outbox == []
    assert "Your role: Owner." in Client().get(link).content.decode()
    assert link not in signed_in.get(reverse("people", args=[bakery.pk])).content.decode()
    assert Invitation.objects.get().by_mail is False


def test_a_mail_that_fails_does_not_fail_the_page(
    signed_in: Client, bakery: Organisation, with_mail: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("accounts.invitations.mail.send_mail", fails)
    data = {"email": "b@example.org", "role": "viewer"}
    answer = signed_in.post(reverse("invite_colleague", args=[bakery.pk]), data, follow=True)
    assert "the mail could not be sent" in answer.content.decode()
    assert Invitation.objects.count() == 1


def test_the_database_holds_no_token_and_a_week_to_say_yes(owner: User, bakery: Organisation) -> None:
    sending = invited(bakery, owner)
    row = Invitation.objects.values().get()
    assert sending.token not in str(row)
    assert len(sending.token) >= 43  # 256 bits in base64
    assert row["expires_at"] - row["created_at"] == timedelta(days=7)
    assert invited(bakery, owner, "other@example.org").token != sending.token


@pytest.mark.parametrize("email", ["", "no address", "a@b@c", "x" * 250 + "@example.org"])
def test_a_mistake_is_named_at_its_field(signed_in: Client, bakery: Organisation, email: str) -> None:
    answer = signed_in.post(reverse("invite_colleague", args=[bakery.pk]), {"email": email, "role": "viewer"})
    assert answer.status_code == 422
    assert 'href="#id_email"' in answer.content.decode()
    assert not Invitation.objects.exists()


def test_nobody_is_invited_twice_at_once_or_into_what_is_theirs(signed_in: Client, bakery: Organisation) -> None:
    path = reverse("invite_colleague", args=[bakery.pk])
    signed_in.post(path, {"email": "b@example.org", "role": "viewer"})
    again = signed_in.post(path, {"email": "B@example.org", "role": "owner"})
    own = signed_in.post(path, {"email": "amelie@example.org", "role": "owner"})
    assert (again.status_code, own.status_code) == (422, 422)
    assert "already invited" in again.content.decode()
    assert "is already a member of the organisation" in own.content.decode()
    assert Invitation.objects.get().role == Role.VIEWER


@pytest.mark.parametrize("name", ["invite_colleague", "invite_consultancy"])
def test_known_and_unknown_addresses_get_the_same_answer(
    signed_in: Client, bakery: Organisation, with_mail: list[Any], name: str
) -> None:
    """Inviting, the list of people, and what a stranger who follows the link sees."""
    UserFactory.create(email="known@example.org")
    member(OrganisationFactory.create(), email="owner@example.org")
    answers: list[tuple[object, ...]] = []
    for email in ("known@example.org", "owner@example.org", "nobody@example.org"):
        data = {"email": email, "role": "viewer", "level": "read"}
        answer = signed_in.post(reverse(name, args=[bakery.pk]), data)
        link = link_in(with_mail[-1].body)
        pages = [signed_in.get(reverse("people", args=[bakery.pk])), Client().get(link)]
        texts = [page.content.decode().split("<main")[1].replace(email, "X") for page in pages]
        texts = [PASSING.sub("", text) for text in texts]
        answers.append((answer.status_code, answer["Location"], len(with_mail) - len(answers), *texts))
        Invitation.objects.all().delete()
    assert answers[0] == answers[1] == answers[2]


def test_a_new_link_and_the_old_one_is_dead(
    signed_in: Client, owner: User, bakery: Organisation, with_mail: list[Any]
) -> None:
    first = invited(bakery, owner)
    aged(first.invitation, days=3)
    path = reverse("invitation_again", args=[bakery.pk, first.invitation.pk])
    assert "for another 7 days" in signed_in.get(path).content.decode()
    assert find_invitation(first.token)
    assert signed_in.post(path)["Location"] == reverse("people", args=[bakery.pk])
    assert find_invitation(first.token) is None
    assert "no longer works" in Client().get(reverse("invitation", args=[first.token])).content.decode()
    again = Invitation.objects.get()
    assert (again.sendings, again.expires_at - again.sent_at) == (2, timedelta(days=7))
    assert Client().get(link_in(with_mail[-1].body)).status_code == 200


def test_not_within_a_minute_and_not_for_ever(owner: User, bakery: Organisation) -> None:
    by, invitation = Actor(owner), invited(bakery, owner).invitation
    with pytest.raises(ChangeRefused, match="a moment ago"):
        resend_invitation(invitation=invitation, by=by, by_mail=True)
    for _ in range(4):
        resend_invitation(invitation=aged(invitation, days=2), by=by, by_mail=True)
        invitation.refresh_from_db()
    with pytest.raises(ChangeRefused, match="was already sent 5 times"):
        resend_invitation(invitation=aged(invitation, days=2), by=by, by_mail=True)
    assert Invitation.objects.get().sendings == 5


def test_an_expired_one_can_be_sent_again(owner: User, bakery: Organisation) -> None:
    first = invited(bakery, owner)
    aged(first.invitation, days=8)
    assert find_invitation(first.token) is None
    assert find_invitation(resend_invitation(invitation=first.invitation, by=Actor(owner), by_mail=True).token)


def test_starting_over_does_not_get_round_the_limit(owner: User, bakery: Organisation) -> None:
    for _ in range(5):
        withdraw_invitation(invitation=invited(bakery, owner).invitation, by=Actor(owner))
    with pytest.raises(ChangeRefused, match="enough mail"):
        invited(bakery, owner)
    assert invited(bakery, owner, "somebody.else@example.org")


def test_further_organisations_of_the_same_person_do_not_get_round_it(owner: User, bakery: Organisation) -> None:
    for number in range(5):
        invited(create_organisation(name=f"Another {number}", by=Actor(owner)), owner)
    with pytest.raises(ChangeRefused, match="enough mail"):
        invited(bakery, owner)
    assert invited(bakery, member(bakery)), "a colleague is somebody else"


def test_a_mailbox_has_a_limit_whoever_invites() -> None:
    """Accounts cost nothing: each of three may send five."""
    addresses = ["bo@example.org", "bo+a@example.org", "BO+b@example.org"]
    for number in range(invitations.MOST_TO_MAILBOX):
        somewhere = OrganisationFactory.create()
        invited(somewhere, member(somewhere), addresses[number % 3])
    another = OrganisationFactory.create()
    somebody = member(another)
    with pytest.raises(ChangeRefused, match="Tell the person yourself"):
        invited(another, somebody, "bo+c@example.org")
    assert invited(another, somebody, "bob@example.org"), "another mailbox that begins alike"
    by_hand = invited(another, somebody, "bo@example.org", by_mail=False)
    aged(by_hand.invitation, minutes=2)
    with pytest.raises(ChangeRefused, match="Tell the person yourself"):
        resend_invitation(invitation=by_hand.invitation, by=Actor(somebody), by_mail=True)


def test_a_day_has_a_limit_for_each_person(owner: User, bakery: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invitations, "MAX_PER_DAY", 2)
    for name in "ab":
        invited(create_organisation(name=name, by=Actor(owner)), owner, f"{name}@example.org")
    with pytest.raises(ChangeRefused, match="for one day"):
        invited(bakery, owner)


def test_a_day_has_a_limit_for_the_whole_organisation(
    owner: User, bakery: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invitations, "MAX_PER_DAY", 2)
    kept = [invited(bakery, owner, f"{name}@example.org") for name in "ab"]
    with pytest.raises(ChangeRefused, match="for one day"):
        invited(bakery, owner)
    aged(kept[0].invitation, days=2)
    assert invited(bakery, owner)


def test_the_link_is_dead_at_once(signed_in: Client, owner: User, bakery: Organisation) -> None:
    sending = invited(bakery, owner)
    path = reverse("invitation_withdraw", args=[bakery.pk, sending.invitation.pk])
    assert "Withdraw the invitation to bo@example.org?" in signed_in.get(path).content.decode()
    assert find_invitation(sending.token)
    signed_in.post(path)
    assert find_invitation(sending.token) is None
    assert signed_in.post(path).status_code == 404
    assert [event.kind for event in AuditEvent.objects.order_by("pk")] == ["invited", "invitation_withdrawn"]


def test_twice_at_the_same_moment(owner: User, bakery: Organisation) -> None:
    invitation = invited(bakery, owner).invitation
    withdraw_invitation(invitation=invitation, by=Actor(owner))
    for again in (
        lambda: withdraw_invitation(invitation=invitation, by=Actor(owner)),
        lambda: resend_invitation(invitation=invitation, by=Actor(owner), by_mail=True),
    ):
        with pytest.raises(ChangeRefused, match="accepted or withdrawn"):
            again()


def test_an_invitation_of_another_organisation_is_not_found_here(signed_in: Client, bakery: Organisation) -> None:
    other = OrganisationFactory.create()
    theirs = invited(other, member(other)).invitation
    for name in ("invitation_again", "invitation_withdraw"):
        assert signed_in.post(reverse(name, args=[bakery.pk, theirs.pk])).status_code == 404
    assert Invitation.objects.get().withdrawn_at is None


def test_only_its_holder_recognises_a_masked_address() -> None:
    assert mask_email("amelie@example.org") == "a…@example.org"
    assert mask_email("a@example.org") == "a…@example.org"


def test_people_shows_open_and_expired_invitations(signed_in: Client, owner: User, bakery: Organisation) -> None:
    invited(bakery, owner)
    aged(invited(bakery, owner, "late@example.org").invitation, days=8)
    withdraw_invitation(invitation=invited(bakery, owner, "gone@example.org").invitation, by=Actor(owner))
    page = signed_in.get(reverse("people", args=[bakery.pk])).content.decode()
    assert "bo@example.org" in page
    assert page.count("Expired") == 1
    assert "gone@example.org" not in page
    assert timezone.now() < Invitation.objects.get(email="bo@example.org").expires_at


def test_an_organisation_has_room_for_so_many_people(
    owner: User, bakery: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invitations, "MOST_MEMBERS", bakery.memberships.count() + 1)
    first = invited(bakery, owner, "a@example.org")
    with pytest.raises(ChangeRefused, match="there is no room for more"):
        invited(bakery, owner, "b@example.org")
    invitations.withdraw_invitation(invitation=first.invitation, by=Actor(owner))
    assert invited(bakery, owner, "b@example.org")
