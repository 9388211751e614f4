"""Pytest plugin, loaded before Django's settings: gives every run its own PostgreSQL and Redis.

DATABASE_URL and REDIS_URL given from outside are used instead; EVENKEEL_DATA runs the tests on the embedded default.
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


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        # Databases get the worker's name as a suffix; Redis has numbers.
        os.environ["REDIS_URL"] = os.environ["REDIS_URL"].rpartition("/")[0] + f"/{int(worker[2:]) + 1}"
    elif "EVENKEEL_DATA" not in os.environ:
        _provide_servers()
    _provide_media_folder()
    return (yield)


def _provide_servers() -> None:
    if "DATABASE_URL" in os.environ and "REDIS_URL" in os.environ:
        return
    stack = contextlib.ExitStack()
    try:
        addresses = stack.enter_context(private_servers())
    except LaunchError as problem:
        raise pytest.UsageError(str(problem)) from problem
    atexit.register(stack.close)
    os.environ.setdefault("DATABASE_URL", addresses.database_url)
    os.environ.setdefault("REDIS_URL", addresses.redis_url)


def _provide_media_folder() -> None:
    """One for the tests and for every process they start."""
    folder = tempfile.mkdtemp(prefix="evenkeel-files-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["MEDIA_ROOT"] = folder
