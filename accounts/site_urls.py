"""URLs that leave the site: in mails, in the terminal, to be copied."""

from django.conf import settings


def absolute_url(path: str) -> str:
    """The full URL of a path, built from SITE_URL: the host in a request is chosen by whoever sends it."""
    return str(settings.SITE_URL.rstrip("/") + path)
