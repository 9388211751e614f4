"""The session and its user in one statement, read again for every request."""

from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.database.compiled_sql import SOME_TEXT
from accounts.models import User
from accounts.sign_in.mfa import with_mfa_state


class SessionStore(DatabaseStore):
    """`person` is who signed in, by allauth's list of sessions; None for a guest and before the session is loaded."""

    person: User | None = None

    def load(self) -> dict[str, Any]:
        key = self.session_key
        if key is None:
            return {}
        sql, parameters = _statement()
        given = [key if each == SOME_TEXT else each for each in parameters]
        found = next(iter(User.objects.raw(sql, [*given, key, timezone.now()])), None)
        if found is None:
            self._session_key = None
            return {}
        self.person = found if found.pk is not None else None
        data: dict[str, Any] = self.decode(found.session_data)  # type: ignore[attr-defined]
        return data


class PersonMiddleware(AuthenticationMiddleware):
    """Uses the person who was loaded with the session, if they pass all of Django's checks.

    Otherwise Django decides: it loads the user and refuses, or accepts a hash made with an older secret.
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        if SESSION_KEY in request.session and (person := _verified(request.session)):
            request._cached_user = person  # type: ignore[attr-defined]


def _verified(session: Any) -> User | None:
    person: User | None = session.person
    if (
        person is not None
        and person.is_active
        and session[SESSION_KEY] == str(person.pk)
        and session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(session.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash())
    ):
        return person
    return None


@cache
def _statement() -> tuple[str, tuple[Any, ...]]:
    people = with_mfa_state(User.objects.order_by()).filter(usersession__session_key=SOME_TEXT)
    sql, parameters = people.query.sql_with_params()
    table = DatabaseStore.get_model_class()._meta.db_table
    return (
        f"SELECT stored.session_data, person.* FROM {table} stored LEFT JOIN ({sql}) person ON 1 = 1 "  # noqa: S608 (what the ORM compiled, with parameters)
        "WHERE stored.session_key = %s AND stored.expire_date > %s",
        parameters,
    )
