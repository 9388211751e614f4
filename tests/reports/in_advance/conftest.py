"""A result whose owner's report is made in advance, and the messages that a worker gets of it."""

from uuid import UUID

import pytest
from django.conf import LazySettings

from assessments.models import EditionRow, Result
from reports import services
from reports.in_advance import services as in_advance
from reports.in_advance.services import queue_in_advance
from reports.models import Report
from tests.runs import NOW, finished_run


@pytest.fixture(autouse=True)
def switched_on(settings: LazySettings) -> None:
    settings.REPORTS_IN_ADVANCE = True


@pytest.fixture(autouse=True)
def messages(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """The reports that a worker was notified of, whoever they are for."""
    sent: list[UUID] = []

    def notify(report_id: UUID) -> bool:
        sent.append(report_id)
        return True

    monkeypatch.setattr(services, "notify_worker", notify)
    monkeypatch.setattr(in_advance, "notify_worker", notify)
    return sent


@pytest.fixture
def result(edition_row: EditionRow) -> Result:
    return finished_run()


@pytest.fixture
def unasked(result: Result) -> Report:
    report = queue_in_advance(result=result, language="en-gb", now=NOW)
    assert report is not None
    return report
