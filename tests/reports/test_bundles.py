"""The life of a bundle: requested, waiting for its reports, assembled, kept, deleted."""

import csv
import io
import tracemalloc
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Organisation, Role, User
from accounts.people_data.deleting import deleting
from assessments.bank.types import Edition
from assessments.models import EditionRow, Result
from reports import services, storage, tasks
from reports.bundles import making
from reports.bundles import services as bundles
from reports.bundles.index import index_of
from reports.bundles.making import ArchiveNames
from reports.models import MOST_ATTEMPTS, MOST_LOST_LEASES, Bundle, BundleItem, Report, ReportError, ReportState
from reports.queue import lifecycle
from reports.storage import ORPHAN_AFTER
from tests.factories import ConsultancyFactory, member
from tests.reports.clients import ask, fail_for_good, inside, make_all_ready, make_ready, result_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def notifications(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """The reports and bundles that a worker was notified of; the broker accepts every message."""
    notified: list[UUID] = []

    def notify(pk: UUID) -> bool:
        notified.append(pk)
        return True

    monkeypatch.setattr(services, "notify_worker", notify)
    monkeypatch.setattr(bundles, "notify_worker_of_bundle", notify)
    return notified


@pytest.fixture
def consultancy(edition_row: EditionRow) -> Organisation:
    return ConsultancyFactory.create(name="Haddad & Söhne")


@pytest.fixture
def consultant(consultancy: Organisation) -> User:
    return member(consultancy, Role.EDITOR)


@pytest.fixture
def results(consultancy: Organisation) -> list[Result]:
    return [result_of(consultancy, name) for name in ("Bäckerei Łódź", "=SUM(A1)")]


@pytest.fixture
def bundle(consultancy: Organisation, consultant: User, results: list[Result]) -> Bundle:
    return ask(consultancy, results, consultant)


def run_task(bundle: Bundle) -> Bundle:
    tasks.make_bundle(str(bundle.pk))
    bundle.refresh_from_db()
    return bundle


def lines_of(bundle: Bundle) -> list[dict[str, str]]:
    content = inside(bundle)["index.csv"]
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_asking_makes_the_missing_reports_and_one_bundle(bundle: Bundle, results: list[Result]) -> None:
    assert bundle.state == ReportState.QUEUED
    assert {report.result_id for report in Report.objects.all()} == {result.pk for result in results}
    assert {item.client_name for item in bundle.items.all()} == {"Bäckerei Łódź", "=SUM(A1)"}


def test_asking_again_while_it_is_kept_is_the_same_bundle(
    bundle: Bundle, consultancy: Organisation, consultant: User, results: list[Result]
) -> None:
    assert ask(consultancy, results, consultant) == bundle
    assert ask(consultancy, results[:1], consultant) != bundle
    assert ask(consultancy, results, member(consultancy)) != bundle
    make_all_ready(bundle)
    run_task(bundle)
    assert ask(consultancy, results, consultant) == bundle
    assert Report.objects.count() == len(results)


def test_asking_again_after_it_failed_is_a_new_bundle(
    bundle: Bundle, consultancy: Organisation, consultant: User, results: list[Result]
) -> None:
    Bundle.objects.filter(pk=bundle.pk).update(state=ReportState.FAILED, error=ReportError.UNEXPECTED)
    assert ask(consultancy, results, consultant) != bundle


def test_asking_costs_the_same_for_few_clients_and_for_many(
    consultancy: Organisation, consultant: User, results: list[Result]
) -> None:
    def statements(chosen: list[Result]) -> int:
        with CaptureQueriesContext(connection) as queries:
            ask(consultancy, chosen, consultant)
        return len(queries)

    statements(results[:1])
    more = [result_of(consultancy, f"Shop {number}") for number in range(3)]
    assert statements(results) == statements([*results, *more])


def test_workers_are_told_of_new_reports_and_then_of_the_bundle(
    consultancy: Organisation,
    consultant: User,
    results: list[Result],
    notifications: list[UUID],
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        bundle = ask(consultancy, results, consultant)
    assert set(notifications) == set(Report.objects.values_list("pk", flat=True))
    make_all_ready(bundle)
    tasks.notify_due_reports()
    assert notifications[2:] == [bundle.pk]


def test_it_waits_for_its_reports(bundle: Bundle) -> None:
    later = timezone.now() + timedelta(minutes=1)
    assert bundles.claim_bundle(bundle_id=bundle.pk, now=later) is None
    assert bundles.sweep_bundles(now=later) == 0
    make_all_ready(bundle)
    assert bundles.sweep_bundles(now=later) == 1
    assert bundles.sweep_bundles(now=later) == 0
    assert bundles.claim_bundle(bundle_id=bundle.pk, now=later) is not None
    assert bundles.claim_bundle(bundle_id=bundle.pk, now=later) is None


def test_every_report_is_inside_with_a_list(bundle: Bundle) -> None:
    make_all_ready(bundle)
    run_task(bundle)

    assert bundle.state == ReportState.READY
    files = inside(bundle)
    assert set(files) == {"Bäckerei-Łódź-report-2026-11-21.pdf", "SUM-A1-report-2026-11-21.pdf", "index.csv"}
    assert files["Bäckerei-Łódź-report-2026-11-21.pdf"] == "%PDF-1.7 Bäckerei Łódź".encode()
    assert bundle.file_name.startswith("Haddad-Söhne-")
    assert bundle.file_name.endswith(".zip")
    assert bundle.size == default_storage.size(bundle.file)


def test_the_list_says_what_is_there(bundle: Bundle, edition: Edition) -> None:
    make_all_ready(bundle)
    bakery = next(line for line in lines_of(run_task(bundle)) if line["Client"] == "Bäckerei Łódź")

    report = Report.objects.get(result__assessment__organisation__name="Bäckerei Łódź")
    assert bakery["File"] == "Bäckerei-Łódź-report-2026-11-21.pdf"
    assert (bakery["Finished on"], bakery["Pages"], bakery["State"]) == ("2026-11-21", "3", "Ready")
    assert bakery["SHA-256"] == report.sha256
    levels = {column: figure for column, figure in bakery.items() if "level" in column or "could" in column}
    assert len(levels) == 2 * len(edition.pillars)
    assert {0 <= float(figure) <= 4 for figure in levels.values() if figure} == {True}
    assert int(bakery["Urgent gaps"]) >= 0


def test_no_name_is_a_formula_in_a_spreadsheet(bundle: Bundle) -> None:
    make_all_ready(bundle)
    assert {line["Client"] for line in lines_of(run_task(bundle))} == {"Bäckerei Łódź", "'=SUM(A1)"}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
def test_cells_that_would_be_formulas_are_text(start: str) -> None:
    name = f'{start}HYPERLINK("x")'
    first = index_of([{"Client": name, "State": "Ready"}]).decode("utf-8-sig").split("\n", 1)[1]
    assert first.lstrip('" ').startswith("'")


def test_figures_stay_figures_and_the_state_comes_last() -> None:
    lines = index_of([{"Client": "A", "State": "Gone"}, {"Client": "B", "Pages": 31, "State": "Ready"}])
    assert lines.startswith(b"\xef\xbb\xbf")
    assert lines.decode("utf-8-sig").splitlines() == ["Client,Pages,State", "A,,Gone", "B,31,Ready"]


@pytest.mark.parametrize(
    ("client", "name"),
    [
        ("../../etc/passwd", "etc-passwd-report-2026-11-21.pdf"),
        ("C:\\Windows\\con", "C-Windows-con-report-2026-11-21.pdf"),
        ("...", "organisation-report-2026-11-21.pdf"),
        ("a\x00b\nc", "a-b-c-report-2026-11-21.pdf"),
        ("Пекарня №1", "Пекарня-1-report-2026-11-21.pdf"),
    ],
)
def test_names_inside_lead_nowhere_and_keep_their_letters(client: str, name: str) -> None:
    assert ArchiveNames().new(client, "report", "2026-11-21", ".pdf") == name


def test_names_inside_differ_also_where_capitals_do_not_count() -> None:
    names = ArchiveNames()
    given = [names.new(client, "report", "2026-11-21", ".pdf") for client in ("Shop", "SHOP", "shop", "Sh/op")]
    assert len({name.casefold() for name in given}) == 4
    assert given[1] == "SHOP-report-2026-11-21-2.pdf"


def test_a_report_that_failed_is_named_with_its_reason(bundle: Bundle) -> None:
    first, second = (item.report for item in bundle.items.all())
    assert first
    assert second
    fail_for_good(first, ReportError.MEMORY)
    make_ready(second)
    run_task(bundle)

    states = {line["State"]: line["File"] for line in lines_of(bundle)}
    assert states == {ReportError.MEMORY.label: "", "Ready": "Bäckerei-Łódź-report-2026-11-21.pdf"}
    assert len(inside(bundle)) == 2


def test_a_client_that_was_deleted_is_named_without_a_report(bundle: Bundle, results: list[Result]) -> None:
    make_all_ready(bundle)
    with deleting(results[1].assessment.organisation_id):
        results[1].assessment.organisation.delete()
    lines = {line["Client"]: line for line in lines_of(run_task(bundle))}
    assert lines["'=SUM(A1)"]["State"] == "Deleted"
    assert len(inside(bundle)) == 2


def test_a_report_whose_file_is_gone_is_made_again_first(bundle: Bundle) -> None:
    make_all_ready(bundle)
    first, _ = (item.report for item in bundle.items.all())
    assert first
    storage.delete_file(first.file)

    assert run_task(bundle).state == ReportState.QUEUED
    assert bundles.claim_bundle(bundle_id=bundle.pk, now=timezone.now() + timedelta(hours=1)) is None
    make_ready(first)
    assert run_task(bundle).state == ReportState.READY
    assert len(inside(bundle)) == 3


def test_a_report_that_is_made_again_since_the_claim_is_waited_for(bundle: Bundle) -> None:
    make_all_ready(bundle)
    claim = bundles.claim_bundle(bundle_id=bundle.pk, now=timezone.now())
    first, _ = (item.report for item in bundle.items.all())
    assert claim
    assert first
    services.make_again(report=first, requested_by=first.requested_by, now=timezone.now())
    making.assemble_bundle(claim)

    bundle.refresh_from_db()
    assert bundle.state == ReportState.QUEUED
    make_ready(first)
    assert run_task(bundle).state == ReportState.READY
    assert len(inside(bundle)) == 3


def test_a_worker_killed_in_the_middle_is_followed_by_the_next_once(bundle: Bundle) -> None:
    make_all_ready(bundle)
    now = timezone.now()
    killed = bundles.claim_bundle(bundle_id=bundle.pk, now=now)
    assert killed
    assert bundles.sweep_bundles(now=now) == 0
    assert bundles.sweep_bundles(now=now + lifecycle.lease() * 2) == 1
    next_one = bundles.claim_bundle(bundle_id=bundle.pk, now=now + lifecycle.lease() * 2)
    assert next_one
    making.assemble_bundle(next_one)
    making.assemble_bundle(killed)

    bundle.refresh_from_db()
    assert (bundle.state, bundle.attempts, bundle.lost_leases) == (ReportState.READY, 0, 1)
    assert default_storage.listdir(storage.BUNDLES)[1].count(bundle.file.removeprefix("bundles/")) == 1


def test_who_comes_too_late_leaves_no_file(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    make_all_ready(bundle)
    kept = storage.store_zip
    names = []

    def slowly(**given: Any) -> Any:
        stored = kept(**given)
        names.append(stored.name)
        Bundle.objects.filter(pk=bundle.pk).update(token=uuid4())
        return stored

    monkeypatch.setattr(storage, "store_zip", slowly)
    assert run_task(bundle).state == ReportState.RENDERING
    assert not default_storage.exists(names[0])


def test_a_full_disk_fails_after_three_attempts_and_can_be_asked_again(
    bundle: Bundle, consultancy: Organisation, consultant: User, results: list[Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: Any) -> None:
        raise OSError(28, "No space left on device")

    make_all_ready(bundle)
    monkeypatch.setattr(storage, "store_zip", full)
    states = [run_task(bundle).state for _ in range(MOST_ATTEMPTS + 1)]
    assert states == [ReportState.QUEUED, ReportState.QUEUED, ReportState.FAILED, ReportState.FAILED]
    assert bundle.error == ReportError.STORAGE
    monkeypatch.undo()
    assert run_task(ask(consultancy, results, consultant)).state == ReportState.READY


def test_a_worker_is_told_of_a_bundle_that_is_retried(
    bundle: Bundle, consultant: User, notifications: list[UUID], django_capture_on_commit_callbacks: Any
) -> None:
    make_all_ready(bundle)
    run_task(bundle)
    with django_capture_on_commit_callbacks(execute=True):
        bundles.retry_bundle(bundle=bundle, requested_by=consultant, now=timezone.now())
        assert notifications == []
    assert notifications == [bundle.pk]


def test_a_bundle_that_waits_is_not_retried(
    bundle: Bundle, consultant: User, notifications: list[UUID], django_capture_on_commit_callbacks: Any
) -> None:
    asked_at = bundle.requested_at
    with django_capture_on_commit_callbacks(execute=True):
        bundles.retry_bundle(bundle=bundle, requested_by=consultant, now=timezone.now() + timedelta(hours=1))
    bundle.refresh_from_db()
    assert (bundle.requested_at, notifications) == (asked_at, [])


def test_one_lost_too_often_fails_for_good(bundle: Bundle) -> None:
    make_all_ready(bundle)
    now = timezone.now()
    for _ in range(MOST_LOST_LEASES + 1):
        assert bundles.claim_bundle(bundle_id=bundle.pk, now=now)
        now += lifecycle.lease() * 2
    bundles.sweep_bundles(now=now)
    bundle.refresh_from_db()
    assert (bundle.state, bundle.error) == (ReportState.FAILED, ReportError.STOPPED)


def test_never_more_than_a_piece_of_a_report_is_in_memory(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reports have 40 MB in total."""
    opened = storage.open_file
    most: list[int] = []

    class Watched:
        def __init__(self, name: str) -> None:
            self._file = opened(name)

        def read(self, size: int) -> bytes:
            most.append(size)
            return self._file.read(size)

        def __enter__(self) -> "Watched":
            return self

        def __exit__(self, *_: object) -> None:
            self._file.close()

    for item in bundle.items.all():
        assert item.report
        make_ready(item.report, b"x" * 20_000_000)
    monkeypatch.setattr(storage, "open_file", Watched)
    tracemalloc.start()
    try:
        run_task(bundle)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert bundle.state == ReportState.READY
    assert max(most) == making.CHUNK_BYTES
    assert peak < 10_000_000


def test_kept_for_seven_days_with_its_file(bundle: Bundle) -> None:
    make_all_ready(bundle)
    file = run_task(bundle).file
    assert bundles.delete_outlived_bundles(now=timezone.now() + timedelta(days=6)) == 0
    assert bundles.delete_outlived_bundles(now=timezone.now() + timedelta(days=7, minutes=1)) == 1
    assert not default_storage.exists(file)
    assert not BundleItem.objects.exists()
    assert Report.objects.count() == 2


def test_files_of_bundles_without_a_row_are_deleted(bundle: Bundle) -> None:
    make_all_ready(bundle)
    kept = run_task(bundle).file
    with default_storage.open(kept) as content:
        left = storage.store_zip(content=content, token=uuid4(), file_name="left.zip").name
    services.delete_orphan_files(now=timezone.now() + ORPHAN_AFTER * 2)
    assert default_storage.exists(kept)
    assert not default_storage.exists(left)


def test_the_database_refuses_half_a_state_and_a_client_twice(bundle: Bundle) -> None:
    item = bundle.items.all()[0]
    for wrong in ({"state": "ready"}, {"state": "failed"}, {"state": "rendering"}, {"progress": 101}, {"state": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Bundle.objects.filter(pk=bundle.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        BundleItem.objects.create(bundle=bundle, client=item.client, client_name="Twice")
