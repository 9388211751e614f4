"""Requesting many reports at once, waiting, and downloading them: only with access to every client inside."""

import io
import tempfile
from datetime import timedelta
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLevel, AuditEvent, AuditKind, Engagement, Organisation, Role, User
from accounts.people_data.deleting import deleting
from assessments.editions.stored import edition_of
from assessments.models import EditionRow, Result
from assessments.services.runs import finish_assessment
from reports import storage, tasks
from reports.models import Bundle, Report, ReportError, ReportState
from tests.assessments.test_queries_per_page import Counted
from tests.factories import ConsultancyFactory, OrganisationFactory, member
from tests.reports.clients import ask, client_of, fail_for_good, make_all_ready, make_ready, result_of, shut
from tests.runs import answered_run, finished_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultancy(edition_row: EditionRow) -> Organisation:
    return ConsultancyFactory.create(name="Haddad Advice")


@pytest.fixture
def consultant(consultancy: Organisation) -> User:
    return member(consultancy, Role.EDITOR)


@pytest.fixture
def signed_in(client: Client, consultant: User) -> Client:
    client.force_login(consultant)
    return client


@pytest.fixture
def results(consultancy: Organisation) -> list[Result]:
    return [result_of(consultancy, name) for name in ("Bakery", "Garage")]


@pytest.fixture
def ready(consultancy: Organisation, consultant: User, results: list[Result]) -> Bundle:
    bundle = ask(consultancy, results, consultant)
    make_all_ready(bundle)
    tasks.make_bundle(str(bundle.pk))
    bundle.refresh_from_db()
    return bundle


def post(client: Client, consultancy: Organisation, *clients: object) -> tuple[int, str]:
    data = {"client": [getattr(each, "pk", each) for each in clients]}
    answer = client.post(reverse("bundle_request", args=[consultancy.pk]), data, follow=True)
    return answer.redirect_chain[-1][1] if answer.redirect_chain else answer.status_code, answer.content.decode()


def test_chosen_clients_make_a_bundle_and_those_without_a_result_are_named(
    signed_in: Client, consultancy: Organisation, results: list[Result]
) -> None:
    started = client_of(consultancy, "Not <yet> started")
    read_only = client_of(consultancy, "Read only", AccessLevel.READ)
    finished_run(read_only)

    _, page = post(signed_in, consultancy, *(r.assessment.organisation for r in results), started, read_only)

    assert {item.client_name for item in Bundle.objects.get().items.all()} == {"Bakery", "Garage"}
    assert "they have no finished assessment: Not &lt;yet&gt; started." in page
    assert "you have read-only access: Read only." in page
    assert "0 of 2 reports are done." in page


def test_the_newest_result_of_each_client_counts(
    signed_in: Client, consultancy: Organisation, results: list[Result]
) -> None:
    bakery = results[0].assessment.organisation
    later = results[0].finished_at + timedelta(days=30)
    run = answered_run(bakery)
    newer = finish_assessment(assessment=run, edition=edition_of(run.edition), finished_by=run.started_by, now=later)
    post(signed_in, consultancy, bakery)
    (item,) = Bundle.objects.get().items.all()
    assert item.report
    assert item.report.result == newer


def test_without_a_client_that_has_finished_nothing_is_made(signed_in: Client, consultancy: Organisation) -> None:
    _, page = post(signed_in, consultancy, client_of(consultancy, "New"))
    assert "Choose at least one client" in page
    assert "Choose at least one client" in post(signed_in, consultancy)[1]
    assert not Bundle.objects.exists()


def test_clients_of_somebody_else_are_missing(
    signed_in: Client, consultancy: Organisation, consultant: User, results: list[Result]
) -> None:
    own = finished_run(OrganisationFactory.create())
    others_client = result_of(ConsultancyFactory.create(), "Elsewhere")
    over = results[1].assessment.organisation
    Engagement.objects.filter(client=over).update(ended_at=timezone.now())
    bakery = results[0].assessment.organisation
    for wrong in (own.assessment.organisation, others_client.assessment.organisation, over, uuid4(), "x", consultancy):
        assert post(signed_in, consultancy, bakery, wrong)[0] == 404
    assert not Bundle.objects.exists()
    assert not Report.objects.exists()


def test_a_viewer_of_the_consultancy_may_ask_for_nothing_new(
    client: Client, consultancy: Organisation, results: list[Result]
) -> None:
    client.force_login(member(consultancy, Role.VIEWER))
    assert "you have read-only access: Bakery" in post(client, consultancy, results[0].assessment.organisation)[1]
    assert not Report.objects.exists()


