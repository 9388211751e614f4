"""Organisations: adding one, a consultancy, and finding the right one among many."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.audit import Actor
from accounts.errors import ChangeRefused
from accounts.models import AuditEvent, Engagement, Organisation, OrganisationKind, Role, User
from accounts.services.organisations import MOST_IN_A_DAY, create_organisation, set_up_client
from tests.factories import ConsultancyFactory, EngagementFactory, MembershipFactory, OrganisationFactory, member
from tests.pages import links, parse, text_of

pytestmark = pytest.mark.django_db
ADD = "/organisations/new/"


def test_one_more_organisation_and_its_owner(signed_in: Client, owner: User) -> None:
    answer = signed_in.post(ADD, {"organisation_name": "  Second   shop "})
    made = Organisation.objects.get(name="Second shop")
    assert answer["Location"] == reverse("organisation", args=[made.pk])
    assert (made.kind, made.memberships.get().user, made.memberships.get().role) == ("business", owner, Role.OWNER)
    event = AuditEvent.objects.get()
    assert (event.kind, event.organisation, event.actor) == ("organisation_made", made.pk, owner.pk)


def test_a_consultancy_is_chosen_never_guessed(signed_in: Client) -> None:
    signed_in.post(ADD, {"organisation_name": "Shop", "kind": "consultancy", "set_up_by": "1"})
    assert Organisation.objects.get(name="Shop").kind == OrganisationKind.BUSINESS
    signed_in.post(ADD, {"organisation_name": "Advice", "advises_others": "on"})
    assert Organisation.objects.get(name="Advice").kind == OrganisationKind.CONSULTANCY


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_a_name_that_is_missing_or_too_long(signed_in: Client, name: str) -> None:
    answer = signed_in.post(ADD, {"organisation_name": name})
    assert answer.status_code == 422
    assert 'href="#id_organisation_name"' in answer.content.decode()
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_afterwards_nobody_is_sent_to_another_site(signed_in: Client, target: str) -> None:
    answer = signed_in.post(f"{ADD}?next={target}", {"organisation_name": "Shop"})
    assert answer["Location"].startswith("/organisations/")


def test_back_to_the_invitation_that_waits_for_it(signed_in: Client) -> None:
    assert (
        signed_in.post(f"{ADD}?next=/invitations/abc/", {"organisation_name": "A"})["Location"] == "/invitations/abc/"
    )


def test_signing_up_as_a_consultancy(client: Client) -> None:
    answers = {"email": "c@example.org", "password1": "four blue kettles sing", "organisation_name": "Advice"}
    client.post(reverse("account_signup"), {**answers, "advises_others": "on"})
    assert Organisation.objects.get().kind == OrganisationKind.CONSULTANCY
    assert AuditEvent.objects.get().actor_email == "c@example.org"


def test_a_client_is_set_up_without_members_and_managed() -> None:
    consultancy = ConsultancyFactory.create(name="Clear Advice")
    consultant = member(consultancy, Role.EDITOR)
    client = set_up_client(consultancy=consultancy, name="New client", by=Actor(consultant))
    engagement = Engagement.objects.get()
    assert (client.set_up_by, client.memberships.count()) == (consultancy, 0)
    assert (engagement.client, engagement.level, engagement.granted_by) == (client, "answer", consultant)
    events = set(AuditEvent.objects.values_list("kind", "organisation", "subject"))
    assert events == {
        ("organisation_made", client.pk, "Clear Advice"),
        ("access_granted", client.pk, "Clear Advice"),
        ("access_granted", consultancy.pk, "New client"),
    }


def test_only_a_consultancys_owners_and_editors_set_up_clients() -> None:
    consultancy = ConsultancyFactory.create()
    viewer, stranger = member(consultancy, Role.VIEWER), member(OrganisationFactory.create())
    bakery = OrganisationFactory.create()
    baker = member(bakery)
    for where, who in ((consultancy, viewer), (consultancy, stranger), (bakery, baker)):
        with pytest.raises(PermissionDenied):
            set_up_client(consultancy=where, name="Client", by=Actor(who))
    assert not Organisation.objects.filter(name="Client").exists()


def test_the_operator_owns_nothing() -> None:
    with pytest.raises(ValueError, match="operator"):
        create_organisation(name="A", by=Actor(None))
    assert not Organisation.objects.exists()


def test_the_switcher_leads_to_every_organisation(signed_in: Client, owner: User) -> None:
    bakery = owner.memberships.get().organisation
    page = parse(signed_in.get(reverse("organisation", args=[bakery.pk])))
    switch = links(page)["Switch to another organisation"]
    assert signed_in.get("/home/").status_code == 302
    answer = signed_in.get(switch)
    assert links(parse(answer))["Boulangerie Lumière"] == reverse("organisation", args=[bakery.pk])
    assert "Add an organisation" in links(parse(answer))


def test_many_organisations_can_be_searched(client: Client) -> None:
    consultancy = ConsultancyFactory.create(name="Clear Advice")
    for number in range(10):
        EngagementFactory.create(consultancy=consultancy, client__name=f"Client {number}")
    EngagementFactory.create(client__name="Client of others")
    client.force_login(member(consultancy, Role.EDITOR))
    assert client.get("/home/")["Location"] == reverse("desk", args=[consultancy.pk])
    assert 'type="search"' in client.get("/home/", {"all": "1"}).content.decode()
    found = links(parse(client.get("/home/", {"all": "1", "name": " cLIENT 7 "})))
    assert [name for name in found if name.startswith("Client")] == ["Client 7"]
    none = client.get("/home/", {"all": "1", "name": "Client of others"})
    assert "No organisation matches." in text_of(parse(none))
    assert '<b>"' not in client.get("/home/", {"all": "1", "name": '<b>"'}).content.decode()


def test_few_organisations_need_no_search(signed_in: Client, owner: User) -> None:
    MembershipFactory.create(user=owner)
    assert 'type="search"' not in signed_in.get("/home/").content.decode()


def test_nobody_adds_organisations_by_the_dozen(signed_in: Client, owner: User) -> None:
    for number in range(MOST_IN_A_DAY):
        signed_in.post(ADD, {"organisation_name": f"Shop {number}"})
    made = Organisation.objects.count()
    assert made == MOST_IN_A_DAY, "the first one of today counts"
    answer = signed_in.post(ADD, {"organisation_name": "One more"})
    assert answer.status_code == 409
    assert "Continue tomorrow" in answer.text
    assert Organisation.objects.count() == made
    Organisation.objects.update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    assert signed_in.post(ADD, {"organisation_name": "Next day"}).status_code == 302


def test_a_consultancy_sets_up_many_clients_a_day_but_not_any_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.services.organisations.MOST_CLIENTS_IN_A_DAY", 2)
    consultancy = ConsultancyFactory.create()
    by = Actor(member(consultancy))
    for name in ("First", "Second"):
        set_up_client(consultancy=consultancy, name=name, by=by)
    with pytest.raises(ChangeRefused):
        set_up_client(consultancy=consultancy, name="Third", by=by)
    other = ConsultancyFactory.create()
    assert set_up_client(consultancy=other, name="Fourth", by=Actor(member(other)))


def test_a_person_owns_so_many_at_once(signed_in: Client, owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.services.organisations.MOST_OWNED", 2)
    signed_in.post(ADD, {"organisation_name": "Second"})
    Organisation.objects.update(created_at=timezone.now() - timedelta(days=400))
    answer = signed_in.post(ADD, {"organisation_name": "Third"})
    assert answer.status_code == 409
    assert "There are 2 organisations already" in answer.text
    Organisation.objects.get(name="Second").memberships.all().delete()
    assert signed_in.post(ADD, {"organisation_name": "Third"}).status_code == 302


def test_a_consultancy_has_so_many_clients_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.services.organisations.MOST_CLIENTS", 1)
    consultancy = ConsultancyFactory.create()
    by = Actor(member(consultancy))
    client = set_up_client(consultancy=consultancy, name="First", by=by)
    with pytest.raises(ChangeRefused, match="There are 1 organisations already"):
        set_up_client(consultancy=consultancy, name="Second", by=by)
    client.delete()
    assert set_up_client(consultancy=consultancy, name="Second", by=by)
