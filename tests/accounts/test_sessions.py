"""How long a session lasts, by the test's own clock, and what ends it early."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.sign_in import sessions
from accounts.sign_in.sessions import DAY, HOUR, MINUTE, end_sessions, timeouts_of
from tests.accounts.confirming import confirm_lately
from tests.accounts.test_mfa import set_up_app
from tests.accounts.test_sign_in import NEW_PASSWORD, link_in, sign_in
from tests.factories import PASSWORD, ConsultancyFactory, UserFactory, member

pytestmark = pytest.mark.django_db
PAGE = "/settings/"


class Clock:
    def __init__(self, now: float) -> None:
        self.now = now

    def time(self) -> float:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    import time

    clock = Clock(time.time())
    monkeypatch.setattr(sessions, "time", clock)
    return clock


def is_in(client: Client) -> bool:
    return client.get(PAGE).status_code == 200


def administrator(**more: bool) -> User:
    return UserFactory.create(**{"is_staff": True, **more})


def signed_in_as(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def cookie_seconds(client: Client) -> int:
    return int(client.cookies[settings.SESSION_COOKIE_NAME]["max-age"])


@pytest.mark.parametrize(
    ("person", "idle"),
    [
        (UserFactory.create, 12 * HOUR),
        (lambda: member(ConsultancyFactory.create()), 12 * HOUR),
        (administrator, 30 * MINUTE),
        (lambda: UserFactory.create(edits_bank=True), 30 * MINUTE),
    ],
    ids=["owner", "consultant", "administrator", "bank editor"],
)
def test_a_session_ends_after_its_time_without_activity(clock: Clock, person: Callable[[], User], idle: int) -> None:
    client = signed_in_as(person())
    clock.pass_by(idle - 1)
    assert is_in(client)
    clock.pass_by(idle - 1)
    assert is_in(client), "the last request counts"
    clock.pass_by(idle)
    assert client.get(PAGE)["Location"] == f"{reverse('account_login')}?next={PAGE}"
    clock.pass_by(-idle)
    assert not is_in(client), "it is gone from the server, not only refused"


@pytest.mark.parametrize(("is_staff", "most", "step"), [(False, 14 * DAY, 11 * HOUR), (True, 12 * HOUR, 29 * MINUTE)])
def test_a_session_ends_at_its_longest_however_busy(clock: Clock, is_staff: bool, most: int, step: int) -> None:
    person = administrator() if is_staff else UserFactory.create()
    client = signed_in_as(person)
    end = clock.now + most
    while clock.now + step < end:
        clock.pass_by(step)
        assert is_in(client)
    clock.now = end
    assert not is_in(client)


def test_signing_in_again_begins_a_new_session(clock: Clock) -> None:
    person = UserFactory.create()
    client = signed_in_as(person)
    for _ in range(30):
        clock.pass_by(11 * HOUR)
        assert is_in(client)
    client.force_login(person)
    clock.pass_by(11 * HOUR)
    assert is_in(client), "13 days and 18 hours after the first time, 11 hours after the second"
    clock.pass_by(11 * HOUR)
    assert is_in(client)


def test_who_becomes_an_administrator_has_an_administrators_session_at_once(clock: Clock) -> None:
    person = UserFactory.create()
    client = signed_in_as(person)
    clock.pass_by(40 * MINUTE)
    person.is_staff = True
    person.save()
    assert not is_in(client)


@pytest.mark.parametrize(("is_staff", "every"), [(False, 5 * MINUTE), (True, MINUTE)])
def test_activity_is_recorded_now_and_then_and_not_at_every_request(clock: Clock, is_staff: bool, every: int) -> None:
    client = signed_in_as(administrator() if is_staff else UserFactory.create())

    def writes() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert is_in(client)
        return sum(each["sql"].startswith(("UPDATE", "INSERT", "DELETE")) for each in queries)

    writes()
    clock.pass_by(every - 1)
    assert writes() == 0
    clock.pass_by(1)
    assert [writes(), writes()] == [1, 0]


def test_polling_is_not_activity(clock: Clock) -> None:
    client = signed_in_as(administrator())
    assert is_in(client)
    for _ in range(11):
        clock.pass_by(3 * MINUTE)
        client.get(f"{PAGE}?seen=queued", headers={"HX-Request": "true"})
    assert not is_in(client)


def test_a_session_from_before_there_were_limits_begins_now(clock: Clock) -> None:
    client = signed_in_as(UserFactory.create())
    old = client.session
    for key in (sessions.STARTED, sessions.ACTIVE):
        del old[key]
    old.save()
    assert is_in(client)
    clock.pass_by(12 * HOUR)
    assert not is_in(client)


def test_cookie_and_row_live_as_long_as_the_session_may(clock: Clock) -> None:
    owner, boss = UserFactory.create(), administrator(second_step=False)
    for person, idle in ((owner, 12 * HOUR), (boss, 30 * MINUTE)):
        client = Client()
        sign_in(client, person.email)
        assert cookie_seconds(client) == idle
        row = Session.objects.get(session_key=client.session.session_key)
        assert abs(row.expire_date.timestamp() - clock.now - idle) < MINUTE


def test_near_its_longest_the_cookie_gets_the_time_that_is_left(clock: Clock) -> None:
    client = signed_in_as(UserFactory.create())
    start = clock.now
    for _ in range(30):
        clock.pass_by(11 * HOUR)
        assert is_in(client)
    assert cookie_seconds(client) == 14 * DAY - (clock.now - start) == 6 * HOUR


def test_an_ended_session_is_no_longer_listed(clock: Clock) -> None:
    person = UserFactory.create()
    client = Client()
    sign_in(client, person.email)
    assert UserSession.objects.filter(user=person).count() == 1
    clock.pass_by(13 * HOUR)
    assert not is_in(client)
    assert not UserSession.objects.filter(user=person).exists()


def two_devices(person: User) -> tuple[Client, Client]:
    """This one, with the password just entered, and another."""
    here, other = Client(), Client()
    sign_in(here, person.email)
    sign_in(other, person.email)
    here.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert is_in(here)
    assert is_in(other)
    return here, other


def changes_password(client: Client) -> None:
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW_PASSWORD})


def removes_app(client: Client) -> None:
    client.post(reverse("mfa_deactivate_totp"))


def makes_new_codes(client: Client) -> None:
    client.post(reverse("mfa_generate_recovery_codes"))


def removes_passkey(client: Client) -> None:
    client.post(reverse("mfa_remove_webauthn", args=[Authenticator.objects.get(type="webauthn").pk]))


@pytest.mark.parametrize(
    "change",
    [changes_password, set_up_app, removes_app, makes_new_codes, removes_passkey],
    ids=lambda each: each.__name__,
)
def test_a_change_of_how_one_signs_in_ends_the_other_sessions(
    owner: User, change: Callable[[Client], Any], django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    bystander = Client()
    sign_in(bystander, UserFactory.create().email)
    here, other = two_devices(owner)
    if change in (removes_app, makes_new_codes):
        Authenticator.objects.create(user=owner, type="totp", data={})
    if change is removes_passkey:
        Authenticator.objects.create(user=owner, type="webauthn", data={"name": "Key", "credential": {}})
    with django_capture_on_commit_callbacks(execute=True):
        change(here)
    assert is_in(here)
    assert not is_in(other)
    assert is_in(bystander)
    assert UserSession.objects.filter(user=owner).count() == 1


def test_a_password_set_by_the_reset_link_ends_every_session(owner: User, with_mail: list[Any]) -> None:
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=owner, email=owner.email, primary=True, verified=True)
    here, other = two_devices(owner)
    visitor = Client()
    visitor.post(reverse("account_reset_password"), {"email": owner.email})
    form = visitor.get(link_in(with_mail[-1]))["Location"]
    visitor.post(form, {"password1": NEW_PASSWORD})
    assert not is_in(here)
    assert not is_in(other)
    assert not UserSession.objects.filter(user=owner).exists()


def test_a_suspended_person_signs_in_again_when_let_back_in(owner: User) -> None:
    client = Client()
    sign_in(client, owner.email)
    owner.is_active = False
    owner.save()
    assert not is_in(client)
    owner.is_active = True
    owner.save()
    assert not is_in(client)


def test_suspending_in_the_administration_ends_idle_sessions_too(owner: User) -> None:
    here, other = two_devices(owner)
    person = administrator(is_superuser=True)
    boss = signed_in_as(person)
    confirm_lately(boss, person)
    path = reverse("admin:accounts_user_change", args=[owner.pk])
    boss.post(path, {"name": "Amélie"})
    owner.refresh_from_db()
    assert not owner.is_active
    boss.post(path, {"name": "Amélie", "is_active": "on"})
    assert not is_in(here)
    assert not is_in(other)


def test_ending_sessions_spares_the_one_that_is_named(owner: User) -> None:
    here, other = two_devices(owner)
    end_sessions(owner, but=here.session.session_key)
    assert is_in(here)
    assert not is_in(other)
    end_sessions(owner)
    assert not is_in(here)


def test_the_strictest_limits_are_for_who_can_change_most() -> None:
    assert timeouts_of(User(is_superuser=True)) == timeouts_of(User(is_staff=True)) == sessions.ADMIN_TIMEOUTS
    assert timeouts_of(User()) == sessions.USER_TIMEOUTS