def test_waiting_shows_how_far_it_is_with_and_without_a_script(
    signed_in: Client, consultancy: Organisation, consultant: User, results: list[Result]
) -> None:
    bundle = ask(consultancy, results, consultant)
    url = reverse("bundle", args=[bundle.pk])
    page = signed_in.get(url).content.decode()
    assert 'http-equiv="refresh"' in page
    assert "0 of 2 reports are done." in page
    assert signed_in.get(f"{url}?seen=queued-0-0", headers={"HX-Request": "true"}).status_code == 204
    make_ready(Report.objects.all()[0])
    piece = signed_in.get(f"{url}?seen=queued-0-0", headers={"HX-Request": "true"}).content.decode()
    assert "1 of 2 reports are done." in piece
    assert 'value="45"' in piece
    assert "<html" not in piece


def test_files_that_are_kept_are_found_again(signed_in: Client, ready: Bundle, results: list[Result]) -> None:
    elsewhere = ConsultancyFactory.create()
    other = ask(elsewhere, results[:1], member(elsewhere))
    url = reverse("bundle_request", args=[ready.consultancy_id])
    page = signed_in.get(url).content.decode()
    assert reverse("bundle", args=[ready.pk]) in page
    assert "2 reports" in page
    assert "Ready" in page
    assert reverse("bundle", args=[other.pk]) not in page
    one = len(Counted(lambda: signed_in.get(url)).all)
    ask(ready.consultancy, results[:1], ready.requested_by)
    assert len(Counted(lambda: signed_in.get(url)).all) == one
    Bundle.objects.all().delete()
    assert "None at the moment." in signed_in.get(url).content.decode()


def test_who_manages_the_look_finds_it_from_the_clients(
    signed_in: Client, client: Client, consultancy: Organisation, results: list[Result]
) -> None:
    links = {reverse("bundle_request", args=[consultancy.pk]): True, reverse("brand", args=[consultancy.pk]): False}
    url = reverse("desk", args=[consultancy.pk])
    editors = signed_in.get(url).content.decode()
    assert {link: f'href="{link}"' in editors for link in links} == links
    client.force_login(member(consultancy))
    assert f'href="{reverse("brand", args=[consultancy.pk])}"' in client.get(url).content.decode()


def test_the_finished_page_says_what_is_inside_and_until_when(signed_in: Client, ready: Bundle) -> None:
    page = signed_in.get(reverse("bundle", args=[ready.pk])).content.decode()
    assert "ZIP with 2 reports" in page
    assert reverse("bundle_download", args=[ready.pk]) in page
    assert "hx-get" not in page
    assert "could not be generated" not in page


def test_the_finished_page_counts_what_could_not_be_made(
    signed_in: Client, consultancy: Organisation, consultant: User, results: list[Result]
) -> None:
    bundle = ask(consultancy, results, consultant)
    first, second = Report.objects.all()
    fail_for_good(first, ReportError.TIME)
    make_ready(second)
    tasks.make_bundle(str(bundle.pk))
    page = signed_in.get(reverse("bundle", args=[bundle.pk])).content.decode()
    assert "ZIP with 1 report " in page
    assert "1 report could not be generated" in page


def test_the_download_is_streamed_and_written_down_for_each_client(
    signed_in: Client, ready: Bundle, consultant: User, results: list[Result]
) -> None:
    url = reverse("bundle_download", args=[ready.pk])
    shut(signed_in.head(url))
    assert not AuditEvent.objects.filter(kind=AuditKind.REPORTS_DOWNLOADED).exists()

    answer = signed_in.get(url, REMOTE_ADDR="203.0.113.9")
    assert answer.streaming
    assert answer.headers["Content-Type"] == "application/zip"
    assert "no-store" in answer.headers["Cache-Control"]
    with ZipFile(io.BytesIO(answer.getvalue())) as archive:
        assert len(archive.namelist()) == 3
    events = AuditEvent.objects.filter(kind=AuditKind.REPORTS_DOWNLOADED)
    assert {event.organisation for event in events} == {result.assessment.organisation_id for result in results}
    assert {(event.actor, event.subject, event.ip_address) for event in events} == {
        (consultant.pk, "Haddad Advice", None)
    }


def test_an_ended_engagement_closes_the_whole_file_at_once(signed_in: Client, ready: Bundle) -> None:
    Engagement.objects.filter(client__name="Garage").update(ended_at=timezone.now())
    answer = signed_in.get(reverse("bundle_download", args=[ready.pk]))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Garage" in page
    assert "Bakery" not in page
    assert "%PDF" not in page
    assert not AuditEvent.objects.filter(kind=AuditKind.REPORTS_DOWNLOADED).exists()


def test_the_page_of_a_closed_file_offers_no_download(signed_in: Client, ready: Bundle) -> None:
    page = signed_in.get(reverse("bundle", args=[ready.pk])).content.decode()
    assert reverse("bundle_download", args=[ready.pk]) in page
    Engagement.objects.filter(client__name="Garage").update(ended_at=timezone.now())
    page = signed_in.get(reverse("bundle", args=[ready.pk])).content.decode()
    assert "This file is closed" in page
    assert "the report of 1 client that you no longer have access to" in page
    assert reverse("bundle_download", args=[ready.pk]) not in page


