"""Addresses that leave the site: in mails, in the terminal, to be copied."""

from django.conf import settings


def absolute_url(path: str) -> str:
    """Made from the site's own address: the one in a request is its sender's to choose."""
    return str(settings.SITE_URL.rstrip("/") + path)
