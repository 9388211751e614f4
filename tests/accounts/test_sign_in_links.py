"""One-time sign-in links: one use, a short life, nothing to find in the database or the log."""

import logging
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, SignInLink, User
from accounts.sign_in.links import create_sign_in_link, use_sign_in_link
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def amelie() -> User:
    return UserFactory.create(name="Amélie", email="amelie@example.org")


def path_of(token: str) -> str:
    return reverse("sign_in_link", args=[token])


def signed_in(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_opening_shows_the_name_and_changes_nothing(client: Client, amelie: User) -> None:
    token = create_sign_in_link(user=amelie, lifetime=HOUR)
    for _ in range(2):
        page = client.get(path_of(token)).content.decode()
        assert "Sign in as Amélie" in page
    assert signed_in(client) is None
    assert SignInLink.objects.get().used_at is None


def test_the_button_signs_in_once_with_a_new_session_key(client: Client, amelie: User) -> None:
    client.get(reverse("account_login"))
    client.session.save()
    before = client.session.session_key
    token = create_sign_in_link(user=amelie, lifetime=HOUR)
    response = client.post(path_of(token))
    assert response.status_code == 302
    assert response["Location"] == reverse("home")
    assert signed_in(client) == str(amelie.pk)
    assert client.session.session_key != before
    other = Client()
    assert "no longer works" in other.post(path_of(token)).content.decode()
    assert signed_in(other) is None


def test_unknown_used_and_expired_links_show_the_same_page(client: Client, amelie: User) -> None:
    used, expired, suspended = (create_sign_in_link(user=amelie, lifetime=HOUR) for _ in range(3))
    assert use_sign_in_link(token=used) == amelie
    late = SignInLink.objects.filter(used_at__isnull=True).order_by("pk").first()
    assert late is not None
    past = timezone.now() - 2 * HOUR
    SignInLink.objects.filter(pk=late.pk).update(created_at=past, expires_at=past + HOUR)
    pages = {client.get(path_of(token)).content for token in (used, expired, "no-such-token")}
    amelie.is_active = False
    amelie.save()
    pages.add(client.get(path_of(suspended)).content)
    posts = {client.post(path_of(token)).content for token in (used, expired, suspended, "no-such-token")}
    assert len({page.split(b"<main")[1] for page in pages | posts}) == 1
    assert signed_in(client) is None


def test_of_two_uses_at_the_same_moment_one_wins(amelie: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both found the link unused; the database lets one through."""
    token = create_sign_in_link(user=amelie, lifetime=HOUR)
    found = SignInLink.objects.select_related("user").get()
    monkeypatch.setattr("accounts.sign_in.links.find_sign_in_link", lambda _: found)
    assert [use_sign_in_link(token=token), use_sign_in_link(token=token)] == [amelie, None]


def test_the_database_holds_no_token(amelie: User) -> None:
    token = create_sign_in_link(user=amelie, lifetime=HOUR)
    assert len(token) >= 43  # 256 bits in base64
    assert token not in str(SignInLink.objects.values().get())
    assert create_sign_in_link(user=amelie, lifetime=HOUR) != token


def test_another_person_in_the_same_browser_is_signed_out_first(client: Client, amelie: User) -> None:
    client.force_login(UserFactory.create())
    client.post(path_of(create_sign_in_link(user=amelie, lifetime=HOUR)))
    assert signed_in(client) == str(amelie.pk)


def test_no_log_line_holds_a_token(amelie: User, caplog: pytest.LogCaptureFixture) -> None:
    """Not even when the page fails and Django logs the URL."""
    token = create_sign_in_link(user=amelie, lifetime=HOUR)
    strict = Client(enforce_csrf_checks=True)
    with caplog.at_level(logging.DEBUG):
        assert strict.post(path_of(token)).status_code == 403
        assert strict.post(reverse("invitation", args=[token])).status_code == 403
        strict.get(reverse("invitation", args=[token]))
        strict.put(path_of(token))
        strict.get(f"/account/email/confirm/{token}/extra")
        strict.get(f"/account/password/reset/1a-{token}/extra/more")
    messages = [record.getMessage() for record in caplog.records]
    assert any("sign_in_link" in line for line in messages)
    assert not any(token in line for line in messages)


def test_the_command_prints_a_working_link(client: Client, amelie: User, settings: Any) -> None:
    settings.SITE_URL = "http://localhost:8000/"
    out = StringIO()
    call_command("sign_in_link", "Amelie@example.org", stdout=out)
    link = out.getvalue().strip()
    assert link.startswith("http://localhost:8000/sign-in/")
    client.post(link.removeprefix("http://localhost:8000"))
    assert signed_in(client) == str(amelie.pk)
    event = AuditEvent.objects.get()
    assert (event.kind, event.actor, event.subject) == ("sign_in_link_made", None, "amelie@example.org")
    assert event.details == {"hours": 1}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nobody@example.org"], "No account has the e-mail address"),
        (["amelie@example.org", "--hours", "0"], "between 1 and 168"),
        (["gone@example.org"], "suspended"),
    ],
)
def test_the_command_says_what_is_wrong(amelie: User, arguments: list[str], words: str) -> None:
    UserFactory.create(email="gone@example.org", is_active=False)
    with pytest.raises(CommandError, match=words):
        call_command("sign_in_link", *arguments)


def test_lifetime_is_kept(amelie: User) -> None:
    create_sign_in_link(user=amelie, lifetime=HOUR)
    link = SignInLink.objects.get()
    assert link.expires_at - link.created_at == HOUR
