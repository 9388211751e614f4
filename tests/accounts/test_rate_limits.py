"""What costs much is done so often and no more."""

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from tests.factories import ConsultancyFactory, member

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
