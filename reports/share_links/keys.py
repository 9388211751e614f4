"""The secret in a link. The database has only its hash (`accounts.sign_in.tokens.hash_token`)."""

import secrets
from base64 import urlsafe_b64encode

from django.utils.crypto import salted_hmac

from accounts.models import User
from reports.models import Report

ATTEMPT_LENGTH = 64


def new_attempt() -> str:
    """Names one filling of the form, so that a button pressed twice makes one link."""
    return secrets.token_urlsafe(24)


def key_of(attempt: str, person: User, report: Report) -> str:
    """43 characters, the same for the same attempt of this person at this report.

    Only the server can work it out: what a browser sends as the attempt makes no key that anybody could guess.
    """
    digest = salted_hmac("reports.share_links", f"{attempt}:{person.pk}:{report.pk}", algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")
