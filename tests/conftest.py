"""What every test may ask for. Servers come from tests/servers.py, loaded before Django's settings."""

import subprocess
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.template import engines

from tests.celery_worker import celery_worker
from tests.template_variables import FailOnUnknown

LAST = ("browser", "slow")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fast tests first: a mistake shows early."""

    def rank(item: pytest.Item) -> int:
        if "tests/browser/" in item.nodeid:
            item.add_marker("browser")
        return max((LAST.index(name) + 1 for name in LAST if item.get_closest_marker(name)), default=0)

    items.sort(key=rank)


@pytest.fixture(scope="session", autouse=True)
def _unknown_template_variables_fail() -> None:
    engines["django"].engine.string_if_invalid = FailOnUnknown()


@pytest.fixture(autouse=True)
def _forget_rate_limits(request: pytest.FixtureRequest) -> Iterator[None]:
    """Rate limits live in the cache, which no database rollback empties."""
    yield
    if {"db", "transactional_db", "client", "live_server"} & set(request.fixturenames):
        cache.clear()


@pytest.fixture(scope="session")
def _celery_worker_of_the_session(django_db_setup: None) -> Iterator[subprocess.Popen[str]]:
    with celery_worker() as worker:
        yield worker


@pytest.fixture
def celery_worker_process(
    transactional_db: None, _celery_worker_of_the_session: subprocess.Popen[str]
) -> subprocess.Popen[str]:
    """A running prefork worker that sees this test's committed rows."""
    return _celery_worker_of_the_session
