"""How the parts of this site reach each other: asked of the live connection, or read from the settings in force."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from assessments.own_rules.site_facts import Connection, Protection

REDIS_CACHE = "django.core.cache.backends.redis.RedisCache"
_OWN_HOSTS = frozenset({"", "localhost", "127.0.0.1", "::1"})


def protections() -> Mapping[Connection, Protection]:
    """Of every connection of this process."""
    return {
        Connection.PAGES: _pages(),
        Connection.DATABASE: _database(),
        Connection.REDIS: _redis(),
        Connection.MAIL: _mail(),
    }


def role_rules_database() -> bool | None:
    """Whether our role in the database may do everything; None where there are no roles."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('is_superuser') = 'on'")
        return bool(cursor.fetchone()[0])


def protection_of_url(url: str) -> Protection:
    """Of a service by its URL, such as rediss://cache.example.org:6379/0."""
    parts = urlsplit(url)
    if parts.scheme in {"folder", "memory", "unix"}:
        return Protection.OWN_MACHINE
    if parts.scheme == "rediss":
        return Protection.ENCRYPTED
    return protection_of_host(parts.hostname or "")


def protection_of_host(host: str) -> Protection:
    """Of a plain connection: it does not leave this machine, or it could be read on its way."""
    own = host in _OWN_HOSTS or host.startswith("/")
    return Protection.OWN_MACHINE if own else Protection.PLAIN


def _redis() -> Protection:
    """The least guarded of the ways to the broker and to the cache."""
    cache = settings.CACHES["default"]
    urls = [settings.CELERY_BROKER_URL]
    if cache["BACKEND"] == REDIS_CACHE:
        urls.append(cache["LOCATION"])
    found = {protection_of_url(url) for url in urls}
    return next(each for each in (Protection.PLAIN, Protection.ENCRYPTED, Protection.OWN_MACHINE) if each in found)


def _pages() -> Protection:
    if settings.SECURE_SSL_REDIRECT and settings.SESSION_COOKIE_SECURE:
        return Protection.ENCRYPTED
    return Protection.OWN_MACHINE if _OWN_HOSTS.issuperset(settings.ALLOWED_HOSTS) else Protection.PLAIN


def _database() -> Protection:
    """What libpq says of the connection that this request uses."""
    if connection.vendor != "postgresql":
        return Protection.OWN_MACHINE
    connection.ensure_connection()
    info: Any = connection.connection.info
    return Protection.ENCRYPTED if info.ssl_in_use else protection_of_host(info.host or "")


def _mail() -> Protection:
    if not settings.MAIL_CONFIGURED:
        return Protection.UNUSED
    if settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL:
        return Protection.ENCRYPTED
    return protection_of_host(settings.EMAIL_HOST)
