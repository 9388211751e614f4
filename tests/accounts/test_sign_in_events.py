"""A person's own trail: how and from where somebody signed in as them, and "this was not me"."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import SignInEvent, User
from accounts.people_data.terms import kept_for
from accounts.second_step.recovery_codes import make_recovery_codes
from accounts.services.retention import delete_outlived
from accounts.sign_in import events
from accounts.sign_in.links import create_sign_in_link
from tests.accounts.conftest import CodeClock
from tests.accounts.software_passkeys import SoftwarePasskey
from tests.accounts.test_mfa import begin, code_for, is_in, set_up_app
from tests.accounts.test_sign_in_links import HOUR
from tests.factories import PASSWORD, SECOND_STEP_SECRET, UserFactory, give_second_step

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


def steps_of(person: User) -> tuple[str, str]:
    """Of the newest sign-in."""
    newest = person.sign_in_events.filter(kind="signed_in").first()
    assert newest
    return newest.first_step, newest.second_step


def options_for_sign_in(client: Client) -> Any:
    ajax = {"X-Requested-With": "XMLHttpRequest"}
    return client.get(reverse("mfa_login_webauthn"), headers=ajax).json()["request_options"]


def signs_in_with_password(person: User) -> None:
    sign_in(Client(), person)


def signs_in_with_a_link(person: User) -> None:
    Client().post(reverse("sign_in_link", args=[create_sign_in_link(user=person, lifetime=HOUR)]))


def signs_in_with_a_passkey_alone(person: User) -> None:
    passkey, client = SoftwarePasskey(person), Client()
    sent = passkey.credential(options_for_sign_in(client))
    client.post(reverse("mfa_login_webauthn"), {"credential": sent})
    assert is_in(client)


def signs_in_with_password_and_passkey(person: User) -> None:
    passkey, client = SoftwarePasskey(person), begin(person.email)
    options = client.get(reverse("mfa_authenticate")).context["js_data"]["request_options"]
    client.post(reverse("mfa_authenticate"), {"credential": passkey.credential(options)})
    assert is_in(client)


def signs_in_with_password_and_app(person: User) -> None:
    give_second_step(person)
    begin(person.email).post(reverse("mfa_authenticate"), {"code": code_for(SECOND_STEP_SECRET)})


def signs_in_with_a_recovery_code(person: User) -> None:
    give_second_step(person)
    code = make_recovery_codes(person=person, instead_of=0)[0]
    begin(person.email).post(reverse("mfa_authenticate"), {"code": code})


@pytest.mark.parametrize(
    ("way", "steps", "told"),
    [
        (signs_in_with_password, ("password", ""), "<td>password</td>"),
        (signs_in_with_a_link, ("link", ""), "<td>one-time link</td>"),
        (signs_in_with_a_passkey_alone, ("passkey", ""), "<td>passkey</td>"),
        (signs_in_with_password_and_passkey, ("password", "passkey"), "password, then passkey"),
        (signs_in_with_password_and_app, ("password", "app"), "password, then code of the app"),
        (signs_in_with_a_recovery_code, ("password", "recovery_code"), "password, then recovery code"),
    ],
)
def test_which_steps_a_sign_in_used(
    way: Callable[[User], None], steps: tuple[str, str], told: str, code_clock: CodeClock
) -> None:
    person = UserFactory.create()
    way(person)
    assert steps_of(person) == steps
    reader = Client()
    reader.force_login(person)
    assert told in reader.get(reverse("sign_in_activity")).text
    assert ("recovery_code_used" in kinds_of(person)) == ("recovery_code" in steps)


def test_signing_up_is_a_sign_in_too(client: Client) -> None:
    answers = {"email": "new@example.org", "password1": PASSWORD, "organisation_name": "Boulangerie"}
    client.post(reverse("account_signup"), answers)
    assert steps_of(User.objects.get(email="new@example.org")) == ("sign_up", "")


def test_wrong_and_used_codes_are_kept(owner: User, code_clock: CodeClock, caplog: pytest.LogCaptureFixture) -> None:
    give_second_step(owner)
    used = make_recovery_codes(person=owner, instead_of=0)[0]
    begin(owner.email).post(reverse("mfa_authenticate"), {"code": used})
    before = kinds_of(owner).count("code_refused")
    client = begin(owner.email)
    for wrong in ("000000", "no such code", used, code_for(SECOND_STEP_SECRET, -1)):
        client.post(reverse("mfa_authenticate"), {"code": wrong})
    assert kinds_of(owner).count("code_refused") - before == 4
    assert owner.email not in caplog.text
    assert [f"'reason': '{reason}'" in caplog.text for reason in ("wrong", "used", "run out")] == [True] * 3
    for _ in range(3):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "too many" in caplog.text


def test_a_wrong_passkey_is_kept_for_whom_it_was_tried(owner: User) -> None:
    passkey, strange = SoftwarePasskey(owner), ec.generate_private_key(ec.SECP256R1())
    client = Client()
    answer = client.post(
        reverse("mfa_login_webauthn"), {"credential": passkey.credential(options_for_sign_in(client), strange)}
    )
    assert answer["Location"] == reverse("account_login")
    second = begin(owner.email)
    options = second.get(reverse("mfa_authenticate")).context["js_data"]["request_options"]
    page = second.post(reverse("mfa_authenticate"), {"credential": passkey.credential(options, strange)})
    assert "could not be confirmed" in page.text
    assert kinds_of(owner).count("passkey_refused") == 2
    assert not is_in(client)
    assert not is_in(second)


def test_nobody_fills_a_strangers_trail_by_their_number(owner: User) -> None:
    mine, client = SoftwarePasskey(UserFactory.create()), Client()
    mine.handle = SoftwarePasskey(owner).handle
    client.post(reverse("mfa_login_webauthn"), {"credential": mine.credential(options_for_sign_in(client))})
    assert not owner.sign_in_events.exists()
    assert not is_in(client)


def test_confirming_is_kept_and_says_how(owner: User, code_clock: CodeClock) -> None:
    give_second_step(owner)
    passkey, client = SoftwarePasskey(owner), Client()
    client.force_login(owner)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("mfa_reauthenticate"), {"code": code_for(SECOND_STEP_SECRET)})
    options = client.get(reverse("mfa_reauthenticate_webauthn")).context["js_data"]["request_options"]
    client.post(reverse("mfa_reauthenticate_webauthn"), {"credential": passkey.credential(options)})
    confirmed = owner.sign_in_events.filter(kind="confirmed").values_list("first_step", flat=True)
    assert list(confirmed) == ["passkey", "app", "password"]


def test_a_wrong_passkey_leads_back_to_where_it_is_asked_for(owner: User) -> None:
    passkey, client = SoftwarePasskey(owner), Client()
    client.force_login(owner)
    page = reverse("mfa_reauthenticate_webauthn")
    options = client.get(page).context["js_data"]["request_options"]
    sent = passkey.credential(options, ec.generate_private_key(ec.SECP256R1()))
    answer = client.post(page, {"credential": sent, "next": reverse("settings")})
    assert answer["Location"].startswith(f"{page}?next=")
    assert "could not be confirmed" in client.get(answer["Location"]).text
    assert kinds_of(owner)[0] == "passkey_refused"


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
    asked: Any = here.post(reverse("sign_in_not_me"))
    assert there.get(reverse("settings")).status_code == 200, "not before the password is confirmed"
    here.post(asked["Location"], {"password": PASSWORD})
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


def test_wrong_passwords_fill_no_trail_and_hide_no_sign_in(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "MOST_OF_A_KIND_IN_A_DAY", 2)
    person = UserFactory.create()
    for _ in range(3):
        sign_in(Client(), person, "not the password")
    sign_in(client, person)
    assert sorted(kinds_of(person)) == ["refused", "refused", "signed_in"]
    monkeypatch.setattr(events, "timedelta", lambda **_: timedelta(0))
    sign_in(Client(), person, "not the password")
    assert kinds_of(person).count("refused") == 3, "another day"
