"""How much failed and waits for somebody, told by the rooms that this one does not know."""

from collections.abc import Callable

_counts: list[Callable[[], int]] = []


def counts_failed_jobs(count: Callable[[], int]) -> Callable[[], int]:
    """For rooms with jobs of their own: one query, whenever the page is shown."""
    _counts.append(count)
    return count


def failed_jobs() -> int:
    """Of all rooms together."""
    return sum(count() for count in _counts)
