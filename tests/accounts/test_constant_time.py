"""Known and unknown e-mail addresses: the same bytes and headers, the same work, and the same response time."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import LazySettings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from accounts.models import User
from accounts.sign_in import constant_time
from tests.factories import PASSWORD, UserFactory

KNOWN, UNKNOWN = "known@example.org", "other@example.org"
TOKEN = re.compile(rb"[0-9A-Za-z]{64}")
FORMS: dict[str, dict[str, str]] = {
    "account_signup": {"password1": PASSWORD, "organisation_name": "Boulangerie", "email": ""},
    "account_login": {"password": "not the password", "login": ""},
    "account_reset_password": {"email": ""},
}


class Clock:
    """Time passes only while the code under test sleeps or works."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(constant_time, "time", clock)
    return clock


def working(clock: Clock, seconds: float) -> Callable[..., HttpResponseBase]:
    def view(request: HttpRequest) -> HttpResponse:
        clock.now += seconds
        return HttpResponse("done")

    return constant_time.constant_time(view)


@pytest.mark.parametrize("work", [0, 0.02, 0.39, 0.5])
def test_whatever_the_work_the_answer_comes_at_the_same_moment(
    clock: Clock, rf: RequestFactory, settings: LazySettings, work: float
) -> None:
    settings.CONSTANT_TIME_SECONDS = 0.5
    assert working(clock, work)(rf.post("/")).status_code == 200
    assert clock.now == pytest.approx(100.5)


def test_too_many_attempts_are_said_at_once(clock: Clock, rf: RequestFactory, settings: LazySettings) -> None:
    settings.CONSTANT_TIME_SECONDS = 0.5
    refused = constant_time.constant_time(lambda request: HttpResponse(status=429))
    assert refused(rf.post("/")).status_code == 429
    assert clock.slept == []


class Visitors:
    """POST to a form of which each, while it is worked on, brings the next one."""

    def __init__(self, rf: RequestFactory, addresses: Sequence[str]) -> None:
        self.rf, self.waiting = rf, list(addresses)
        self.statuses: list[int] = []

    def next(self) -> None:
        if self.waiting:
            request = self.rf.post("/", REMOTE_ADDR=self.waiting.pop(0))
            self.statuses.append(constant_time.constant_time(self._view)(request).status_code)

    def _view(self, request: HttpRequest) -> HttpResponse:
        self.next()
        return HttpResponse("done")


