"""What every test may ask for, those of the pure rooms too. tests/django_fixtures.py has what needs Django."""

import pytest

from assessments.bank.types import Edition
from assessments.editions.shipped import shipped_editions

LAST = ("browser", "slow")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fast tests first: a mistake shows early."""

    def rank(item: pytest.Item) -> int:
        if "tests/browser/" in item.nodeid:
            item.add_marker("browser")
        return max((LAST.index(name) + 1 for name in LAST if item.get_closest_marker(name)), default=0)

    items.sort(key=rank)


@pytest.fixture(scope="session")
def edition() -> Edition:
    """The shipped edition, without a database."""
    return shipped_editions()[-1]
