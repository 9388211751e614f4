"""What every test may ask for, those of the pure rooms too. tests/django_fixtures.py has what needs Django."""

import pytest

from assessments.bank.types import Edition
from assessments.editions.shipped import shipped_editions

# In this order after the fast ones. What takes a minute begins before what takes seconds: all workers end together.
LAST = ("long", "slow", "browser")
# Each takes so long to make that one worker of pytest-xdist makes it, for all tests that ask for it.
COSTLY = ("embedded_product", "prepared", "made_environment")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fast tests first: a mistake shows early."""

    def rank(item: pytest.Item) -> int:
        if "tests/browser/" in item.nodeid:
            item.add_marker("browser")
        for name in COSTLY:
            if name in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.xdist_group(name))
                item.add_marker("long")
        return next((place for place, name in enumerate(LAST, 1) if item.get_closest_marker(name)), 0)

    items.sort(key=rank)


@pytest.fixture(scope="session")
def edition() -> Edition:
    """The shipped edition, without a database."""
    return shipped_editions()[-1]
