"""The signing key of this installation and its public keys, from the settings. Only web servers have the key."""

from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.encoding import punycode

from assessments.signed_assessment.envelope import keys_document
from assessments.signed_assessment.signing import SigningKey
from assessments.signed_assessment.types import KnownKeys, Plain


def issuer() -> str:
    """SITE_URL, in letters that cannot be mistaken for others."""
    parts = urlsplit(settings.SITE_URL.rstrip("/"))
    return parts._replace(netloc=punycode(parts.netloc)).geturl()


def signing_key() -> SigningKey:
    """Raises ValueError in a process that was given none."""
    if not settings.SIGNING_KEY:
        raise ValueError("This process has no SIGNING_KEY.")
    return _drawn(settings.SIGNING_KEY)


def own_public_keys() -> KnownKeys:
    """The present one first."""
    return dict.fromkeys((signing_key().public_key, *settings.FORMER_PUBLIC_KEYS), issuer())


def published_keys() -> Plain:
    present, *former = own_public_keys()
    return keys_document(issuer(), present, former)


@lru_cache(maxsize=4)
def _drawn(secret: str) -> SigningKey:
    return SigningKey(secret)
