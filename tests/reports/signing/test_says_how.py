"""Each kind of report that tells its limits says, where the installation's address is known, how somebody checks it."""

from dataclasses import replace

import pytest

from assessments.bank.types import Edition
from reports.document.build import build
from reports.kinds.registry import REPORT_KINDS
from reports.kinds.sections import ReportSection
from tests.reports import samples

SITE = "https://check.example.org"


@pytest.mark.parametrize("code", REPORT_KINDS)
def test_the_limits_end_with_how_to_check_the_report(edition: Edition, code: str) -> None:
    source = samples.mixed(edition)
    without, told = (build(replace(source, site=site), REPORT_KINDS[code]) for site in ("", SITE))

    said = "To check this, ask for the signed file beside it and open https://check.example.org/verify/."
    assert ReportSection.LIMITS not in told.sections or told.limits[-1].endswith(said)
    assert not any(said in text for text in without.limits)
    assert replace(told, limits=()) == replace(without, limits=())
