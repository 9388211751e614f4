"""Encrypts small secrets (keys of authenticator apps, seeds of recovery codes) before they reach the database."""

import base64
import hmac
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import transaction

PURPOSE = b"evenkeel: secrets of the second sign-in step"
# Where an authenticator of django-allauth keeps what `encrypt` made.
ENCRYPTED = ("secret", "seed")


def encrypt(text: str) -> str:
    return _fernet().encrypt(text.encode()).decode()


def decrypt(text: str) -> str:
    """Reads what the current or a former DATA_KEY wrote; raises InvalidToken when neither did."""
    return _fernet().decrypt(text.encode()).decode()


@transaction.atomic
def encrypt_anew() -> int:
    """Everything that is stored encrypted, with the current DATA_KEY; how many rows that were.

    Raises InvalidToken, and changes nothing, if a row was written with a key that is not given any more.
    """
    count = 0
    for row in Authenticator.objects.select_for_update().order_by("pk"):
        anew = {name: _rotated(value) if name in ENCRYPTED else value for name, value in row.data.items()}
        if anew != row.data:
            Authenticator.objects.filter(pk=row.pk).update(data=anew)
            count += 1
    return count


def _rotated(value: Any) -> str:
    return _fernet().rotate(str(value).encode()).decode()


def _fernet() -> MultiFernet:
    return MultiFernet([_key(key) for key in (settings.DATA_KEY, *settings.DATA_KEY_FALLBACKS)])


def _key(secret: str) -> Fernet:
    # The secret is long and random (config/env.py refuses others), so one keyed hash is enough to derive a key.
    return Fernet(base64.urlsafe_b64encode(hmac.digest(secret.encode(), PURPOSE, "sha256")))
