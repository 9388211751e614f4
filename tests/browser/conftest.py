"""A real Chromium in front of the live server."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Protocol

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections
from playwright.sync_api import Browser, Page, Response, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from launch.machine import CHROMIUM_NAMES, find_program, needed_line
from tests.browser.request_gate import request_gate_of
from tests.launch.running import Product

WIDE, NARROW, HEIGHT = 1280, 320, 900
TIMEOUT_MILLISECONDS = 15_000
# An answer of 4xx or 5xx, or none, that a test asks for is also reported in the console, by the browser and by htmx.
TOLD_BY_BROWSER = ("Failed to load resource", "Response Status Error Code", "htmx:afterRequest", "htmx:send")


class NewPage(Protocol):
    def __call__(self, *, javascript: bool = True, width: int = WIDE, dark: bool = False) -> Page: ...


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = find_program(*CHROMIUM_NAMES)
    if program is None:
        pytest.fail(f"Chromium is not installed. Type: {needed_line(['chromium'])}")
    # Playwright's loop makes Django believe that its queries run inside an event loop.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    expect.set_options(timeout=TIMEOUT_MILLISECONDS)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=program, args=[*as_root, "--disable-dev-shm-usage", "--disable-gpu"], headless=True
        )
        yield running
        running.close()
        # Inside Playwright's loop Django has connections of its own, which it does not find again outside.
        connections.close_all()


@contextmanager
def visitors(browser: Browser, base_url: str) -> Iterator[NewPage]:
    """Opens a page for a new visitor (no shared cookies); any error in a console, any request to
    another site and any static file that is missing fails the test."""
    errors: list[str] = []
    with ExitStack() as stack:

        def open_page(*, javascript: bool = True, width: int = WIDE, dark: bool = False) -> Page:
            context = browser.new_context(
                base_url=base_url,
                java_script_enabled=javascript,
                viewport={"width": width, "height": HEIGHT},
                color_scheme="dark" if dark else "light",
                reduced_motion="reduce",
                locale="en-GB",
                timezone_id="Europe/Paris",
            )
            stack.callback(context.close)
            context.set_default_timeout(TIMEOUT_MILLISECONDS)
            page = context.new_page()
            page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
            page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
            page.on("request", lambda request: None if ours(request.url) else errors.append(f"asks for {request.url}"))
            page.on("response", lambda response: errors.append(f"no {response.url}") if lost(response) else None)
            return page

        def ours(url: str) -> bool:
            return url.startswith((base_url, "data:", "blob:", "about:"))

        yield open_page
    assert [error for error in errors if not error.startswith(TOLD_BY_BROWSER)] == []


def lost(response: Response) -> bool:
    """A style, script or picture that a page names and the server does not have."""
    return "/static/" in response.url and response.status >= 400


@pytest.fixture
def new_page(browser: Browser, live_server: LiveServer) -> Iterator[NewPage]:
    with request_gate_of(live_server).opened(), visitors(browser, live_server.url) as open_page:
        yield open_page


@pytest.fixture
def new_embedded_page(browser: Browser, embedded_product: Product) -> Iterator[NewPage]:
    """Pages of the product that `./run` started, with its own data and the demo."""
    with visitors(browser, embedded_product.url) as open_page:
        yield open_page


@pytest.fixture
def page(new_page: NewPage) -> Page:
    return new_page()


@pytest.fixture
def no_script_page(new_page: NewPage) -> Page:
    return new_page(javascript=False)


@pytest.fixture
def narrow_page(new_page: NewPage) -> Page:
    return new_page(width=NARROW)


@pytest.fixture
def sign_in(live_server: LiveServer) -> Callable[[Page, User], None]:
    """Gives the page's visitor a session; the sign-in form itself is tested where it belongs."""

    def give_session(page: Page, user: User) -> None:
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": live_server.url}]
        )

    return give_session
