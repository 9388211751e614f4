"""The place in line, how long it takes, and cancelling: what the person who waits sees and can do."""

import re
from datetime import timedelta
from itertools import count
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.audit import Actor
from accounts.models import Organisation, Role, User
from assessments.models import EditionRow, Result
from reports import services, storage
from reports.bundles.services import request_bundle
from reports.models import Bundle, Report, ReportState, ShareLink
from reports.page import wait_words
from reports.queries import IN_TURN
from reports.queue.cancelling import cancel_report
from reports.queue.places import newest_durations, place_in_line
from reports.queue.remaining import remaining_words, time_until_made, usual_duration
from reports.share_links.services import make_share_link
from reports.worker.rendering import render
from tests.access.site import ready_report
from tests.factories import ConsultancyFactory, EngagementFactory, UserFactory, member
from tests.pages import parse, text_of
from tests.runs import finished_run

pytestmark = pytest.mark.django_db
NOW = timezone.now()
SECOND = timedelta(seconds=1)


@pytest.fixture
def result(edition_row: EditionRow) -> Result:
    return finished_run()


@pytest.fixture
def owner(result: Result) -> User:
    return result.finished_by


@pytest.fixture
def signed_in(owner: User) -> Client:
    client = Client()
    client.force_login(owner)
    return client


def ask(result: Result, by: User, language: str = "en-gb", at: int = 0) -> Report:
    """Asked for `at` seconds after NOW."""
    return services.request_report(result=result, requested_by=by, language=language, now=NOW + at * SECOND)


languages = count()


def measure(result: Result, *seconds: float) -> None:
    """Reports that took so long, one each language."""
    for took in seconds:
        report = ready_report_in(result, f"m{next(languages)}")
        Report.objects.filter(pk=report.pk).update(begun_at=NOW - timedelta(seconds=took), ready_at=NOW)


def ready_report_in(result: Result, language: str) -> Report:
    report = ask(result, result.finished_by, language)
    claim = services.claim(report_id=report.pk, now=NOW)
    assert claim
    stored = storage.store(content=b"%PDF-1.7", token=claim.token, file_name="a.pdf")
    assert services.finish(claim=claim, stored=stored, pages=1, now=NOW)
    return report


def test_the_first_is_next_and_others_are_counted(result: Result) -> None:
    people = [UserFactory.create() for _ in range(3)]
    reports = [ask(result, person, f"l{number}", at=number) for number, person in enumerate(people)]
    assert [place_in_line(report, NOW).before for report in reports] == [0, 1, 2]
    assert wait_words(reports[0], NOW) == ("Yours is next",)
    assert wait_words(reports[2], NOW) == ("2 before yours",)


def test_who_asks_for_many_is_not_waited_for_as_often(result: Result, owner: User) -> None:
    greedy = UserFactory.create()
    many = [ask(result, greedy, f"g{number}", at=number) for number in range(IN_TURN + 5)]
    mine = ask(result, owner, at=100)
    assert place_in_line(mine, NOW).before == IN_TURN
    assert place_in_line(many[-1], NOW).before == IN_TURN + 4


def test_what_is_being_made_comes_first_and_what_failed_once_later(result: Result, owner: User) -> None:
    mine = ask(result, owner, at=1)
    late = ask(result, UserFactory.create(), "late", at=2)
    assert services.claim(report_id=late.pk, now=NOW)
    assert place_in_line(mine, NOW).before == 1
    assert place_in_line(mine, NOW).in_work == 1
    after_its_lease = NOW + timedelta(hours=1)
    assert place_in_line(mine, after_its_lease).before == 0, (
        "its worker is gone: it waits, behind those without a failure"
    )


def test_what_took_its_worker_along_comes_behind(result: Result, owner: User) -> None:
    early = ask(result, UserFactory.create(), "early")
    mine = ask(result, owner, at=1)
    Report.objects.filter(pk=early.pk).update(lost_leases=1)
    early.refresh_from_db()
    assert (place_in_line(mine, NOW).before, place_in_line(early, NOW).before) == (0, 1)


def test_nothing_is_said_of_the_time_until_three_were_measured(result: Result, owner: User) -> None:
    mine = ask(result, owner, at=1)
    measure(result, 10, 12)
    assert wait_words(mine, NOW) == ("Yours is next",)
    measure(result, 10, 12, 300)
    assert wait_words(mine, NOW) == ("Yours is next", "About 20 seconds left"), "the middle one, rounded up"


def test_only_reports_of_the_same_kind_and_format_are_measured(result: Result, owner: User) -> None:
    mine = ask(result, owner, at=1)
    measure(result, 10, 12, 14)
    assert len(newest_durations(mine)) == 3
    Report.objects.filter(language__startswith="m").update(kind="statement")
    assert newest_durations(mine) == []


