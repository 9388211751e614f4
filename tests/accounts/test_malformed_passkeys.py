"""Whatever somebody sends as a passkey, the page answers."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.django_db

HANDLE = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkw"
JUNK: list[Any] = [
    None,
    [],
    "text",
    7,
    {},
    {"response": []},
    {"response": {"userHandle": HANDLE}},
    {"response": {"userHandle": "\u0000"}},
    {"id": "", "rawId": "", "type": "public-key", "response": {}},
    {
        "id": "AAAA",
        "rawId": "AAAA",
        "type": "public-key",
        "response": {"clientDataJSON": "AAAA", "authenticatorData": "AAAA", "signature": "AAAA", "userHandle": HANDLE},
    },
    {
        "id": "AAAA",
        "rawId": "AAAA",
        "type": "public-key",
        "response": {"clientDataJSON": "e30", "attestationObject": "oA"},
    },
]


@pytest.mark.parametrize("junk", JUNK)
def test_signing_in(client: Client, junk: Any) -> None:
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": json.dumps(junk)})
    assert answer.status_code in (200, 302, 400)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("junk", JUNK)
@pytest.mark.parametrize("page", ["mfa_add_webauthn", "mfa_reauthenticate_webauthn"])
def test_adding_and_confirming(confirmed: Callable[[], Client], page: str, junk: Any) -> None:
    answer = confirmed().post(reverse(page), {"credential": json.dumps(junk), "name": "Key"})
    assert answer.status_code in (200, 302, 400)


def test_lists_in_lists_a_thousand_deep(confirmed: Callable[[], Client]) -> None:
    """More than Python's reader of JSON goes into."""
    for client, page in (
        (Client(), "mfa_login_webauthn"),
        (confirmed(), "mfa_add_webauthn"),
    ):
        assert client.post(reverse(page), {"credential": "[" * 999, "name": "Key"}).status_code == 400, page
    # Who has no passkey confirms in another way.
    answer = confirmed().post(reverse("mfa_reauthenticate_webauthn"), {"credential": "[" * 999})
    assert answer.status_code in (302, 400)


KEYS = ("id", "rawId", "type", "response", "clientDataJSON", "authenticatorData", "signature", "userHandle")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.just(HANDLE),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=40)
@given(VALUES)
def test_anything_else(client: Client, value: Any) -> None:
    assert client.post(reverse("mfa_login_webauthn"), {"credential": json.dumps(value)}).status_code in (
        200,
        302,
        400,
        429,
    )
