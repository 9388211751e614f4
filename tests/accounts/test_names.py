"""Names stand in other people's pages and mails: they can be seen, keep the direction of text and hold no address."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import Organisation, Role, User
from accounts.names import name_to_compare, validate_name
from accounts.services.names import MOST_FORMER_NAMES, NameOfAnother, TooManyNames, rename_person
from tests.factories import (
    PASSWORD,
    ConsultancyFactory,
    EngagementFactory,
    OrganisationFactory,
    UserFactory,
    member,
)

HIDDEN = {
    "zero width": "\u200b\u200b",
    "joiners": "\u2060\ufeff",
    "right to left override": "Acme \u202efdp.exe",
    "isolate": "Acme\u2066",
    "arabic mark": "\u061cAcme",
    "only dots": "...",
    "a link": "Click https://example.org/ now",
    "an address": "write to me@example.org",
    "what mail programs make a link of": "Now at www.example.org",
    "the same with a path": "Pay at example.org/now",
    "what they guess to be one": "Claim your refund at evil-bank.com",
    "the same after a comma": "Your account is locked, Evil.Com",
    "a blank of no width": "Anna\u200bStein",
    "a joiner between letters that need none": "Anna\u200dStein",
    "a soft hyphen": "Anna\u00adStein",
    "a filler that counts as a letter": "Anna\u3164Stein",
    "fillers alone": "\u3164\u115f",
    "a command to a terminal": "x\x1b[31mred",
    "a bell": "x\x07",
}
FINE = [
    "Boulangerie Lumière",
    "שלום",
    "مخبز النور",
    "パン屋",
    "C&A",
    "3M",
    "Toys “R” Us",
    "Booking.com",
    "Meier/Müller St. Gallen",
    "O’Neil",
    "🍞",
    "👩\u200d🍳",
    "क्\u200dष",
    "J. R. R. Tolkien, Ph.D.",
    "Booking.com B.V.",
    "",
]


@pytest.mark.parametrize("name", HIDDEN.values(), ids=HIDDEN.keys())
def test_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        validate_name(name)


@pytest.mark.parametrize("name", FINE)
def test_names_of_all_scripts_pass(name: str) -> None:
    validate_name(name)


@pytest.mark.django_db
@pytest.mark.parametrize("name", HIDDEN.values(), ids=HIDDEN.keys())
def test_every_form_that_takes_a_name_refuses_it(client: Client, name: str) -> None:
    answers = {"email": "new@example.org", "password1": PASSWORD, "organisation_name": name}
    assert client.post(reverse("account_signup"), answers).status_code == 200
    assert not User.objects.exists()

    owner = member(OrganisationFactory.create(name="Bakery"), name="Amélie")
    client.force_login(owner)
    client.post(reverse("settings"), {"name": name})
    client.post(reverse("organisation_add"), {"organisation_name": name})
    owner.refresh_from_db()
    assert owner.name == "Amélie"

    consultancy = ConsultancyFactory.create()
    client.force_login(member(consultancy))
    client.post(reverse("client_add", args=[consultancy.pk]), {"client_name": name})
    assert {own.name for own in Organisation.objects.all()} == {"Bakery", consultancy.name}


@pytest.mark.django_db
def test_nobody_signs_with_the_name_of_a_colleague(client: Client) -> None:
    organisation = OrganisationFactory.create()
    member(organisation, name="Ann Lee")
    UserFactory.create(name="Bo Berg")
    person = member(organisation, name="Eve")
    with pytest.raises(NameOfAnother):
        rename_person(user=person, name="ann  LEE")
    client.force_login(person)
    answer = client.post(reverse("settings"), {"name": "Ann Lee"})
    assert "Somebody you work with is called that already." in answer.content.decode()
    person.refresh_from_db()
    assert (person.name, person.former_names) == ("Eve", [])
    for name in ("Bo Berg", "Bo Berg", ""):
        rename_person(user=person, name=name)
    person.refresh_from_db()
    assert (person.name, person.former_names) == ("", ["Eve", "Bo Berg"])


@pytest.mark.parametrize(
    "alike",
    ["Ann Lee", "ann  LEE", "Ann\u200bLee", "Ann\u00a0Lee", "_Ann_ *Lee*", "Ann\u00ad Lee", "\uff21nn Lee"],
)
def test_names_that_look_the_same_are_the_same(alike: str) -> None:
    assert name_to_compare(alike) == name_to_compare("Ann Lee")


@pytest.mark.django_db
@pytest.mark.parametrize("taken", ["Ann Lee", "anN  lee", "*Ann* Lee", "\uff21nn Lee"])
def test_nobody_takes_the_name_of_somebody_on_the_other_side(taken: str) -> None:
    engagement = EngagementFactory.create()
    here, there = (member(each, Role.VIEWER) for each in (engagement.client, engagement.consultancy))
    for one, other in ((here, there), (there, here)):
        User.objects.filter(pk=one.pk).update(name="Ann Lee")
        with pytest.raises(NameOfAnother):
            rename_person(user=other, name=taken)
        User.objects.filter(pk=one.pk).update(name="Bo")
        rename_person(user=other, name=taken)
        rename_person(user=other, name="Cleo")


@pytest.mark.django_db
def test_nobody_changes_their_name_without_end() -> None:
    person = member(OrganisationFactory.create(), name="Name 0")
    for number in range(1, MOST_FORMER_NAMES + 1):
        rename_person(user=person, name=f"Name {number}")
    with pytest.raises(TooManyNames):
        rename_person(user=person, name="One more")
