"""The database refuses an inconsistent report."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from assessments.models import EditionRow, Result
from reports.models import Report, ReportError, ReportState
from tests.runs import NOW, finished_run

pytestmark = pytest.mark.django_db

FILE = {"file": "reports/a.pdf", "sha256": "0" * 64, "size": 9, "pages": 1, "ready_at": NOW}
WORKER = {"token": uuid4(), "lease_until": NOW + timedelta(seconds=15)}
NONSENSE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("report_file_exactly_when_ready", {"state": ReportState.READY}),
    ("report_pages_exactly_when_ready_and_paged", {"state": ReportState.READY, **FILE, "pages": 0}),
    ("report_pages_exactly_when_ready_and_paged", {"state": ReportState.READY, **FILE, "pages": None}),
    ("report_pages_exactly_when_ready_and_paged", {"pages": 3}),
    ("report_file_exactly_when_ready", {"state": ReportState.READY, **FILE, "size": 0}),
    ("report_file_exactly_when_ready", {"state": ReportState.READY, **FILE, "size": None}),
    ("report_file_exactly_when_ready", {"state": ReportState.READY, **FILE, "ready_at": None}),
    ("report_file_exactly_when_ready", {"state": ReportState.READY, **FILE, "sha256": ""}),
    ("report_file_exactly_when_ready", {**FILE, "pages": None}),
    ("report_worked_on_exactly_while_rendering", {"state": ReportState.RENDERING}),
    ("report_worked_on_exactly_while_rendering", {"state": ReportState.RENDERING, **WORKER, "token": None}),
    ("report_worked_on_exactly_while_rendering", WORKER),
    ("report_reason_exactly_when_failed", {"state": ReportState.FAILED}),
    ("report_reason_exactly_when_failed", {"error": ReportError.TIME}),
    ("report_reason_exactly_when_failed", {"state": ReportState.FAILED, "error": "bad luck"}),
    ("report_attempts_and_progress_within_bounds", {"attempts": 4}),
    ("report_attempts_and_progress_within_bounds", {"lost_leases": 21}),
    ("report_attempts_and_progress_within_bounds", {"progress": 101}),
    ("report_kind_known", {"kind": "poem"}),
    ("report_format_known", {"format": "papyrus"}),
    ("report_state_known", {"state": "lost"}),
    ("report_step_known", {"step": "dancing"}),
)
SENSE: tuple[dict[str, Any], ...] = (
    {},
    {"state": ReportState.RENDERING, **WORKER},
    {"state": ReportState.READY, **FILE},
    {"state": ReportState.FAILED, "error": ReportError.MEMORY, "attempts": 3},
)


@pytest.fixture
def result(edition_row: EditionRow) -> Result:
    return finished_run()


def make(result: Result, **fields: Any) -> Report:
    given = {"language": "en-gb", "template_version": 1, "requested_at": NOW, **fields}
    with transaction.atomic():
        return Report.objects.create(result=result, requested_by=result.finished_by, **given)


@pytest.mark.parametrize("fields", SENSE)
def test_sense_is_stored(result: Result, fields: dict[str, Any]) -> None:
    assert make(result, **fields).pk


@pytest.mark.parametrize(("rule", "fields"), NONSENSE)
def test_nonsense_is_refused(result: Result, rule: str, fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=rule):
        make(result, **fields)


def test_one_report_for_each_result_and_form(result: Result) -> None:
    make(result)
    with pytest.raises(IntegrityError):
        make(result)
    assert make(result, template_version=2).pk


def test_it_is_called_by_its_file(result: Result) -> None:
    assert str(make(result, file_name="Bakery.pdf")) == "Bakery.pdf"