def test_one_that_is_being_made_says_what_is_left(result: Result, owner: User) -> None:
    measure(result, 40, 40, 40)
    mine = ask(result, owner, at=1)
    services.claim(report_id=mine.pk, now=NOW)
    mine.refresh_from_db()
    assert wait_words(mine, NOW + 15 * SECOND) == ("About 30 seconds left",)
    assert wait_words(mine, NOW + 41 * SECOND) == ("It takes longer than usual",)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-3, "It takes longer than usual"),
        (0, "It takes longer than usual"),
        (0.5, "A few seconds left"),
        (5, "A few seconds left"),
        (5.1, "About 10 seconds left"),
        (60, "About 60 seconds left"),
        (61, "About 2 minutes left"),
        (600, "About 10 minutes left"),
    ],
)
def test_remaining_time_is_rounded_up(seconds: float, words: str) -> None:
    assert remaining_words(timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(("before", "in_work", "rounds"), [(0, 0, 1), (1, 1, 2), (2, 2, 2), (3, 2, 2), (4, 2, 3)])
def test_as_many_are_made_at_once_as_are_in_work(before: int, in_work: int, rounds: int) -> None:
    assert time_until_made(SECOND, before=before, in_work=in_work) == rounds * SECOND


def test_the_usual_duration_is_the_middle_one() -> None:
    assert usual_duration([SECOND, SECOND]) is None
    assert usual_duration([SECOND, 100 * SECOND, 3 * SECOND]) == 3 * SECOND


def test_the_page_costs_the_same_however_long_the_line_is(result: Result, owner: User, signed_in: Client) -> None:
    mine = ask(result, owner, at=1000)
    path, costs = reverse("report", args=[mine.pk]), []
    for size in (1, 3, 60):
        for number in range(Report.objects.count(), size):
            ask(result, UserFactory.create(), f"l{number}", at=number)
            measure(result, *([1.0] if number < 8 else []))
        signed_in.get(path)
        with CaptureQueriesContext(connection) as queries:
            signed_in.get(path)
        costs.append(len(queries))
    assert len(set(costs)) == 1, costs


def press_cancel(client: Client, report: Report) -> str:
    answer = client.post(
        reverse("report_cancel", args=[report.result.assessment_id]), {"report": str(report.pk)}, follow=True
    )
    return text_of(parse(answer))


def test_cancel_is_a_button_and_a_second_click_does_no_harm(result: Result, owner: User, signed_in: Client) -> None:
    mine = ask(result, owner)
    shown = signed_in.get(reverse("report", args=[mine.pk])).content.decode()
    assert re.search(rf'action="{reverse("report_cancel", args=[result.assessment_id])}"', shown)
    for _ in range(2):
        assert "Cancelled. You can ask for the report again" in press_cancel(signed_in, mine)
    assert not Report.objects.exists()
    assert ask(result, owner).pk != mine.pk


def test_a_worker_finds_its_claim_lost(result: Result, owner: User) -> None:
    mine = ask(result, owner)
    claim = services.claim(report_id=mine.pk, now=timezone.now())
    assert claim
    assert cancel_report(report=mine, by=owner, now=NOW)
    render(claim)
    stored = storage.store(content=b"%PDF-1.7", token=claim.token, file_name="a.pdf")
    assert not services.finish(claim=claim, stored=stored, pages=1, now=NOW)
    assert services.claim(report_id=mine.pk, now=NOW) is None
    assert not Report.objects.exists()


def test_the_next_one_is_notified(
    result: Result,
    owner: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    notified: list[UUID] = []

    def notify(pk: UUID) -> bool:
        notified.append(pk)
        return True

    monkeypatch.setattr(services, "notify_worker", notify)
    mine = [ask(result, owner, f"l{number}", at=number) for number in range(IN_TURN + 1)]
    Report.objects.exclude(pk=mine[-1].pk).update(notified_at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        cancel_report(report=mine[0], by=owner, now=NOW)
    assert notified == [mine[-1].pk]


def test_what_is_ready_is_not_cancelled(result: Result, owner: User, signed_in: Client) -> None:
    ready = ready_report(result)
    assert "It was not cancelled" in press_cancel(signed_in, ready)
    assert Report.objects.get().state == ReportState.READY


def test_only_who_asked_cancels(result: Result, owner: User, signed_in: Client) -> None:
    theirs = ask(result, member(result.assessment.organisation, Role.EDITOR))
    assert "this report</span></button>" not in signed_in.get(reverse("report", args=[theirs.pk])).content.decode()
    assert "It was not cancelled" in press_cancel(signed_in, theirs)
    assert Report.objects.filter(pk=theirs.pk).exists()


@pytest.mark.parametrize("key", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_no_report_at_all(result: Result, signed_in: Client, key: str) -> None:
    answer = signed_in.post(reverse("report_cancel", args=[result.assessment_id]), {"report": key})
    assert answer.headers["Location"] == reverse("result", args=[result.assessment_id])


def test_a_report_of_another_result_stays(result: Result, owner: User, signed_in: Client) -> None:
    other = ask(finished_run(by=owner, organisation=result.assessment.organisation), owner)
    signed_in.post(reverse("report_cancel", args=[result.assessment_id]), {"report": str(other.pk)})
    assert Report.objects.filter(pk=other.pk).exists()


def bundle_of(result: Result, by: User, consultancy: Organisation) -> Bundle:
    return request_bundle(consultancy=consultancy, results=[result], requested_by=by, language="en-gb", now=NOW)


def test_a_bundle_keeps_the_report_that_it_waits_for(result: Result) -> None:
    consultancy = ConsultancyFactory.create()
    EngagementFactory.create(consultancy=consultancy, client=result.assessment.organisation)
    adviser = member(consultancy)
    bundle = bundle_of(result, adviser, consultancy)
    report = Report.objects.get()
    assert not cancel_report(report=report, by=adviser, now=NOW)
    item = bundle.items.get()
    assert item.report_id == report.pk
    Bundle.objects.all().delete()
    assert cancel_report(report=report, by=adviser, now=NOW)


def test_a_report_to_which_a_link_leads_is_made_again(result: Result, owner: User) -> None:
    report = ready_report(result)
    make_share_link(report=report, key="k", days=7, label="", by=Actor(owner), now=timezone.now())
    services.make_again(report=report, requested_by=owner, now=timezone.now())
    assert not cancel_report(report=report, by=owner, now=NOW)
    assert ShareLink.objects.exists()
