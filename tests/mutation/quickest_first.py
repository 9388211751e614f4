"""Pytest plugin for ./run mutants, where the first test that fails ends the run: those that took least come first.

mutmut tries each mutant in a fork of one process, so what is kept here is made once for all mutants.
"""

import functools
import json
import os
from pathlib import Path

import pytest

from assessments.editions import shipped

# mutmut runs pytest in the folder in which it writes how long each test took, and then only reads it.
DURATIONS = Path("mutmut-stats.json")
# A mutant of the bank's code must read the shipped edition itself.
if not os.environ.get("EVENKEEL_MUTATION", "").startswith("assessments/bank"):
    shipped.shipped_editions = functools.cache(shipped.shipped_editions)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes no time itself but needs the shipped edition waits for it to be read."""
    if not DURATIONS.exists():
        return
    took = json.loads(DURATIONS.read_text())["duration_by_test"]

    def cost(item: pytest.Item) -> float:
        return float(took.get(item.nodeid, 0)) + ("edition" in getattr(item, "fixturenames", ()))

    items.sort(key=cost)
