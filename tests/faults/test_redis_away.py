"""Redis is away, or does not answer: people sign in, limits limit, and nobody waits."""

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.second_step import app_codes
from accounts.second_step.app_codes import code_of_period
from assessments.models import EditionRow
from config import caches
from config import settings as production
from reports.models import Report
from tests.factories import PASSWORD, SECOND_STEP_SECRET, OrganisationFactory, UserFactory, give_second_step, member
from tests.faults.test_broker_down import NOBODY_THERE, broker_down
from tests.runs import asked_questions, finished_run, scoped_run

__all__ = ["broker_down"]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        "Redis" not in configured.CACHES["default"]["BACKEND"], reason="the embedded default has no Redis"
    ),
]


@pytest.fixture
def away(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As production has it, at a door that nobody opens."""
    with_redis_at(NOBODY_THERE, settings, monkeypatch)
    yield
    cache.clear()


def with_redis_at(url: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caches, "outage", caches.Outage())
    options = {**production.CACHES["default"]["OPTIONS"], "socket_timeout": 0.3, "socket_connect_timeout": 0.3}
    settings.CACHES = {"default": {**configured.CACHES["default"], "LOCATION": url, "OPTIONS": options}}
    cache.clear()


@pytest.fixture
def silent(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """One that takes connections and says nothing; when each of them came."""
    came: list[float] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        held: list[socket.socket] = []

        def take() -> None:
            while True:
                try:
                    held.append(server.accept()[0])
                except OSError:
                    return
                came.append(time.monotonic())

        threading.Thread(target=take, daemon=True).start()
        with_redis_at(f"redis://127.0.0.1:{server.getsockname()[1]}/0", settings, monkeypatch)
        yield came
        cache.clear()
    for each in held:
        each.close()


def sign_in(person: User, password: str = PASSWORD) -> tuple[Client, Any]:
    client = Client()
    return client, client.post(reverse("account_login"), {"login": person.email, "password": password})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_people_sign_in(away: None) -> None:
    client, _answer = sign_in(UserFactory.create())
    assert is_in(client)


@pytest.fixture
def code(monkeypatch: pytest.MonkeyPatch) -> str:
    """What the app shows, for as long as the test takes."""
    monkeypatch.setattr(app_codes, "current_period", lambda: 1000)
    return code_of_period(SECOND_STEP_SECRET, 1000)


def test_with_a_second_step_too_and_each_code_once(away: None, code: str) -> None:
    person = UserFactory.create()
    give_second_step(person)
    clients = [sign_in(person)[0] for _ in range(2)]
    for client in clients:
        client.post(reverse("mfa_authenticate"), {"code": code})
    assert [is_in(client) for client in clients] == [True, False]


def test_guessing_is_limited_all_the_same(away: None) -> None:
    person = UserFactory.create()
    for _ in range(5):
        sign_in(person, "wrong password here")
    client, answer = sign_in(person)
    assert "Too many attempts" in answer.text
    assert not is_in(client)


def test_guessing_codes_too(away: None, code: str) -> None:
    person = UserFactory.create()
    give_second_step(person)
    client, _answer = sign_in(person)
    for guess in range(6):
        client.post(reverse("mfa_authenticate"), {"code": f"00000{guess}"})
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert not is_in(client)


def test_one_that_is_silent_is_waited_for_once(silent: list[float]) -> None:
    """Arithmetic instead of a watch, which a busy machine would spoil: so many connections, 0.3 seconds each."""
    for _ in range(5):
        assert is_in(sign_in(UserFactory.create())[0])
    waits = [at for at in silent if at - silent[0] < caches.RETRY_AFTER]
    assert len(waits) == 1


def test_when_it_is_back_it_is_asked_again(
    settings: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    there = configured.CACHES["default"]["LOCATION"]
    with_redis_at(NOBODY_THERE, settings, monkeypatch)
    for number in range(3):
        cache.set(f"meanwhile-{number}", 1)
    assert cache.get("meanwhile-0") == 1
    assert caplog.text.count("redis_away") == 1, "one line for each outage"
    settings.CACHES = {"default": {**configured.CACHES["default"], "LOCATION": there}}
    cache.set("still", 1)
    assert "redis_back" not in caplog.text
    caches.outage.retry_at = time.monotonic()
    cache.set("back", 2)
    assert (cache.get("back"), cache.get("still")) == (2, None)
    assert "redis_back" in caplog.text
    cache.clear()


def test_everything_a_person_does_works(away: None, broker_down: None, edition_row: EditionRow) -> None:
    owner = member(OrganisationFactory.create())
    organisation = owner.memberships.get().organisation
    finished = finished_run(organisation)
    run = scoped_run(organisation, by=owner)
    question = asked_questions(run)[0].id
    client, _answer = sign_in(owner)
    answer = {f"{question}-version": "0", f"{question}-answer": "2"}
    done = [
        client.get(reverse("home")),
        client.get(reverse("organisation", args=[organisation.pk])),
        client.post(reverse("answer_save", args=[run.pk, question]), answer),
        client.get(reverse("result", args=[finished.assessment_id])),
        client.post(reverse("report_request", args=[finished.assessment_id])),
        client.post(reverse("invite_colleague", args=[organisation.pk]), {"email": "a@example.org", "role": "viewer"}),
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD}),
        client.post(reverse("settings"), {"name": "Amélie"}),
        client.post(reverse("account_logout")),
    ]
    assert [each.status_code for each in done if each.status_code not in (200, 302)] == []
    assert Report.objects.exists()
