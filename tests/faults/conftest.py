"""Faults are made on a real worker; these are quicker to give up than in production."""

import pytest

QUICK = {"REPORT_SECONDS": "10", "REPORT_LEASE_SECONDS": "6", "REPORT_SWEEP_SECONDS": "1"}


@pytest.fixture
def quick() -> dict[str, str]:
    return dict(QUICK)
