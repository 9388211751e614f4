"""Faults are caused in a real worker, which gives up sooner than in production."""

import pytest

from tests.celery_worker import SharedWorker

QUICK = {"REPORT_SECONDS": "10", "REPORT_LEASE_SECONDS": "6", "REPORT_SWEEP_SECONDS": "1"}


@pytest.fixture
def quick() -> dict[str, str]:
    return dict(QUICK)


@pytest.fixture(autouse=True)
def _no_other_worker(shared_worker: SharedWorker) -> None:
    """A healthy worker left over from other tests would do the poisoned one's work."""
    shared_worker.stop()
