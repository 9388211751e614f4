"""The page behind an invitation's link: for one e-mail address, once, and accepted only by the button."""

import threading
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from accounts.audit import Actor
from accounts.errors import ChangeRefused
from accounts.invitations.rules import find_invitation
from accounts.models import (
    AccessLevel,
    AuditEvent,
    Engagement,
    Invitation,
    InvitationKind,
    Membership,
    Organisation,
    Role,
    User,
)
from accounts.services.acceptance import accept_as_client, accept_as_consultancy, accept_as_member
from accounts.services.invitations import SentInvitation, withdraw_invitation
from tests.accounts.inviting import aged, invited, link_in
from tests.factories import PASSWORD, ConsultancyFactory, EngagementFactory, OrganisationFactory, UserFactory, member
from tests.pages import controls, links, parse, sends, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def bo(db: None) -> User:
    return UserFactory.create(email="bo@example.org", name="Bo")


def page_of(sending: SentInvitation) -> str:
    return reverse("invitation", args=[sending.token])


def signed_in_as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words_of(response: HttpResponseBase) -> str:
    return text_of(parse(response))


def test_opening_changes_nothing_and_the_button_joins(owner: User, bakery: Organisation, bo: User) -> None:
    sending, theirs = invited(bakery, owner), signed_in_as(bo)
    for _ in range(2):
        page = words_of(theirs.get(page_of(sending)))
        assert "Amélie invites you to join Boulangerie Lumière. Your role: Editor." in page
    assert theirs.head(page_of(sending)).status_code == 200
    assert not bo.memberships.exists()
    answer = theirs.post(page_of(sending), follow=True)
    assert "You are now a member of Boulangerie Lumière. Your role: Editor." in words_of(answer)
    assert bo.memberships.get().role == Role.EDITOR
    row = Invitation.objects.get()
    assert (row.accepted_by, row.accepted_at is not None) == (bo, True)
    event = AuditEvent.objects.get(kind="joined")
    assert (event.organisation, event.actor_email, event.details) == (bakery.pk, "bo@example.org", {"after": "editor"})


def test_a_second_click_leads_on_and_changes_nothing(owner: User, bakery: Organisation, bo: User) -> None:
    sending, theirs = invited(bakery, owner), signed_in_as(bo)
    theirs.post(page_of(sending))
    for again in (theirs.post, theirs.get):
        assert again(page_of(sending))["Location"] == reverse("home")
    assert AuditEvent.objects.filter(kind="joined").count() == 1
    assert "no longer works" in words_of(Client().get(page_of(sending)))


def test_withdrawn_late_and_unknown_links_show_the_same_page(owner: User, bakery: Organisation, bo: User) -> None:
    gone, late = invited(bakery, owner), invited(bakery, owner, "late@example.org")
    withdraw_invitation(invitation=gone.invitation, by=Actor(owner))
    aged(late.invitation, days=8)
    pages = {
        words_of(ask(reverse("invitation", args=[token])))
        for token in (gone.token, late.token, "no-such-token")
        for ask in (Client().get, Client().post)
    }
    assert len(pages) == 1
    assert signed_in_as(bo).post(page_of(gone)).status_code == 200
    assert not bo.memberships.exists()


def test_another_person_sees_the_address_masked(owner: User, bakery: Organisation) -> None:
    sending, stranger = invited(bakery, owner, "basile@example.org"), UserFactory.create(email="cy@example.org")
    for client in (Client(), signed_in_as(stranger)):
        for ask in (client.get, client.post):
            page = words_of(ask(page_of(sending)))
            assert "b…@example.org" in page
            assert "basile" not in page
    assert not stranger.memberships.exists()
    assert Invitation.objects.get().accepted_at is None


def test_signing_out_comes_back_to_the_invitation(owner: User, bakery: Organisation, bo: User) -> None:
    sending, client = invited(bakery, owner), signed_in_as(UserFactory.create())
    form = next(form for form in parse(client.get(page_of(sending))).iter("form") if sends(form))
    answer = client.post(form.get("action", ""), {name: values[0] for name, values in sends(form).items()})
    assert answer["Location"] == page_of(sending)
    page = parse(client.get(answer["Location"]))
    assert links(page)["Sign in"] == f"{reverse('account_login')}?next={page_of(sending)}"
    login = client.post(links(page)["Sign in"], {"login": bo.email, "password": PASSWORD, "next": page_of(sending)})
    assert login["Location"] == page_of(sending)


@pytest.mark.parametrize("role", Role)
def test_a_member_keeps_the_higher_role(owner: User, bakery: Organisation, role: Role) -> None:
    sending, becomes = invited(bakery, owner), Role.OWNER if role == Role.OWNER else Role.EDITOR
    bo = member(bakery, role, email="bo@example.org")
    theirs = signed_in_as(bo)
    assert "You are already a member." in words_of(theirs.get(page_of(sending)))
    theirs.post(page_of(sending))
    assert bo.memberships.get().role == becomes
    kinds = {"role_changed"} if becomes != role else {"joined"}
    assert set(AuditEvent.objects.exclude(kind="invited").values_list("kind", flat=True)) == kinds


