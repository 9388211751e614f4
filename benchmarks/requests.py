"""Whole requests in one process: autosave, domain page, result page, against what the least work would cost."""

import io
from collections.abc import Callable, Iterable
from itertools import count
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from assessments.bank.types import Depth
from assessments.forms.question import QuestionForm, initial_of
from assessments.pages import result as result_pages
from assessments.pages.answering import domain as domain_pages
from assessments.pages.answering.question_html import bound_question_html
from benchmarks.measuring import Figure, medians
from tests.pages import controls, parse
from tests.runs import answered_run, asked_questions, finish, scoped_run

QUESTION, DOMAIN = "ACCESS-02", "AIUSE"
WRITES = ("INSERT", "UPDATE", "DELETE")
BARE_MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
BUSY = {
    "base": "eu",
    "people": "yes",
    "setup": "website",
    "ai": "tools",
    "ai_data": "yes",
    "ai_does": "chat",
    "ai_people": "hiring",
}


class Site:
    """Sends requests as one signed-in person, without a test client's own work."""

    def __init__(self, user: Any, middleware: list[str] | None = None) -> None:
        with override_settings(MIDDLEWARE=middleware or settings.MIDDLEWARE):
            self.handler = WSGIHandler()
        client = Client()
        client.force_login(user)
        client.get("/settings/")
        token = "x" * 32
        client.cookies[settings.CSRF_COOKIE_NAME] = token
        self.environ = {
            "HTTP_COOKIE": "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items()),
            "HTTP_X_CSRFTOKEN": token,
            "HTTP_HX_REQUEST": "true",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "wsgi.url_scheme": "http",
        }

    def __call__(self, address: str, data: dict[str, Any] | None = None, query: str = "") -> str:
        body = urlencode(data).encode() if data else b""
        status: list[str] = []
        asked = {
            **self.environ,
            "REQUEST_METHOD": "POST" if data else "GET",
            "PATH_INFO": address,
            "QUERY_STRING": query,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
        }
        response = self.handler(asked, lambda line, *rest: status.append(line))  # type: ignore[arg-type]
        content = b"".join(response).decode()
        response.close()
        assert status[0].startswith("200"), (address, status, content[:500])
        return content


@override_settings(ROOT_URLCONF="benchmarks.baseline")
def figures() -> Iterable[Figure]:
    return [*_autosave(), *_domain(), *_result()]


def _autosave() -> Iterable[Figure]:
    run = answered_run(depth=Depth.FULL, facts=BUSY)
    product, bare = Site(run.started_by), Site(run.started_by, BARE_MIDDLEWARE)
    versions = count(run.answers.get(question=QUESTION).version)
    levels = count()

    def save() -> str:
        data = {
            f"{QUESTION}-answer": next(levels) % 5,
            f"{QUESTION}-version": next(versions),
            f"{QUESTION}-note": "A note",
        }
        return product(f"/assessments/{run.pk}/answers/{QUESTION}/", data)

    other = scoped_run(depth=Depth.FULL, facts=BUSY)
    calls = {"autosave": save, "bare": lambda: bare(f"/bare/{other.pk}/{QUESTION}/", {"answer": next(levels) % 5})}
    times = medians(calls, rounds=300)
    yield Figure(f"autosave with progress of {len(asked_questions(run))} questions, p50", times["autosave"], "ms")
    yield Figure("a bare view: session, user, one upsert, p50", times["bare"], "ms")
    yield Figure("autosave, times the bare view", times["autosave"] / times["bare"], "x", 3)
    sql = _statements(save)
    yield Figure("autosave, SQL statements", len(sql), "", 7)
    yield Figure("autosave, of which write", sum(each.startswith(WRITES) for each in sql), "", 2)


def _domain() -> Iterable[Figure]:
    run = answered_run(depth=Depth.FULL, facts=BUSY)
    site = Site(run.started_by)
    page, plain = f"/assessments/{run.pk}/domains/{DOMAIN}/", f"/hand-written/{run.pk}/{DOMAIN}/"
    calls = {"page": lambda: site(page), "plain": lambda: site(plain), "anew": _laid_out_anew(lambda: site(page))}
    asked = [question for question in asked_questions(run) if question.domain == DOMAIN]
    assert _shows(site(page)) <= _shows(site(plain)), "not the same questions and answers"
    times = medians(calls, rounds=100)
    yield Figure(f"domain page with {len(asked)} questions and answers, p50", times["page"], "ms")
    yield Figure("a hand-written template with the same questions and answers, p50", times["plain"], "ms")
    yield Figure("domain page, times the hand-written one", times["page"] / times["plain"], "x", 3)
    yield Figure("domain page with every crispy form laid out anew, p50", times["anew"], "ms")
    yield Figure("domain page, SQL statements", len(_statements(calls["page"])), "", 7)


def _result() -> Iterable[Figure]:
    """Against the trail page of the same organisation, which has the same shell around little content."""
    run = finish(answered_run(depth=Depth.FULL, facts=BUSY)).assessment
    site = Site(run.started_by)
    pages = {name: _page(site, f"/assessments/{run.pk}/result/{name}") for name in ("", "computed/")}
    trail = _page(site, f"/organisations/{run.organisation_id}/trail/")
    calls = {**pages, "trail": trail, "anew": _with_nothing_kept(pages[""])}
    times = medians(calls, rounds=50)
    yield Figure("trail page, p50", times["trail"], "ms")
    yield Figure("result page, p50", times[""], "ms")
    yield Figure("result page, times the trail page", times[""] / times["trail"], "x", 1.5)
    yield Figure("result page, SQL statements", len(_statements(pages[""])), "", 8)
    yield Figure("result page laid out anew, p50", times["anew"], "ms")
    yield Figure("how was this computed, p50", times["computed/"], "ms")


def _with_nothing_kept(call: Callable[[], str]) -> Callable[[], str]:
    def anew() -> str:
        result_pages._lay_out.cache_clear()
        return call()

    return anew


def _page(site: Site, address: str) -> Callable[[], str]:
    return lambda: site(address)


def _statements(call: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        call()
    return [query["sql"] for query in queries.captured_queries]


def _laid_out_anew(call: Callable[[], str]) -> Callable[[], str]:
    def anew(question: Any, tags: frozenset[str], stored: Any) -> Any:
        offers = question.offers_not_applicable(tags)
        return bound_question_html(
            QuestionForm(question=question, offers_not_applicable=offers, initial=initial_of(stored))
        )

    def patched() -> str:
        with patch.object(domain_pages, "question_html", anew):
            return call()

    return patched


def _shows(page: str) -> set[tuple[str, str, bool]]:
    """Every choice and note of the questions, as filled; what people say beside them is the product's alone."""
    fields = (control for control in controls(parse(page)) if control.name.endswith(("-answer", "-note")))
    return {(field.name, field.value, field.checked) for field in fields if field.kind in ("radio", "textarea")}
