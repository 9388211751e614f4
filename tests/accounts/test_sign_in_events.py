"""A person's own trail: how and from where somebody signed in as them, and "this was not me"."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import SignInEvent, User
from accounts.people_data.terms import kept_for
from accounts.services.retention import delete_outlived
from tests.accounts.test_mfa import set_up_app
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def sign_in(client: Client, person: User, password: str = PASSWORD) -> None:
    client.post(
        reverse("account_login"), {"login": person.email, "password": password}, headers={"user-agent": FIREFOX}
    )


def kinds_of(person: User) -> list[str]:
    return [event.kind for event in person.sign_in_events.all()]


def test_signing_in_is_kept_with_browser_and_address(client: Client) -> None:
    person = UserFactory.create()
    sign_in(client, person)
    event = person.sign_in_events.get()
    assert (event.kind, event.browser, event.ip_address) == ("signed_in", "Firefox on Linux", "127.0.0.1")


def test_a_wrong_password_is_kept_for_the_person_it_concerns(client: Client) -> None:
    person = UserFactory.create()
    sign_in(client, person, "not the password")
    assert kinds_of(person) == ["refused"]
    assert "_auth_user_id" not in client.session


def test_however_the_address_is_typed(client: Client) -> None:
    person = UserFactory.create(email="somebody@example.org")
    client.post(reverse("account_login"), {"login": " Somebody@Example.ORG ", "password": "not the password"})
    assert kinds_of(person) == ["refused"]


def test_an_address_without_an_account_leaves_no_row(client: Client) -> None:
    client.post(reverse("account_login"), {"login": "nobody@example.org", "password": PASSWORD})
    assert not SignInEvent.objects.exists()


def test_a_new_password_is_kept(confirmed: Callable[[], Client], owner: User) -> None:
    answers = {"oldpassword": PASSWORD, "password1": "nine green lamps hum"}
    confirmed().post(reverse("account_change_password"), answers)
    assert "password_changed" in kinds_of(owner)


def test_a_second_step_is_kept_and_its_removal_too(
    confirmed: Callable[[], Client], owner: User, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    client = confirmed()
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(client)
    assert {"mfa_added", "recovery_codes_made"} <= set(kinds_of(owner))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_deactivate_totp"))
    assert "mfa_removed" in kinds_of(owner)


def test_the_log_has_no_address(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    person = UserFactory.create(email="somebody@example.org")
    sign_in(client, person, "not the password")
    client.post(reverse("account_login"), {"login": "nobody@example.org", "password": PASSWORD})
    lines = [record.getMessage() for record in caplog.records if "sign_in_event" in record.getMessage()]
    assert len(lines) == 2
    assert "example.org" not in caplog.text


def test_everybody_sees_their_own_list_alone(signed_in: Client, owner: User) -> None:
    stranger = UserFactory.create()
    SignInEvent.objects.create(user=stranger, kind="refused", browser="A strange browser")
    page = signed_in.get(reverse("sign_in_activity")).text
    assert "A strange browser" not in page
    assert "Signed in" in page


def test_this_was_not_me_signs_out_the_others_and_asks_for_a_password(owner: User) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        sign_in(client, owner)
    answer: Any = here.post(reverse("sign_in_not_me"))
    assert answer["Location"] == reverse("account_change_password")
    assert there.get(reverse("settings")).status_code == 302
    assert here.get(reverse("settings")).status_code == 200
    assert kinds_of(owner)[0] == "signed_out_elsewhere"


def test_events_are_kept_a_year(owner: User) -> None:
    now = timezone.now()
    old = SignInEvent.objects.create(user=owner, kind="signed_in", at=now - kept_for("sign_in_events") * 1.01)
    new = SignInEvent.objects.create(user=owner, kind="signed_in", at=now - kept_for("sign_in_events") * 0.99)
    delete_outlived(now=now)
    assert list(SignInEvent.objects.all()) == [new]
    assert old.pk != new.pk
