"""Pytest plugin, loaded before Django: gives each run Django's settings and private PostgreSQL and Redis servers.

A run of only pure tests (tests/pure_rooms.py) gets none of these and starts at once. If DATABASE_URL and REDIS_URL are
set, those servers are used instead; EVENKEEL_DATA runs the tests on the embedded default.
"""

import atexit
import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator

import pytest

from launch.errors import LaunchError
from launch.servers import private_servers
from tests.pure_rooms import is_pure, refuse_server_packages

SETTINGS = "DJANGO_SETTINGS_MODULE"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    if _needs_django(early_config):
        # pytest-django sets Django up if it finds this, so it must be set before pytest-django runs.
        os.environ[SETTINGS] = "config.settings_test"
        _provide_services()
        yield
        early_config.pluginmanager.import_plugin("tests.django_fixtures")
    else:
        os.environ.pop(SETTINGS, None)
        refuse_server_packages()
        yield


def _needs_django(config: pytest.Config) -> bool:
    if "PYTEST_XDIST_WORKER" in os.environ:
        # A worker of pytest-xdist does not know the selection; it does the same as the process that started it.
        return SETTINGS in os.environ
    selected = config.known_args_namespace.file_or_dir
    return not is_pure(selected, config.invocation_params.dir)


def _provide_services() -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        # Databases get the worker's name as a suffix; Redis has numbers.
        os.environ["REDIS_URL"] = os.environ["REDIS_URL"].rpartition("/")[0] + f"/{int(worker[2:]) + 1}"
    elif "EVENKEEL_DATA" not in os.environ:
        _provide_servers()
    _provide_media_folder()


def _provide_servers() -> None:
    if "DATABASE_URL" in os.environ and "REDIS_URL" in os.environ:
        return
    stack = contextlib.ExitStack()
    try:
        servers = stack.enter_context(private_servers())
    except LaunchError as problem:
        raise pytest.UsageError(str(problem)) from problem
    atexit.register(stack.close)
    os.environ.setdefault("DATABASE_URL", servers.database_url)
    os.environ.setdefault("REDIS_URL", servers.redis_url)


def _provide_media_folder() -> None:
    """One for the tests and for every process they start."""
    folder = tempfile.mkdtemp(prefix="evenkeel-files-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["MEDIA_ROOT"] = folder
