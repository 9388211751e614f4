"""Every page for signing in and up keeps to the content security policy."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User

pytestmark = pytest.mark.django_db
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\b(src=|type=\"application/json\"))", re.I)
PUBLIC = ("account_login", "account_signup", "account_reset_password", "account_inactive")
OWN = ("settings", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_change_password", "usersessions_list")


def check(client: Client, name: str) -> None:
    response = client.get(reverse(name))
    assert response.status_code == 200, name
    page = response.content.decode()
    assert not INLINE.search(page), INLINE.findall(page)
    assert "http://" not in page.replace("http://www.w3.org", ""), "nothing from elsewhere"
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("name", PUBLIC)
def test_public_pages(client: Client, name: str) -> None:
    check(client, name)


def test_own_pages(confirmed: Callable[[], Client]) -> None:
    client = confirmed()
    for name in OWN:
        check(client, name)


def test_what_a_signed_in_person_sees_is_kept_nowhere(confirmed: Callable[[], Client], owner: User) -> None:
    client, bakery = confirmed(), owner.memberships.get().organisation
    paths = [reverse(name) for name in (*OWN, "home", "my_questions")]
    paths += [reverse(name, args=[bakery.pk]) for name in ("organisation", "people", "audit_trail")]
    for path in [*paths, "/no/such/page/"]:
        answer = client.get(path, follow=True)
        assert {"private", "no-store"} <= set(re.split(r", ?", answer["Cache-Control"])), path


@pytest.mark.parametrize("name", ["account_login", "account_signup"])
def test_pages_with_passwords_are_never_kept(client: Client, name: str) -> None:
    assert "no-store" in client.get(reverse(name))["Cache-Control"]