def test_an_earlier_link_does_not_accept_a_later_invitation(owner: User, bakery: Organisation, bo: User) -> None:
    sending = invited(bakery, owner)
    seen = find_invitation(sending.token)
    assert seen is not None
    Invitation.objects.update(token_hash="f" * 64)
    with pytest.raises(ChangeRefused, match="no longer works"):
        accept_as_member(invitation=seen, by=Actor(bo))


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_accept_once() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    bakery = OrganisationFactory.create()
    sending = invited(bakery, member(bakery))
    bo = UserFactory.create(email="bo@example.org")
    start, refused = threading.Barrier(2), []

    def click() -> None:
        try:
            found = find_invitation(sending.token)
            assert found is not None
            start.wait(timeout=10)
            accept_as_member(invitation=found, by=Actor(bo))
        except ChangeRefused as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert Membership.objects.filter(user=bo).count() == 1
    assert AuditEvent.objects.filter(kind="joined").count() == 1


def sign_up(client: Client, sending: SentInvitation, **changes: str) -> HttpResponseBase:
    path = links(parse(client.get(page_of(sending))))["Create an account"]
    form = parse(client.get(path))
    assert [name for name in sends(form) if name in ("organisation_name", "advises_others")] == []
    data = {"email": "evil@example.org", "password1": PASSWORD, "next": page_of(sending), **changes}
    return client.post(path, data)


def test_signing_up_by_a_mailed_link_takes_its_address_as_confirmed(
    client: Client, owner: User, bakery: Organisation, with_mail: list[Any]
) -> None:
    sending = invited(bakery, owner)
    answer = sign_up(client, sending)
    assert answer["Location"] == page_of(sending)
    user = User.objects.get(email="bo@example.org")
    assert not User.objects.filter(email="evil@example.org").exists()
    assert EmailAddress.objects.get(user=user).verified
    assert with_mail == []
    assert Organisation.objects.count() == 1
    client.post(page_of(sending))
    assert user.memberships.get().organisation == bakery


def test_by_a_copied_link_the_address_has_yet_to_be_confirmed(
    client: Client, owner: User, bakery: Organisation, with_mail: list[Any]
) -> None:
    """Whoever copied the link could have used it: that proves nothing about the mailbox."""
    sending = invited(bakery, owner, by_mail=False)
    assert sign_up(client, sending)["Location"] == reverse("account_email_verification_sent")
    assert [mail.to for mail in with_mail] == [["bo@example.org"]]
    assert not EmailAddress.objects.get().verified
    assert "_auth_user_id" not in client.session


def test_without_mail_a_copied_link_is_enough(client: Client, owner: User, bakery: Organisation) -> None:
    sending = invited(bakery, owner, by_mail=False)
    assert sign_up(client, sending)["Location"] == page_of(sending)
    client.post(page_of(sending))
    assert Membership.objects.get(user__email="bo@example.org").role == Role.EDITOR


@pytest.mark.parametrize("target", ["/settings/", "/invitations/no-such-token/", "/nothing/here/"])
def test_any_other_way_on_leaves_the_sign_up_as_it_is(client: Client, target: str) -> None:
    form = parse(client.get(f"{reverse('account_signup')}?next={target}"))
    assert "organisation_name" in sends(form)


@pytest.fixture
def consultant(db: None) -> User:
    return member(ConsultancyFactory.create(name="Clear Advice"), Role.EDITOR, email="bo@example.org", name="Bo")


def test_a_consultant_accepts_for_a_consultancy(owner: User, bakery: Organisation, consultant: User) -> None:
    sending = invited(bakery, owner, kind=InvitationKind.CONSULTANCY, role="", level=AccessLevel.REVIEW)
    advice, theirs = consultant.memberships.get().organisation, signed_in_as(consultant)
    business = OrganisationFactory.create(name="Not a consultancy")
    business.memberships.create(user=consultant, role=Role.OWNER)
    page = theirs.get(page_of(sending)).content.decode()
    assert "Clear Advice" in page
    assert "Not a consultancy" not in page
    for other in (business.pk, ConsultancyFactory.create().pk, bakery.pk, "x", ""):
        assert theirs.post(page_of(sending), {"organisation": other}).status_code == 422
    assert not Engagement.objects.exists()
    answer = theirs.post(page_of(sending), {"organisation": advice.pk})
    assert answer["Location"] == reverse("organisation", args=[bakery.pk])
    engagement = Engagement.objects.get()
    assert (engagement.consultancy, engagement.client, engagement.level) == (advice, bakery, "review")
    assert engagement.granted_by == owner
    assert set(AuditEvent.objects.filter(kind="access_granted").values_list("organisation", "subject")) == {
        (bakery.pk, "Clear Advice"),
        (advice.pk, "Boulangerie Lumière"),
    }
    assert theirs.get(reverse("organisation", args=[bakery.pk])).status_code == 200


