"""Settings and people: what each shows, to whom, with how many queries."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AccessLevel, Organisation, Role, User
from tests.factories import ConsultancyFactory, EngagementFactory, InvitationFactory, MembershipFactory, member

pytestmark = pytest.mark.django_db
CountQueries = Callable[..., Any]


def people_page(client: Client, organisation: Organisation) -> str:
    return client.get(reverse("people", args=[organisation.pk])).content.decode()


def test_the_owner_sees_members_and_consultancies(signed_in: Client, bakery: Organisation) -> None:
    member(bakery, Role.VIEWER, name="Basile", email="basile@example.org")
    member(bakery, Role.EDITOR, name="Gone Person", is_active=False)
    EngagementFactory.create(client=bakery, consultancy__name="Clear Advice", level=AccessLevel.REVIEW)
    EngagementFactory.create(client=bakery, consultancy__name="Former Advice", over=True)
    page = people_page(signed_in, bakery)
    for words in ("Amélie", "You", "Basile", "basile@example.org", "Viewer", "Suspended", "Clear Advice", "Review"):
        assert words in page
    assert "Former Advice" not in page


def test_without_consultancies_the_page_says_so(signed_in: Client, bakery: Organisation) -> None:
    assert "No consultancy can see this organisation." in people_page(signed_in, bakery)


def test_names_are_text_not_markup(signed_in: Client, bakery: Organisation) -> None:
    member(bakery, name="<script>alert(1)</script>")
    bakery.name = "<b>Bakery</b>"
    bakery.save()
    page = people_page(signed_in, bakery) + signed_in.get(reverse("settings")).content.decode()
    assert "<script>alert" not in page
    assert "<b>Bakery" not in page


@pytest.mark.parametrize("number", [1, 3, 40])
def test_people_costs_the_same_whatever_their_number(
    signed_in: Client, bakery: Organisation, number: int, django_assert_num_queries: CountQueries
) -> None:
    for _ in range(number):
        member(bakery)
        EngagementFactory.create(client=bakery)
        InvitationFactory.create(organisation=bakery)
    with django_assert_num_queries(9):  # session, person, standing; members, invitations, engagements and their counts
        people_page(signed_in, bakery)


def test_settings_names_the_persons_own_organisations_and_links_people_only_for_owners(
    signed_in: Client, owner: User
) -> None:
    consultancy = ConsultancyFactory.create(name="Amélie Advises")
    MembershipFactory.create(user=owner, organisation=consultancy, role=Role.EDITOR)
    client = EngagementFactory.create(consultancy=consultancy, level=AccessLevel.READ).client
    page = signed_in.get(reverse("settings")).content.decode()
    assert "Boulangerie Lumière" in page
    assert "Amélie Advises" in page
    assert client.name not in page, "clients are on the desk"
    assert page.count("/people/") == 1


@pytest.mark.parametrize("number", [1, 30])
def test_settings_costs_the_same_whatever_the_number_of_clients(
    signed_in: Client, owner: User, number: int, django_assert_num_queries: CountQueries
) -> None:
    consultancy = ConsultancyFactory.create()
    MembershipFactory.create(user=owner, organisation=consultancy, role=Role.EDITOR)
    EngagementFactory.create_batch(number, consultancy=consultancy)
    with django_assert_num_queries(3):
        signed_in.get(reverse("settings"))


def test_a_name_is_saved_and_may_be_removed(signed_in: Client, owner: User) -> None:
    assert signed_in.post(reverse("settings"), {"name": "  Amélie   Martin "})["Location"] == reverse("settings")
    owner.refresh_from_db()
    assert owner.name == "Amélie Martin"
    signed_in.post(reverse("settings"), {"name": ""})
    owner.refresh_from_db()
    assert owner.name == ""


def test_a_name_too_long_is_refused_in_words(signed_in: Client, owner: User) -> None:
    assert "at most 120 characters" in signed_in.post(reverse("settings"), {"name": "x" * 121}).content.decode()
    owner.refresh_from_db()
    assert owner.name == "Amélie"


def test_nobody_promotes_themselves_by_adding_fields(signed_in: Client, owner: User) -> None:
    signed_in.post(reverse("settings"), {"name": "A", "is_staff": "on", "is_superuser": "on", "email": "x@example.org"})
    owner.refresh_from_db()
    assert (owner.is_staff, owner.is_superuser, owner.email) == (False, False, "amelie@example.org")


def test_settings_for_someone_without_an_organisation(client: Client) -> None:
    client.force_login(User.objects.create_user("alone@example.org"))
    assert "You are not a member of any organisation." in client.get(reverse("settings")).content.decode()
