"""People who need MFA get no further without it: the database decides, from the very next request."""

import pytest
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.sign_in.links import create_sign_in_link
from accounts.sign_in.mfa import has_mfa, lacks_required_mfa, requires_mfa
from assessments.models import EditionRow
from tests.accounts.test_mfa import set_up_app
from tests.accounts.test_sign_in_links import HOUR
from tests.factories import (
    PASSWORD,
    ConsultancyFactory,
    EngagementFactory,
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    give_second_step,
    member,
)
from tests.runs import finished_run

pytestmark = pytest.mark.django_db
NEEDED = "/account/second-step/needed/"


def consultant(*, second_step: bool = False) -> User:
    consultancy = ConsultancyFactory.create()
    EngagementFactory.create(consultancy=consultancy, client__name="Boulangerie Lumière")
    return member(consultancy, second_step=second_step, email="rima@example.org")


def signed_in_as(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def led_away(client: Client, path: str = "/home/") -> bool:
    return bool(client.get(path).headers.get("Location") == NEEDED)


@pytest.mark.parametrize("flag", ["is_staff", "is_superuser", "edits_bank"])
def test_a_person_who_becomes_one_of_them_is_caught_at_the_next_request(signed_in: Client, flag: str) -> None:
    assert not led_away(signed_in)
    User.objects.update(**{flag: True})
    assert led_away(signed_in)
    User.objects.update(**{flag: False})
    assert not led_away(signed_in)


def test_joining_a_consultancy_requires_mfa_and_leaving_frees(signed_in: Client, owner: User) -> None:
    MembershipFactory.create(user=owner)
    assert not led_away(signed_in), "a second business is no consultancy"
    joined = MembershipFactory.create(user=owner, organisation=ConsultancyFactory.create(), second_step=False)
    assert led_away(signed_in)
    joined.delete()
    assert not led_away(signed_in)


@pytest.mark.parametrize("kind", [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
def test_an_app_or_a_passkey_opens_and_removing_it_closes(kind: str) -> None:
    person = consultant()
    client = signed_in_as(person)
    assert led_away(client)
    step = Authenticator.objects.create(user=person, type=kind, data={})
    assert not led_away(client)
    step.delete()
    assert led_away(client)


def test_recovery_codes_alone_and_somebody_elses_app_do_not_count() -> None:
    person = consultant()
    Authenticator.objects.create(user=person, type=Authenticator.Type.RECOVERY_CODES, data={})
    give_second_step(UserFactory.create())
    assert led_away(signed_in_as(person))


@pytest.mark.parametrize("path", ["/home/", "/admin/", "/admin/accounts/user/", "/coverage/", "/bank/"])
def test_every_page_but_those_of_signing_in_is_closed(path: str) -> None:
    person = UserFactory.create(is_staff=True, is_superuser=True, edits_bank=True, second_step=False)
    client = signed_in_as(person)
    for method in ("get", "head", "put", "delete"):
        answer = getattr(client, method)(path)
        assert (answer.status_code, answer["Location"]) == (302, NEEDED), method
    assert client.post(path).status_code == 403


@pytest.mark.parametrize("name", ["settings", "mfa_index", "mfa_list_webauthn", "usersessions_list", "account_logout"])
def test_pages_of_signing_in_stay_open(name: str) -> None:
    assert signed_in_as(consultant()).get(reverse(name)).status_code == 200


def test_the_settings_name_no_organisation_before(client: Client) -> None:
    person = consultant()
    name = person.memberships.get().organisation.name
    client.force_login(person)
    page = client.get("/settings/").content.decode()
    assert name not in page
    assert "others rely on it" in page
    give_second_step(person)
    page = client.get("/settings/").content.decode()
    assert name in page
    assert "no second step" not in page


def test_the_page_says_why_to_each(client: Client) -> None:
    client.force_login(consultant())
    page = client.get(NEEDED).content.decode()
    assert "what other businesses answered" in page
    assert "concerns everybody" not in page
    client.force_login(UserFactory.create(is_staff=True, second_step=False))
    page = client.get(NEEDED).content.decode()
    assert "concerns everybody" in page
    assert "what other businesses answered" not in page


def test_from_the_wanted_page_to_setting_up_and_back() -> None:
    client = signed_in_as(consultant())
    assert client.get("/home/?show=all")["Location"] == NEEDED
    # A script's request or a POST is not a page to return to.
    client.get("/coverage/", headers={"Sec-Fetch-Mode": "cors"})
    client.post("/home/")
    assert client.get(NEEDED).status_code == 200
    assert "Continue to the page you wanted" not in client.get(reverse("mfa_index")).content.decode()
    client.post("/account/confirm/", {"password": PASSWORD})
    set_up_app(client)
    codes = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert f'href="{NEEDED}"' in codes
    assert client.get(NEEDED)["Location"] == "/home/?show=all"
    assert client.get(NEEDED)["Location"] == "/home/", "once"
    assert "Continue to the page" not in client.get(reverse("mfa_view_recovery_codes")).content.decode()


def test_the_way_back_stays_on_this_site() -> None:
    person = consultant()
    client = signed_in_as(person)
    client.get("//evil.example/home/")
    client.get("/home/?next=https://evil.example")
    give_second_step(person)
    assert client.get(NEEDED)["Location"] == "/home/?next=https://evil.example"


def test_signing_in_by_link_does_not_go_around_it() -> None:
    """Without MFA the middleware stops the person after the link; with MFA the code is asked for."""
    person = consultant()
    client = Client()
    client.post(reverse("sign_in_link", args=[create_sign_in_link(user=person, lifetime=HOUR)]))
    assert led_away(client)
    give_second_step(person)
    client = Client()
    link = create_sign_in_link(user=person, lifetime=HOUR)
    assert client.post(reverse("sign_in_link", args=[link]))["Location"] == reverse("mfa_authenticate")


def test_owners_and_strangers_to_consulting_are_not_asked(signed_in: Client, owner: User) -> None:
    EngagementFactory.create(client=owner.memberships.get().organisation)
    assert not led_away(signed_in)
    assert (requires_mfa(owner), has_mfa(owner), lacks_required_mfa(owner)) == (False, False, False)
    assert signed_in.get(NEEDED)["Location"] == "/home/"


def test_where_it_is_not_required_the_settings_say_so(settings: LazySettings) -> None:
    settings.MFA_REQUIRED = "nobody"
    client = signed_in_as(consultant())
    assert not led_away(client)
    assert "On this machine you can go on without" in client.get("/settings/").content.decode()


@pytest.mark.parametrize("second_step", [True, False])
def test_it_costs_no_query(second_step: bool) -> None:
    """The MFA state is loaded with the request's user: session and user, whether or not MFA is required."""
    for person in (consultant(second_step=second_step), member(OrganisationFactory.create())):
        client = signed_in_as(person)
        with CaptureQueriesContext(connection) as queries:
            client.get(NEEDED)
        assert len([each for each in queries if "SAVEPOINT" not in each["sql"]]) == 2
        person.delete()


def test_owners_are_offered_one_until_they_say_no(signed_in: Client, owner: User) -> None:
    InvitationFactory.create(organisation=owner.memberships.get().organisation)
    home = f"/organisations/{owner.memberships.get().organisation_id}/"
    assert "Keep others out of your answers" in signed_in.get(home).content.decode()
    assert signed_in.post(reverse("mfa_postpone"), {"back": home})["Location"] == home
    assert "Keep others out of your answers" not in signed_in.get(home).content.decode()
    assert "no second step yet" in signed_in.get("/settings/").content.decode()


def test_people_with_mfa_are_not_offered_it(signed_in: Client, owner: User) -> None:
    give_second_step(owner)
    InvitationFactory.create(organisation=owner.memberships.get().organisation)
    home = f"/organisations/{owner.memberships.get().organisation_id}/"
    assert "Keep others out" not in signed_in.get(home).content.decode()
    assert "no second step" not in signed_in.get("/settings/").content.decode()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_saying_no_leads_nowhere_else(signed_in: Client, back: str) -> None:
    assert signed_in.post(reverse("mfa_postpone"), {"back": back})["Location"] == "/home/"


def test_an_owner_is_offered_one_after_something_worth_keeping_and_not_before(
    signed_in: Client, owner: User, edition_row: EditionRow
) -> None:
    organisation = owner.memberships.get().organisation
    home = f"/organisations/{organisation.pk}/"
    assert "Keep others out of your answers" not in signed_in.get(home).content.decode()
    finished_run(organisation)
    assert "Keep others out of your answers" in signed_in.get(home).content.decode()


@pytest.fixture
def from_everybody(settings: LazySettings) -> None:
    settings.MFA_REQUIRED = "everybody"


def test_where_everybody_needs_one_an_owner_is_led_away_and_told_why(
    from_everybody: None, signed_in: Client, owner: User
) -> None:
    assert led_away(signed_in)
    page = signed_in.get(NEEDED).content.decode()
    assert "asks everybody for one" in page
    assert "concerns everybody" not in page
    assert "asks everybody for one" in signed_in.get("/settings/").content.decode()
    give_second_step(owner)
    assert not led_away(signed_in)


def test_where_everybody_needs_one_the_privileged_read_their_own_reason(from_everybody: None) -> None:
    page = signed_in_as(consultant()).get(NEEDED).content.decode()
    assert "what other businesses answered" in page
    assert "asks everybody for one" not in page


def test_where_everybody_needs_one_signing_up_leads_to_it(from_everybody: None, client: Client) -> None:
    typed = {"email": "new@example.org", "password1": PASSWORD, "organisation_name": "Boulangerie"}
    assert client.post(reverse("account_signup"), typed)["Location"] == "/home/"
    assert led_away(client)
