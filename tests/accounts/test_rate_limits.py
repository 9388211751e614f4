"""What costs much is done so often and no more."""

from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore, Event

import pytest
from django.conf import LazySettings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.models import User
from accounts.sign_in import rate_limits
from accounts.sign_in.rate_limits import FileInTheMaking, one_at_a_time
from tests.factories import ConsultancyFactory, UserFactory, member

pytestmark = pytest.mark.django_db


def test_a_challenge_for_a_passkey_is_made_so_often_for_an_address(client: Client, settings: LazySettings) -> None:
    """Each is kept in a session of its own."""
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "passkey_challenge": "3/m/ip"}
    address, ask = reverse("mfa_login_webauthn"), {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}
    assert [Client().get(address, **ask).status_code for _ in range(5)] == [200, 200, 200, 429, 429]  # type: ignore[arg-type]
    assert client.get(address, REMOTE_ADDR="192.0.2.9", **ask).status_code == 200  # type: ignore[arg-type]


def test_pictures_are_read_so_often_for_a_person(client: Client, settings: LazySettings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "logo": "2/h/user"}
    consultancy = ConsultancyFactory.create()
    client.force_login(member(consultancy))
    address = reverse("brand", args=[consultancy.pk])
    assert [client.post(address, {"colour": "zzz"}).status_code for _ in range(3)] == [422, 422, 429]
    assert client.get(address).status_code == 200


def test_a_person_has_one_file_made_at_a_time() -> None:
    """Forty at once held every thread of the server for two minutes."""
    begun, go_on, made = Event(), Event(), []

    @one_at_a_time
    def slow(request: HttpRequest) -> HttpResponse:
        begun.set()
        assert go_on.wait(20)
        made.append(request.user.pk)
        return HttpResponse()

    ann, bo = UserFactory.create(), UserFactory.create()
    with ThreadPoolExecutor() as pool:
        first = pool.submit(slow, asking(ann))
        assert begun.wait(20)
        with pytest.raises(FileInTheMaking):
            slow(asking(ann))
        go_on.set()
        assert first.result(20).status_code == 200
    assert slow(asking(bo)).status_code == 200
    assert slow(asking(ann)).status_code == 200, "the turn is given back"
    assert made == [ann.pk, bo.pk, ann.pk]


def test_a_process_makes_so_many_files_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limits, "WAIT_SECONDS", 0)
    monkeypatch.setattr(rate_limits, "_turns", BoundedSemaphore(1))
    people = [UserFactory.create() for _ in range(2)]

    @one_at_a_time
    def within(_request: HttpRequest) -> HttpResponse:
        with pytest.raises(FileInTheMaking):
            one_at_a_time(lambda _: HttpResponse())(asking(people[1]))
        return HttpResponse()

    assert within(asking(people[0])).status_code == 200
    assert within(asking(people[0])).status_code == 200


def test_what_fails_gives_its_turn_back() -> None:
    ann = UserFactory.create()

    @one_at_a_time
    def broken(_request: HttpRequest) -> HttpResponse:
        raise ValueError

    for _ in range(rate_limits.HEAVY_AT_ONCE + 1):
        with pytest.raises(ValueError, match=r"^$"):
            broken(asking(ann))


@pytest.mark.parametrize("name", ["plan_export", "plan_calendar", "desk_csv", "desk_xlsx"])
def test_files_of_a_person_have_a_number_in_a_minute(client: Client, settings: LazySettings, name: str) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "heavy_file": "2/m/user"}
    consultancy = ConsultancyFactory.create()
    client.force_login(member(consultancy))
    address = reverse(name, args=[consultancy.pk, *(["csv"] if name == "plan_export" else [])])
    answers = [client.get(address) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Wait a moment" in answers[-1].content.decode()


def asking(person: User) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = person
    return request
