"""Ending sessions asks who one is first, confirming that changes the key, and the browser forgets what has ended."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.sign_in.sessions import EVERYTHING, HOUR, PAGES, end_sessions
from config import settings as production
from tests.accounts.conftest import CodeClock
from tests.accounts.software_passkeys import SoftwarePasskey
from tests.accounts.test_mfa import code_for
from tests.accounts.test_sessions import Clock, administrator, clock, is_in, signed_in_as
from tests.accounts.test_sign_in import sign_in
from tests.factories import PASSWORD, SECOND_STEP_SECRET, UserFactory, give_second_step

__all__ = ["clock"]
pytestmark = pytest.mark.django_db
LIST = reverse("usersessions_list")
PAGE = reverse("settings")


def browser(person: User, name: str = "") -> Client:
    client = Client(headers={"user-agent": name})
    sign_in(client, person.email)
    return client


def confirm(client: Client, name: str = "account_reauthenticate", **sent: str) -> Any:
    return client.post(reverse(name), sent or {"password": PASSWORD})


def by_password(client: Client, person: User) -> None:
    confirm(client)


def by_code(client: Client, person: User) -> None:
    give_second_step(person)
    confirm(client, "mfa_reauthenticate", code=code_for(SECOND_STEP_SECRET))


def by_passkey(client: Client, person: User) -> None:
    passkey = SoftwarePasskey(person)
    options = client.get(reverse("mfa_reauthenticate_webauthn")).context["js_data"]["request_options"]
    confirm(client, "mfa_reauthenticate_webauthn", credential=passkey.credential(options))


@pytest.mark.parametrize("way", [by_password, by_code, by_passkey])
def test_confirming_who_one_is_changes_the_key(
    owner: User, way: Callable[[Client, User], None], code_clock: CodeClock
) -> None:
    here = browser(owner, "This browser")
    thief = Client()
    before = here.session.session_key
    assert before
    thief.cookies[settings.SESSION_COOKIE_NAME] = before
    way(here, owner)
    assert here.session.session_key != before
    assert is_in(here)
    assert not is_in(thief)
    assert not Session.objects.filter(session_key=before).exists()
    page = here.get(LIST).text
    assert UserSession.objects.get(user=owner).session_key == here.session.session_key
    assert (page.count("This browser"), page.count("This one")) == (1, 1)


def test_a_failed_confirmation_changes_nothing(owner: User) -> None:
    here = browser(owner)
    before = here.session.session_key
    confirm(here, password="not the password")
    assert here.session.session_key == before


@pytest.mark.parametrize("one", [True, False], ids=["one", "all others"])
def test_ending_sessions_asks_first_and_then_goes_on(owner: User, one: bool) -> None:
    here, phone, old = browser(owner, "Here"), browser(owner, "Phone"), browser(owner, "Old phone")
    page = here.get(LIST).text
    assert all(name in page for name in ("Here", "Phone", "Old phone"))
    named = UserSession.objects.get(session_key=old.session.session_key).pk
    asked = here.post(LIST, {"session": named} if one else {})
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert is_in(old)
    assert here.post(asked["Location"], {"password": PASSWORD, "next": LIST})["Location"] == LIST
    assert not is_in(old)
    assert is_in(phone) == one
    assert is_in(here)
    assert owner.sign_in_events.first().kind == "signed_out_elsewhere"  # type: ignore[union-attr]


def test_nobody_ends_a_strangers_session_or_the_one_at_hand(owner: User) -> None:
    stranger, here = browser(UserFactory.create()), browser(owner)
    confirm(here)
    own = UserSession.objects.get(user=owner).pk
    theirs = UserSession.objects.exclude(user=owner).get().pk
    for named in (theirs, own, "x", "9" * 30, "-1"):
        assert here.post(LIST, {"session": str(named)}).status_code == 302
    assert is_in(stranger)
    assert is_in(here)


def ended_elsewhere(person: User, clock: Clock) -> None:
    end_sessions(person)


def suspended(person: User, clock: Clock) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)


def timed_out(person: User, clock: Clock) -> None:
    clock.pass_by(13 * HOUR)


def row_expired(person: User, clock: Clock) -> None:
    Session.objects.all().delete()


@pytest.mark.parametrize("how", [ended_elsewhere, suspended, timed_out, row_expired])
def test_the_next_answer_lets_the_browser_forget(owner: User, clock: Clock, how: Callable[[User, Clock], None]) -> None:
    here = browser(owner)
    assert "Clear-Site-Data" not in here.get(PAGE)
    how(owner, clock)
    answer = here.get(PAGE)
    assert (answer.status_code, answer["Clear-Site-Data"]) == (302, PAGES)
    assert "Clear-Site-Data" not in here.get(reverse("account_login")), "once is enough"


def test_so_does_deleting_the_account() -> None:
    person = UserFactory.create()
    here = browser(person)
    confirm(here)
    answer = here.post(reverse("account_delete"), {"email": person.email})
    assert answer["Clear-Site-Data"] == EVERYTHING
    assert not is_in(here)


def test_a_guest_and_a_first_visit_lose_nothing(client: Client, owner: User) -> None:
    for _ in range(2):
        assert "Clear-Site-Data" not in client.get(reverse("account_login"))
    assert "Clear-Site-Data" not in sign_in(client, owner.email)


def test_an_open_page_learns_that_it_is_over_and_asking_is_not_activity(owner: User, clock: Clock) -> None:
    here, ask = browser(owner), f"{reverse('signed_in_as')}?seen=1"
    page = here.get(PAGE).text
    assert f'data-person="{owner.pk}" data-seconds="{12 * HOUR}"' in page
    for _ in range(13):
        assert here.get(ask, headers={"HX-Request": "true"}).json()["person"] == owner.pk
        clock.pass_by(HOUR - 1)
    answer = here.get(ask, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.json()) == (200, {"person": None})
    assert answer["Clear-Site-Data"] == PAGES
    assert "signed-out" not in here.get(reverse("account_login")).text


def test_every_cookie_is_bound_to_the_host(client: Client, owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"):
        monkeypatch.setattr(settings, name, getattr(production, name))
    boss = administrator(is_superuser=True)
    answers = [sign_in(client, owner.email), client.get(PAGE), client.post(PAGE, {"name": "Amélie"}), client.get(LIST)]
    answers += [confirm(client), client.post(LIST), client.post(reverse("account_logout"))]
    answers += [signed_in_as(boss).get(reverse("admin:index"))]
    cookies = [cookie for answer in answers for cookie in answer.cookies.values() if cookie.value]
    assert {cookie.key for cookie in cookies} == {"__Host-session", "__Host-csrf"}
    for cookie in cookies:
        assert cookie["secure"]
        assert cookie["httponly"]
        assert (cookie["path"], cookie["domain"]) == ("/", "")
