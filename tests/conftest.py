"""Fixtures for every test, those of the pure rooms included. Those that need Django are in tests/django_fixtures.py."""

import pytest
from xdist.remote import Producer  # type: ignore[import-untyped]
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

from assessments.bank.types import Edition
from assessments.editions.shipped import shipped_editions

# In this order: what takes a minute before what takes seconds, so that all workers of pytest-xdist end together.
LAST = ("browser", "long", "slow")
# The fixture that the tests of one of these share takes so long that one worker makes it once, and runs all of them.
TOGETHER = ("tests/launch/test_start.py", "tests/launch/test_environment.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fast tests first, so that a mistake shows early."""

    def rank(item: pytest.Item) -> int:
        if "tests/browser/" in item.nodeid:
            item.add_marker("browser")
        own = {name for name in LAST if item.get_closest_marker(name)}
        if "long" in own:
            own = {"long"}
        return max((LAST.index(name) + 1 for name in own), default=0)

    items.sort(key=rank)


class OneByOne(LoadScopeScheduling):  # type: ignore[misc]
    """Each worker gets the next test of the order when it is free, and with it those that stay together."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return path if path in TOGETHER else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneByOne:
    return OneByOne(config, log)


@pytest.fixture(scope="session")
def edition() -> Edition:
    """The shipped edition, without a database."""
    return shipped_editions()[-1]
