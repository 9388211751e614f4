"""Fixtures that need Django: a plugin that tests/servers.py loads if a selected test needs it."""

import subprocess
from collections.abc import Iterator

import pytest
import redis
from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from django.db import connection
from django.template.engine import Engine
from pytest_django import DjangoDbBlocker

from assessments.bank.types import Edition
from assessments.models import EditionRow
from tests.celery_worker import SharedWorker
from tests.launch.running import Product, running_product
from tests.migrating import let_tables_be_emptied
from tests.published_bank import store_bank, stored_bank
from tests.template_variables import FailOnUnknown


@pytest.fixture(scope="session", autouse=True)
def _unknown_template_variables_fail() -> None:
    Engine.get_default().string_if_invalid = FailOnUnknown()


@pytest.fixture(autouse=True)
def _forget_rate_limits(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Rate limits live in the cache, which no database rollback empties."""
    yield
    if isinstance(caches["default"], RedisCache):
        # Not `clear`: on Redis that would wipe the worker's queue too.
        with redis.Redis.from_url(settings.CELERY_BROKER_URL) as client:
            keys = list(client.scan_iter("cache:*"))
            if keys:
                client.delete(*keys)
    elif request.node.get_closest_marker("django_db") or "transactional_db" in request.fixturenames:
        with django_db_blocker.unblock():
            caches["default"].clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """After tests that commit, Django empties every table; this disables the triggers that would refuse it.

    Connections end with their request: one that a thread of the live server keeps open would block emptying tables and
    dropping the database.
    """
    connection.settings_dict["CONN_MAX_AGE"] = 0
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            let_tables_be_emptied()


@pytest.fixture(scope="session")
def embedded_product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """`./run` as on a new machine: SQLite, the filesystem broker, its own web server and worker, and the demo."""
    with running_product(tmp_path_factory.mktemp("embedded") / "a folder with spaces") as product:
        yield product


@pytest.fixture(scope="session")
def shared_worker(django_db_setup: None) -> Iterator[SharedWorker]:
    shared = SharedWorker()
    yield shared
    shared.stop()


@pytest.fixture
def celery_worker_process(transactional_db: None, shared_worker: SharedWorker) -> subprocess.Popen[str]:
    """A running prefork worker that sees this test's committed rows."""
    if settings.EMBEDDED:
        pytest.skip("SQLite's test database exists in this process only; embedded_product has a worker of its own")
    return shared_worker.process()


@pytest.fixture(scope="session")
def _bank_of_the_session(django_db_setup: None, django_db_blocker: DjangoDbBlocker, edition: Edition) -> None:
    """Stored outside every test's transaction, by the first test that asks for it."""
    with django_db_blocker.unblock():
        store_bank(edition)


@pytest.fixture
def edition_row(_bank_of_the_session: None, db: None, edition: Edition) -> EditionRow:
    """The same edition, published in the test database."""
    return stored_bank(edition)
