"""A second format needs no change to anything but the registry and the constraint that lists the formats."""

import csv
import io
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from accounts.constraints import one_of
from accounts.models import Organisation, User
from assessments.models import EditionRow, Result
from reports import services, tasks
from reports.bundles import services as bundles
from reports.formats.registry import PDF, REPORT_FORMATS, UnknownReportFormat, format_of
from reports.formats.renderer import renderer_of
from reports.models import Bundle, Report, ReportState
from tests.factories import ConsultancyFactory, member
from tests.reports.clients import result_of
from tests.reports.plain_text import PLAIN_TEXT
from tests.runs import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def plain_text(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Registered, and known to the database as by the migration that a new format brings."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite changes no constraint inside a transaction")
    (known,) = (each for each in Report._meta.constraints if each.name == "report_format_known")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Report, known)
        editor.add_constraint(Report, one_of("report_format_known", "format", [*REPORT_FORMATS, PLAIN_TEXT.code]))
    monkeypatch.setitem(REPORT_FORMATS, PLAIN_TEXT.code, PLAIN_TEXT)


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    def notify(pk: UUID) -> bool:
        return True

    monkeypatch.setattr(services, "notify_worker", notify)
    monkeypatch.setattr(bundles, "notify_worker_of_bundle", notify)


@pytest.fixture
def consultancy(plain_text: None, edition_row: EditionRow) -> Organisation:
    return ConsultancyFactory.create(name="Haddad Advice")


@pytest.fixture
def consultant(consultancy: Organisation) -> User:
    return member(consultancy)


@pytest.fixture
def result(consultancy: Organisation) -> Result:
    return result_of(consultancy, "Bakery")


@pytest.fixture
def signed_in(client: Client, consultant: User) -> Client:
    client.force_login(consultant)
    return client


def rendered(report: Report) -> Report:
    tasks.render_report(str(report.pk))
    report.refresh_from_db()
    return report


def test_it_is_asked_for_made_and_stored(signed_in: Client, result: Result) -> None:
    url = reverse("report_request", args=[result.assessment_id])
    signed_in.post(url, {"format": "text"})
    signed_in.post(url, {"format": "text"})

    report = rendered(Report.objects.get())

    assert (report.format, report.state, report.pages) == ("text", ReportState.READY, None)
    assert report.file_name == "Bakery-report-2026-11-21.txt"
    assert report.file.startswith("reports/")
    assert report.file.endswith(".txt")
    with default_storage.open(report.file) as file:
        assert file.read().decode() == "Privacy and security self-assessment of Bakery\n2026-11-21\n"


def test_the_status_page_tells_its_format_and_no_pages(signed_in: Client, result: Result) -> None:
    report = rendered(ask(result))
    page = signed_in.get(reverse("report", args=[report.pk])).content.decode()
    assert "Plain text, 58\xa0bytes" in page
    assert "PDF" not in page


def test_it_is_downloaded_under_its_name_as_what_it_is(signed_in: Client, result: Result) -> None:
    answer: Any = signed_in.get(reverse("report_download", args=[rendered(ask(result)).pk]))
    assert answer.getvalue().startswith(b"Privacy and security")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Bakery-report-2026-11-21.txt"'


def test_beside_it_the_same_result_has_a_pdf_of_its_own(result: Result) -> None:
    text = ask(result)
    pdf = services.request_report(result=result, requested_by=result.finished_by, language="en-gb", now=NOW)
    assert (text.format, pdf.format) == ("text", "pdf")
    assert ask(result) == text


def test_a_bundle_of_it_has_its_files_and_a_list_without_pages(
    signed_in: Client, consultancy: Organisation, result: Result
) -> None:
    client_pk = result.assessment.organisation_id
    signed_in.post(reverse("bundle_request", args=[consultancy.pk]), {"client": [client_pk], "format": "text"})
    bundle = Bundle.objects.get()
    rendered(Report.objects.get())
    tasks.make_bundle(str(bundle.pk))

    answer: Any = signed_in.get(reverse("bundle_download", args=[bundle.pk]))
    with ZipFile(io.BytesIO(answer.getvalue())) as archive:
        assert set(archive.namelist()) == {"Bakery-report-2026-11-21.txt", "index.csv"}
        index = archive.read("index.csv").decode("utf-8-sig")
    (line,) = csv.DictReader(io.StringIO(index, newline=""))
    assert (line["File"], line["State"]) == ("Bakery-report-2026-11-21.txt", "Ready")
    assert "Pages" not in line


def test_the_database_counts_no_pages_where_there_are_none(result: Result) -> None:
    report = rendered(ask(result))
    with pytest.raises(IntegrityError, match="report_pages_exactly_when_ready_and_paged"), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(pages=3)


def test_an_unknown_format_is_missing(signed_in: Client, consultancy: Organisation, result: Result) -> None:
    client_pk = result.assessment.organisation_id
    answers: list[HttpResponseBase] = [
        signed_in.post(reverse("report_request", args=[result.assessment_id]), {"format": "papyrus"}),
        signed_in.post(reverse("bundle_request", args=[consultancy.pk]), {"client": [client_pk], "format": "papyrus"}),
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert not Report.objects.exists()


def test_every_format_has_a_code_a_suffix_and_a_renderer() -> None:
    assert REPORT_FORMATS["pdf"] is PDF is format_of("pdf")
    for code, each in REPORT_FORMATS.items():
        assert code == each.code
        assert each.suffix.startswith(".")
        assert callable(renderer_of(each))
    with pytest.raises(UnknownReportFormat):
        format_of("papyrus")


def ask(result: Result) -> Report:
    return services.request_report(
        result=result, requested_by=result.finished_by, language="en-gb", now=NOW, report_format=PLAIN_TEXT
    )
