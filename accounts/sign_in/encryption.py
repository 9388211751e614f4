"""Encrypts small secrets (keys of authenticator apps, seeds of recovery codes) before they reach the database."""

import base64
import hmac

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

PURPOSE = b"evenkeel: secrets of the second sign-in step"


def encrypt(text: str) -> str:
    return _fernet().encrypt(text.encode()).decode()


def decrypt(text: str) -> str:
    """Reads what the current or a former SECRET_KEY wrote; raises InvalidToken when neither did."""
    return _fernet().decrypt(text.encode()).decode()


def _fernet() -> MultiFernet:
    return MultiFernet([_key(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> Fernet:
    # The secret is long and random (config/env.py refuses others), so one keyed hash is enough to derive a key.
    return Fernet(base64.urlsafe_b64encode(hmac.digest(secret.encode(), PURPOSE, "sha256")))