def test_who_came_later_learns_no_name_of_a_client_that_has_gone(
    client: Client, consultancy: Organisation, ready: Bundle
) -> None:
    Engagement.objects.filter(client__name="Garage").update(ended_at=timezone.now())
    client.force_login(member(consultancy, Role.EDITOR))
    answer = client.get(reverse("bundle_download", args=[ready.pk]))
    assert (answer.status_code, "Garage" in answer.content.decode()) == (409, False)
    assert "the report of 1 client that you have no access to" in answer.content.decode()


def test_only_what_is_inside_was_downloaded(
    signed_in: Client, consultancy: Organisation, consultant: User, results: list[Result]
) -> None:
    bundle = ask(consultancy, results, consultant)
    made, failed = bundle.items.order_by("client_name")
    assert made.report
    assert failed.report
    make_ready(made.report)
    fail_for_good(failed.report, ReportError.MEMORY)
    tasks.make_bundle(str(bundle.pk))
    shut(signed_in.get(reverse("bundle_download", args=[bundle.pk])))
    events = AuditEvent.objects.filter(kind=AuditKind.REPORTS_DOWNLOADED)
    assert [event.organisation_name for event in events] == ["Bakery"]


def test_a_client_deleted_since_closes_it_too(signed_in: Client, ready: Bundle) -> None:
    gone = Organisation.objects.get(name="Garage")
    with deleting(gone.pk):
        gone.delete()
    assert signed_in.get(reverse("bundle_download", args=[ready.pk])).status_code == 409


def test_colleagues_may_have_it_too_others_not(client: Client, ready: Bundle, results: list[Result]) -> None:
    owner = results[0].finished_by
    for person, status in (
        (member(ready.consultancy, Role.VIEWER), 200),
        (owner, 404),
        (member(ConsultancyFactory.create()), 404),
    ):
        client.force_login(person)
        for name in ("bundle", "bundle_download"):
            answer = client.get(reverse(name, args=[ready.pk]))
            assert answer.getvalue()
            assert answer.status_code == status


def test_before_it_is_ready_the_download_leads_to_the_page_to_wait_on(
    signed_in: Client, consultancy: Organisation, consultant: User, results: list[Result]
) -> None:
    bundle = ask(consultancy, results, consultant)
    answer = signed_in.get(reverse("bundle_download", args=[bundle.pk]))
    assert answer.headers["Location"] == reverse("bundle", args=[bundle.pk])


def test_a_file_that_is_gone_is_made_anew(signed_in: Client, ready: Bundle) -> None:
    storage.delete_file(ready.file)
    answer = signed_in.get(reverse("bundle_download", args=[ready.pk]))
    assert answer.headers["Location"] == reverse("bundle", args=[ready.pk])
    ready.refresh_from_db()
    assert (ready.state, ready.attempts) == (ReportState.QUEUED, 0)
    tasks.make_bundle(str(ready.pk))
    answer = signed_in.get(reverse("bundle_download", args=[ready.pk]))
    assert answer.status_code == 200
    assert answer.getvalue().startswith(b"PK")


def test_a_single_download_is_written_down(client: Client, results: list[Result]) -> None:
    owner = results[0].finished_by
    client.force_login(owner)
    client.post(reverse("report_request", args=[results[0].assessment_id]))
    report = Report.objects.get()
    make_ready(report)
    url = reverse("report_download", args=[report.pk])
    shut(client.head(url))
    client.get(url).getvalue()
    event = AuditEvent.objects.get(kind=AuditKind.REPORT_DOWNLOADED)
    assert (event.organisation, event.actor, event.subject) == (
        report.result.assessment.organisation_id,
        owner.pk,
        "a.pdf",
    )


def test_pages_cost_the_same_for_one_client_and_for_many(
    signed_in: Client, consultancy: Organisation, consultant: User
) -> None:
    counts = []
    for many in (1, 4):
        bundle = ask(consultancy, [result_of(consultancy, f"Shop {many} {n}") for n in range(many)], consultant)
        make_all_ready(bundle)
        tasks.make_bundle(str(bundle.pk))
        url = reverse("bundle", args=[bundle.pk])
        signed_in.get(url)
        counts.append(len(Counted(lambda: signed_in.get(url)).all))  # noqa: B023
    assert counts[0] == counts[1] <= 7, "one of them for how long the consultancy keeps files"


def test_it_needs_no_space_in_the_folder_for_temporary_files(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/dev/full")
    assert request.getfixturevalue("ready").state == ReportState.READY
