"""Whole requests in one process against the least possible work, with many businesses in rotation."""

import gc
import io
from collections.abc import Callable, Iterable
from itertools import count
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from assessments.pages.result import FROZEN_HTML
from benchmarks.businesses import Business, businesses, session_cookie
from benchmarks.measuring import Figure, medians
from tests.pages import controls, parse
from tests.runs import asked_questions, finish

BUSINESSES, SUMS = 1_000, 100
QUESTION, DOMAIN = "ACCESS-02", "AIUSE"
WRITES = ("INSERT", "UPDATE", "DELETE")
# As Django itself reads session and user.
BARE_BACKEND = "django.contrib.auth.backends.ModelBackend"
BARE: dict[str, Any] = {
    "MIDDLEWARE": [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    "SESSION_ENGINE": "django.contrib.sessions.backends.db",
}
TOKEN = "x" * 32


class Site:
    """Sends requests as one signed-in person, or as the one of `cookie`, without a test client's own work."""

    def __init__(self, user: User | None = None, **changed: Any) -> None:
        with override_settings(**changed):
            self.handler = WSGIHandler()
        self.cookie = session_cookie(user) if user else ""
        self.environ = {
            "HTTP_X_CSRFTOKEN": TOKEN,
            "HTTP_HX_REQUEST": "true",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "wsgi.url_scheme": "http",
        }

    def __call__(self, url: str, data: dict[str, Any] | None = None, query: str = "", cookie: str = "") -> str:
        body = urlencode(data).encode() if data else b""
        status: list[str] = []
        cookies = {settings.SESSION_COOKIE_NAME: cookie or self.cookie, settings.CSRF_COOKIE_NAME: TOKEN}
        asked = {
            **self.environ,
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "REQUEST_METHOD": "POST" if data else "GET",
            "PATH_INFO": url,
            "QUERY_STRING": query,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
        }
        response = self.handler(asked, lambda line, *rest: status.append(line))  # type: ignore[arg-type]
        content = b"".join(response).decode()
        response.close()
        assert status[0].startswith("200"), (url, status, content[:500])
        return content


@override_settings(
    ROOT_URLCONF="benchmarks.baseline", AUTHENTICATION_BACKENDS=[*settings.AUTHENTICATION_BACKENDS, BARE_BACKEND]
)
def figures() -> Iterable[Figure]:
    many = businesses(BUSINESSES)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    gc.freeze()  # The rows of the benchmark are none of the product's garbage.
    return [*_autosave(many), *_domain(many), *_result(many)]


def _autosave(many: list[Business]) -> Iterable[Figure]:
    product, bare = Site(), Site(**BARE)
    others = businesses(BUSINESSES, answered=False, backend=BARE_BACKEND)
    versions = dict.fromkeys((each.run.pk for each in many), 1)
    notes = count()

    def save(business: Business) -> str:
        version = versions[business.run.pk]
        versions[business.run.pk] += 1
        data = {
            f"{QUESTION}-answer": version % 5,
            f"{QUESTION}-version": version,
            f"{QUESTION}-note": f"Note {next(notes)}",
        }
        return product(f"/assessments/{business.run.pk}/answers/{QUESTION}/", data, cookie=business.cookie)

    def upsert(business: Business) -> str:
        return bare(f"/bare/{business.run.pk}/{QUESTION}/", {"answer": next(notes) % 5}, cookie=business.cookie)

    calls = {"autosave": _each(many, save), "bare": _each(others, upsert)}
    times = medians(calls, rounds=BUSINESSES, warm_up=BUSINESSES)
    asked = {len(asked_questions(each.run)) for each in many}
    yield Figure(f"autosave with progress of {min(asked)} to {max(asked)} questions, p50", times["autosave"], "ms")
    yield Figure("a bare view: session, user, one upsert, p50", times["bare"], "ms")
    yield Figure("autosave, times the bare view", times["autosave"] / times["bare"], "x", 2)
    sql = _statements(calls["autosave"])
    yield Figure("autosave, SQL statements", len(sql), "", 6)
    yield Figure("autosave, of which write", sum(each.startswith(WRITES) for each in sql), "", 1)


def _domain(many: list[Business]) -> Iterable[Figure]:
    site = Site()
    asking = [each for each in many if sum(q.domain == DOMAIN for q in asked_questions(each.run)) >= 8]

    def page(business: Business) -> str:
        return site(f"/assessments/{business.run.pk}/domains/{DOMAIN}/", cookie=business.cookie)

    def plain(business: Business) -> str:
        return site(f"/hand-written/{business.run.pk}/{DOMAIN}/", cookie=business.cookie)

    calls = {"page": _each(asking, page), "plain": _each(asking, plain)}
    assert _shows(page(asking[0])) <= _shows(plain(asking[0])), "not the same questions and answers"
    times = medians(calls, rounds=300)
    yield Figure("domain page with 8 or more questions and answers, p50", times["page"], "ms")
    yield Figure("a hand-written template with the same questions and answers, p50", times["plain"], "ms")
    yield Figure("domain page, times the hand-written one", times["page"] / times["plain"], "x", 1.5)
    yield Figure("domain page, SQL statements", len(_statements(calls["page"])), "", 7)


def _result(many: list[Business]) -> Iterable[Figure]:
    """Each business in turn, twice: a process keeps what it laid out of a result the first time."""
    site = Site()
    for each in many:
        finish(each.run)
    result = _each(many, _page(site, lambda each: f"/assessments/{each.run.pk}/result/"))
    trail = _each(many, _page(site, lambda each: f"/organisations/{each.run.organisation_id}/trail/"))
    for seen, bar in (("for the first time in a process", None), ("again", 1.5)):
        times = medians({"result": result, "trail": trail}, rounds=len(many), warm_up=0)
        yield Figure(f"result page, {seen}, p50", times["result"], "ms")
        yield Figure("the trail's page, with the same shell, p50", times["trail"], "ms")
        yield Figure(f"result page, {seen}, times the trail's page", times["result"] / times["trail"], "x", bar)
    yield Figure("result page, SQL statements", len(_statements(result)), "", 8)
    yield Figure("result pages kept in this process", FROZEN_HTML.bytes / 2**20, "MB", 26)
    computed = _each(many, _page(site, lambda each: f"/assessments/{each.run.pk}/result/computed/"))
    yield Figure("how was this computed, p50", medians({"computed": computed}, rounds=SUMS)["computed"], "ms")


def _page(site: Site, url: Callable[[Business], str]) -> Callable[[Business], str]:
    return lambda business: site(url(business), cookie=business.cookie)


def _each(many: list[Business], call: Callable[[Business], str]) -> Callable[[], str]:
    """The call for the next business each time."""
    places = count()
    return lambda: call(many[next(places) % len(many)])


def _statements(call: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        call()
    return [query["sql"] for query in queries.captured_queries]


def _shows(page: str) -> set[tuple[str, str, bool]]:
    """Every choice and note of the questions, as filled; only the product has the comments beside them."""
    fields = (control for control in controls(parse(page)) if control.name.endswith(("-answer", "-note")))
    return {(field.name, field.value, field.checked) for field in fields if field.kind in ("radio", "textarea")}
