"""The page of a report about what has changed since the last result."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.audit import Actor
from assessments.bank.types import Depth, Edition
from assessments.models import EditionRow
from assessments.presentation.since.statements import ToldSince
from assessments.presentation.since.tell import FinishedResult, tell_since
from assessments.services.deletion import delete_finished
from reports import services, tasks
from reports.document import ReportDocument, Source, build
from reports.document.since import MOST_LISTED
from reports.formats import pdf
from reports.models import Report, ReportState
from reports.worker.rendering import document_of
from tests.pages import of_class, parse, text_of
from tests.presentation.samples import ResultSample, level, result_sample, stress_result
from tests.reports.paper import broken_rules, says
from tests.reports.samples import stress
from tests.runs import finished_run
from tests.since.running import finished_again


def compared(before: ResultSample, after: ResultSample) -> ToldSince:
    old, new = (
        FinishedResult(each.edition, each.outcome, each.answers, each.facts, each.day) for each in (before, after)
    )
    return tell_since(replace(old, day=old.day - timedelta(days=90)), new)


def much_has_changed(edition: Edition) -> Source:
    """Of every kind of change more than the page has room for."""
    return replace(stress(edition), since=compared(stress_result(edition, seed=5), stress_result(edition)))


@pytest.fixture(scope="module")
def changed(edition: Edition) -> ReportDocument:
    return build(much_has_changed(edition))


def test_it_takes_exactly_one_page_however_much_has_changed(edition: Edition, changed: ReportDocument) -> None:
    assert changed.since
    lists = (*changed.since.better, *changed.since.look)
    assert len(lists) >= 5
    assert changed.since.more
    assert max(each.count for each in lists) > 20
    assert max(len(each.items) for each in lists) == MOST_LISTED
    without = pdf.render_pdf(build(stress(edition)))
    assert without.pages
    assert pdf.render_pdf(changed).pages == without.pages + 1


def test_it_keeps_all_rules_of_pdf_ua_and_says_what_the_told_comparison_says(
    edition: Edition, changed: ReportDocument
) -> None:
    made = pdf.render_pdf(changed)
    since = changed.since
    assert since
    assert broken_rules(made.content) == []
    items = [item.text for each in (*since.better, *since.look) for item in each.items]
    figures = [text for row in since.figures for text in (row.name, row.before, row.after, row.verdict)]
    assert says(made.content, "Since your last result", since.lead, *items, *figures) == []


def test_praise_comes_before_what_to_look_at(changed: ReportDocument) -> None:
    page = of_class(parse(pdf.html_of(changed)), "since")[0]
    assert [text_of(each) for each in page.iter("h2")] == ["What is better", "What to look at", "The levels"]


@pytest.mark.django_db
def test_the_report_of_a_later_result_has_it_until_the_earlier_one_is_deleted(
    edition_row: EditionRow, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    first = finished_run(depth=Depth.STANDARD, levels=1)
    second = finished_again(first, 30, ACCESS_02=3)
    reports = [
        services.request_report(result=each, requested_by=each.finished_by, language="en-gb", now=timezone.now())
        for each in (first, second)
    ]
    assert [bool(document_of(each).since) for each in reports] == [False, True]
    tasks.render_report(str(reports[1].pk))
    made = Report.objects.get(pk=reports[1].pk)
    assert made.state == ReportState.READY
    assert default_storage.exists(made.file)

    with django_capture_on_commit_callbacks(execute=True):
        delete_finished(assessment=first.assessment, by=Actor(first.finished_by))

    left = Report.objects.get()
    assert left == made
    assert not default_storage.exists(made.file)
    assert not document_of(left).since


def test_a_first_result_has_no_such_page(edition: Edition) -> None:
    paper = parse(pdf.html_of(build(stress(edition))))
    assert not of_class(paper, "since")
    assert "Since your last result" not in text_of(paper)


def test_where_nothing_changed_it_says_so(edition: Edition) -> None:
    same = result_sample(edition, otherwise=level(2))
    document = build(replace(stress(edition), since=compared(same, same)))
    assert document.since
    assert not document.since.better
    assert not document.since.look
    assert "nothing has changed that counts" in document.since.lead