def test_who_has_no_consultancy_is_shown_how_to_add_one(owner: User, bakery: Organisation, bo: User) -> None:
    sending = invited(bakery, owner, kind=InvitationKind.CONSULTANCY, role="", level=AccessLevel.READ)
    theirs = signed_in_as(bo)
    add = links(parse(theirs.get(page_of(sending))))["Add one now"]
    assert theirs.post(page_of(sending), {"organisation": bakery.pk}).status_code == 200
    assert theirs.post(add, {"organisation_name": "Bo Advises", "advises_others": "on"})["Location"] == page_of(sending)
    assert not Engagement.objects.exists()


def test_an_owner_lets_a_consultancy_in_as_far_as_asked_or_less(owner: User, bakery: Organisation) -> None:
    advice = ConsultancyFactory.create(name="Clear Advice")
    sending = invited(
        advice, member(advice, Role.EDITOR), owner.email, kind=InvitationKind.CLIENT, role="", level=AccessLevel.REVIEW
    )
    theirs, other = signed_in_as(owner), OrganisationFactory.create()
    other.memberships.create(user=owner, role=Role.EDITOR)
    offered = [each.value for each in controls(parse(theirs.get(page_of(sending)))) if each.name == "level"]
    assert offered == ["review", "read"]
    for data in (
        {"organisation": bakery.pk},
        {"organisation": bakery.pk, "level": "answer"},
        {"organisation": other.pk, "level": "read"},
        {"organisation": advice.pk, "level": "read"},
    ):
        assert theirs.post(page_of(sending), data).status_code == 422
    assert not Engagement.objects.exists()
    answer = theirs.post(page_of(sending), {"organisation": bakery.pk, "level": "read"})
    assert answer["Location"] == reverse("people", args=[bakery.pk])
    engagement = Engagement.objects.get()
    assert (engagement.consultancy, engagement.client, engagement.level) == (advice, bakery, "read")
    assert engagement.granted_by == owner


def test_access_that_goes_on_is_changed_not_doubled(owner: User, bakery: Organisation, consultant: User) -> None:
    advice = consultant.memberships.get().organisation
    EngagementFactory.create(consultancy=advice, client=bakery, level=AccessLevel.READ)
    sending = invited(bakery, owner, kind=InvitationKind.CONSULTANCY, role="", level=AccessLevel.ANSWER)
    accept_as_consultancy(invitation=sending.invitation, consultancy=advice, by=Actor(consultant))
    assert Engagement.objects.get().level == AccessLevel.ANSWER
    assert AuditEvent.objects.filter(kind="access_changed").count() == 2


def test_services_trust_no_form(owner: User, bakery: Organisation, consultant: User) -> None:
    """Another organisation, a wider level, another kind: the services refuse each, and the invitation stays open."""
    advice = consultant.memberships.get().organisation
    offer = invited(bakery, owner, kind=InvitationKind.CONSULTANCY, role="", level=AccessLevel.READ).invitation
    ask = invited(
        advice, consultant, owner.email, kind=InvitationKind.CLIENT, role="", level=AccessLevel.READ
    ).invitation
    with pytest.raises(PermissionDenied):
        accept_as_consultancy(invitation=offer, consultancy=ConsultancyFactory.create(), by=Actor(consultant))
    with pytest.raises(PermissionDenied):
        accept_as_client(invitation=ask, client=bakery, level=AccessLevel.ANSWER, by=Actor(owner))
    with pytest.raises(PermissionDenied):
        accept_as_client(invitation=ask, client=OrganisationFactory.create(), level=AccessLevel.READ, by=Actor(owner))
    with pytest.raises(ChangeRefused):
        accept_as_member(invitation=offer, by=Actor(consultant))
    with pytest.raises(ChangeRefused):
        accept_as_consultancy(invitation=offer, consultancy=advice, by=Actor(owner))
    assert not Engagement.objects.exists()
    assert Invitation.objects.filter(accepted_at__isnull=True).count() == 2


def test_the_owner_of_a_client_that_was_set_up_takes_over(client: Client, with_mail: list[Any]) -> None:
    """From adding the client until its owner ends the access; the two sides share nothing but mails."""
    advice = ConsultancyFactory.create(name="Clear Advice")
    theirs = signed_in_as(member(advice, Role.EDITOR, name="Noor"))
    theirs.post(reverse("client_add", args=[advice.pk]), {"client_name": "New Bakery"})
    engagement = Engagement.objects.get()
    hand_over = reverse("client_hand_over", args=[advice.pk, engagement.pk])
    theirs.post(hand_over, {"email": "olga@example.org"})
    assert "olga@example.org" in words_of(theirs.get(reverse("clients", args=[advice.pk])))
    link = link_in(with_mail[-1].body)
    client.post(f"{reverse('account_signup')}?next={link}", {"password1": PASSWORD})
    client.post(link)
    olga = User.objects.get(email="olga@example.org")
    assert (olga.memberships.get().organisation, olga.memberships.get().role) == (engagement.client, Role.OWNER)
    assert theirs.post(hand_over, {"email": "second@example.org"}).status_code == 403
    home = reverse("organisation", args=[engagement.client_id])
    assert theirs.get(home).status_code == 200
    client.post(reverse("engagement_end", args=[engagement.client_id, engagement.pk]))
    assert theirs.get(home).status_code == 404
