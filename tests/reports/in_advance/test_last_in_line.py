"""Its turn comes after whatever somebody waits for, and one at a time."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.conf import LazySettings

from assessments.models import Result
from reports import services, tasks
from reports.in_advance import services as in_advance
from reports.in_advance.services import notify_next_in_advance, queue_in_advance
from reports.models import Bundle, DataExport, Report, ReportError, ReportState
from reports.queries import NOTIFY_AGAIN_AFTER
from reports.queue import lifecycle
from tests.factories import ConsultancyFactory
from tests.runs import NOW, finished_run

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def second(unasked: Report) -> Report:
    """Another result's, queued after the first."""
    report = queue_in_advance(result=finished_run(), language="en-gb", now=NOW + SECOND)
    assert report is not None
    return report


def ask(result: Result, language: str = "en-gb") -> Report:
    return services.request_report(result=result, requested_by=result.finished_by, language=language, now=NOW)


def test_the_longest_waiting_comes_first_and_alone(unasked: Report, second: Report, messages: list[UUID]) -> None:
    assert notify_next_in_advance(now=NOW)
    assert not notify_next_in_advance(now=NOW + SECOND), "one is on its way"
    assert messages == [unasked.pk]
    assert services.claim(report_id=second.pk, now=NOW)
    assert services.claim(report_id=unasked.pk, now=NOW) is None, "one is in work"


def test_a_message_that_is_lost_is_sent_again(unasked: Report, messages: list[UUID]) -> None:
    notify_next_in_advance(now=NOW)
    later = NOW + NOTIFY_AGAIN_AFTER + SECOND
    assert notify_next_in_advance(now=later)
    assert messages == [unasked.pk, unasked.pk]


def test_a_broker_that_is_away_is_tried_again_at_once(
    unasked: Report, messages: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as away:
        away.setattr(in_advance, "notify_worker", lambda _: False)
        assert not notify_next_in_advance(now=NOW)
    assert notify_next_in_advance(now=NOW + SECOND)


def test_nothing_is_sent_while_somebody_waits_for_a_report(
    result: Result, unasked: Report, messages: list[UUID]
) -> None:
    asked = ask(result, "fr")
    assert not notify_next_in_advance(now=NOW)
    assert services.sweep(now=NOW) == 1
    assert messages == [asked.pk]
    assert services.claim(report_id=asked.pk, now=NOW)
    assert notify_next_in_advance(now=NOW), "another worker may be idle"


def test_a_message_on_its_way_gives_way_to_who_asks_meanwhile(result: Result, unasked: Report) -> None:
    assert notify_next_in_advance(now=NOW)
    asked = ask(result, "fr")
    assert services.claim(report_id=unasked.pk, now=NOW) is None
    assert services.claim(report_id=asked.pk, now=NOW)
    assert services.claim(report_id=unasked.pk, now=NOW)


def test_it_waits_for_reports_that_a_worker_left(result: Result, unasked: Report) -> None:
    services.claim(report_id=ask(result, "fr").pk, now=NOW)
    later = NOW + lifecycle.lease() + SECOND
    assert not notify_next_in_advance(now=later)


def test_it_waits_for_files_with_many_reports_and_with_all_data(result: Result, unasked: Report) -> None:
    asked = {"requested_by": result.finished_by, "requested_at": NOW}
    bundle = Bundle.objects.create(consultancy=ConsultancyFactory.create(), **asked)
    assert services.claim(report_id=unasked.pk, now=NOW) is None
    bundle.delete()
    export = DataExport.objects.create(**asked)
    assert services.claim(report_id=unasked.pk, now=NOW) is None
    export.delete()
    assert services.claim(report_id=unasked.pk, now=NOW)


def test_sweepers_of_asked_reports_leave_it_alone(unasked: Report, messages: list[UUID]) -> None:
    assert services.sweep(now=NOW) == 0
    assert services.notify_next(now=NOW) == 0
    assert messages == []


def test_one_that_failed_lets_the_next_go_first(unasked: Report, second: Report, messages: list[UUID]) -> None:
    claim = services.claim(report_id=unasked.pk, now=NOW)
    assert claim is not None
    lifecycle.fail_attempt(claim=claim, error=ReportError.TIME, now=NOW)
    assert notify_next_in_advance(now=NOW)
    assert messages == [second.pk]


def test_one_that_lost_a_worker_comes_after_others(unasked: Report, second: Report, messages: list[UUID]) -> None:
    services.claim(report_id=unasked.pk, now=NOW)
    later = NOW + timedelta(minutes=1)
    services.claim(report_id=unasked.pk, now=later)
    later += timedelta(minutes=1)
    assert notify_next_in_advance(now=later)
    assert messages == [second.pk]


def test_switched_off_nothing_is_sent(unasked: Report, messages: list[UUID], settings: LazySettings) -> None:
    settings.REPORTS_IN_ADVANCE = False
    assert not notify_next_in_advance(now=NOW)
    assert messages == []


def test_the_sweeper_and_each_finished_report_bring_it_on(
    unasked: Report, second: Report, messages: list[UUID]
) -> None:
    tasks.notify_due_reports()
    assert messages == [unasked.pk]
    tasks.render_report(str(unasked.pk))
    assert messages == [unasked.pk, second.pk]
    unasked.refresh_from_db()
    assert (unasked.state, unasked.requested_by) == (ReportState.READY, None)
    assert unasked.pages