@pytest.fixture
def refusing(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CONSTANT_TIME_SECONDS = 0.5
    monkeypatch.setattr("allauth.core.ratelimit.respond_429", lambda request: HttpResponse(status=429))


MANY = [f"192.0.2.{number}" for number in range(constant_time.AT_ONCE)]


def test_half_of_the_threads_stay_free_for_pages(clock: Clock, rf: RequestFactory, refusing: None) -> None:
    visitors = Visitors(rf, [*MANY, "198.51.100.1"])
    visitors.next()
    assert visitors.statuses == [429] + [200] * constant_time.AT_ONCE
    assert clock.slept[0] == pytest.approx(0.5)
    visitors.waiting = list(MANY)
    visitors.next()
    assert visitors.statuses[-len(MANY) :] == [200] * constant_time.AT_ONCE


def test_one_network_address_never_takes_all_turns(clock: Clock, rf: RequestFactory, refusing: None) -> None:
    # An address of IPv6 is one of the many that a connection has.
    mine = [f"2001:db8::{number}" for number in range(constant_time.AT_ONCE_FROM_ONE + 1)]
    visitors = Visitors(rf, mine)
    visitors.next()
    assert visitors.statuses == [429] + [200] * constant_time.AT_ONCE_FROM_ONE
    assert not constant_time._at_work


def test_forms_with_mistakes_are_counted_as_well(
    clock: Clock, refusing: None, settings: LazySettings, client: Client
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, constant_time.RATE: "3/m/ip"}
    statuses = [client.post(reverse("account_login"), {}).status_code for _ in range(5)]
    assert statuses == [200] * 3 + [429] * 2
    assert client.post(reverse("account_login"), {}, REMOTE_ADDR="192.0.2.1").status_code == 200


def test_a_failure_takes_as_long_as_an_answer(clock: Clock, rf: RequestFactory, settings: LazySettings) -> None:
    settings.CONSTANT_TIME_SECONDS = 0.5

    def failing(request: HttpRequest) -> HttpResponse:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        constant_time.constant_time(failing)(rf.post("/"))
    assert clock.now == pytest.approx(100.5)


def test_longer_work_is_not_held_back_and_a_page_never(
    clock: Clock, rf: RequestFactory, settings: LazySettings
) -> None:
    settings.CONSTANT_TIME_SECONDS = 0.5
    working(clock, 0.7)(rf.post("/"))
    assert clock.now == pytest.approx(100.7)
    working(clock, 0.1)(rf.get("/"))
    assert clock.now == pytest.approx(100.8)


def test_an_error_is_held_back_too(clock: Clock, rf: RequestFactory, settings: LazySettings) -> None:
    settings.CONSTANT_TIME_SECONDS = 0.5

    def fails(request: HttpRequest) -> HttpResponse:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        constant_time.constant_time(fails)(rf.post("/"))
    assert clock.slept == [pytest.approx(0.5)]


@pytest.mark.django_db
@pytest.mark.parametrize("name", [*FORMS, "account_email"])
def test_every_form_that_takes_an_address_is_held_back(
    name: str, clock: Clock, settings: LazySettings, with_mail: list[Any]
) -> None:
    settings.CONSTANT_TIME_SECONDS = 2
    Client().post(reverse(name), {})
    # Nobody is signed in, so the page for the e-mail address redirects before its view runs.
    assert clock.slept == ([] if name == "account_email" else [pytest.approx(2)])
    assert hasattr(resolve(reverse(name)).func, "__wrapped__")


def seen_by_a_browser(name: str, email: str) -> list[object]:
    """The response and the page it redirects to, with the e-mail address replaced."""
    client = Client()
    data = {key: value or email for key, value in FORMS[name].items()}
    answer = client.post(reverse(name), data)
    seen: list[object] = [bare(answer, email)]
    if answer.status_code == 302:
        seen.append(bare(client.get(answer["Location"]), email))
    return seen


def bare(answer: Any, email: str) -> tuple[object, ...]:
    """Whatever differs from request to request by design is replaced by its length."""
    moment = {"X-Request-ID", "Expires"}
    headers = {key: len(value) if key in moment else value for key, value in answer.headers.items()}
    cookies = {
        key: (len(morsel.value), {name: morsel[name] for name in ("path", "max-age", "httponly", "samesite", "secure")})
        for key, morsel in answer.cookies.items()
    }
    body = TOKEN.sub(b"token", answer.content.replace(email.encode(), b"address"))
    return answer.status_code, headers, cookies, body, len(answer.content)


@pytest.mark.django_db
@pytest.mark.parametrize("confirmed", [True, False])
@pytest.mark.parametrize("name", FORMS)
def test_known_and_unknown_addresses_get_the_same_bytes(name: str, confirmed: bool, with_mail: list[Any]) -> None:
    person = UserFactory.create(email=KNOWN)
    EmailAddress.objects.create(user=person, email=KNOWN, primary=True, verified=confirmed)
    assert seen_by_a_browser(name, KNOWN) == seen_by_a_browser(name, UNKNOWN)
    assert len(with_mail) == (0 if name == "account_login" else 2), "one each"


@pytest.mark.django_db
@pytest.mark.parametrize("name", FORMS)
def test_known_and_unknown_addresses_cost_as_many_hashed_passwords(
    name: str, with_mail: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    UserFactory.create(email=KNOWN)
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return str(encode(self, password, salt))

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    counts = []
    for email in (KNOWN, UNKNOWN):
        hashed.clear()
        seen_by_a_browser(name, email)
        counts.append(len(hashed))
    assert counts[0] == counts[1] == (0 if name == "account_reset_password" else 1)


@pytest.mark.django_db
@pytest.mark.parametrize("name", FORMS)
def test_limits_count_known_and_unknown_addresses_alike(name: str, with_mail: list[Any]) -> None:
    UserFactory.create(email=KNOWN)
    statuses = []
    for email in (KNOWN, UNKNOWN):
        data = {key: value or email for key, value in FORMS[name].items()}
        client = Client(REMOTE_ADDR="203.0.113.5" if email == KNOWN else "203.0.113.6")
        answers = [client.post(reverse(name), data) for _ in range(7)]
        statuses.append([(answer.status_code, b"often" in answer.content) for answer in answers])
    assert statuses[0] == statuses[1]


@pytest.mark.django_db
@pytest.mark.parametrize("way", [{}, {"passkey": "yes"}])
def test_a_new_a_taken_and_a_replaced_account_are_told_apart_by_nothing(
    way: dict[str, str], with_mail: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In bytes and in hashed passwords, with a password and with a passkey."""
    monkeypatch.setitem(FORMS, "account_signup", {**FORMS["account_signup"], **way})
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return str(encode(self, password, salt))

    unused = UserFactory.create(email="typed@example.org")
    EmailAddress.objects.create(user=unused, email=unused.email, primary=True)
    UserFactory.create(email=KNOWN)
    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    seen = []
    for email in (KNOWN, unused.email, UNKNOWN):
        hashed.clear()
        seen.append([*seen_by_a_browser("account_signup", email), len(hashed)])
    assert seen[0] == seen[1] == seen[2]
    assert len(with_mail) == 3, "one each"
    replaced = User.objects.get(pk=unused.pk)
    assert (replaced.name, replaced.has_usable_password()) == ("", not way)
