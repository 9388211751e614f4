"""The sample report: true figures, made by a worker alone, handed out to everybody."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from assessments.bank.types import Edition
from assessments.models import EditionRow, Result
from assessments.scoring.stored import dump_result
from reports.demo import make_demo
from reports.formats.renderer import RenderedReport
from reports.landing import page as landing_pages
from reports.sample import file as samples
from reports.sample.file import delete_former_samples, make_sample_report, sample_content, sample_report
from reports.sample.result import sample_day, sample_source

pytestmark = pytest.mark.django_db
ADDRESS = "/sample-report/"


@pytest.fixture(autouse=True)
def storage(settings: LazySettings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    settings.MFA_REQUIRED = "nobody"
    sample_content.cache_clear()
    return tmp_path


@pytest.fixture
def quickly_made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Who was drawn; a real one is made in the browser tests of `./run`."""
    drawn: list[str] = []

    def draw(document: object) -> RenderedReport:
        drawn.append(str(document.title))  # type: ignore[attr-defined]
        return RenderedReport(b"%PDF-1.7 sample", 1)

    monkeypatch.setattr(samples, "renderer_of", lambda report_format: draw)
    return drawn


def today() -> date:
    return timezone.now().date()


def name_today() -> str:
    report = sample_report(today())
    assert report is not None
    return report.stored_as


def test_its_figures_are_those_of_the_demo_on_the_same_day(edition_row: EditionRow, edition: Edition) -> None:
    make_demo(now=datetime(2027, 1, 10, 9, 0, tzinfo=UTC))
    stored = Result.objects.get()
    source = sample_source(edition, stored.finished_at.date(), "en-gb")
    assert source is not None
    outcome = stored.outcome
    assert {name: outcome[name] for name in dump_result(source.outcome)} == dump_result(source.outcome)


def test_a_bank_that_asks_other_things_has_none(edition: Edition) -> None:
    others = replace(edition, questions=tuple(replace(own, id=f"X{own.id}") for own in edition.questions))
    assert sample_source(others, date(2026, 12, 1), "en-gb") is None


def test_it_is_of_this_month_and_no_older_than_the_law(edition: Edition) -> None:
    older = replace(edition, law_status_as_of=date(2026, 11, 21))
    assert sample_day(older, date(2027, 2, 27)) == date(2027, 2, 1)
    assert sample_day(older, date(2026, 11, 30)) == date(2026, 11, 21)


def test_a_worker_makes_it_once(edition_row: EditionRow, quickly_made: list[str]) -> None:
    assert make_sample_report(today())
    assert not make_sample_report(today())
    assert len(quickly_made) == 1
    assert default_storage.exists(name_today())


def test_of_two_workers_at_once_one_files_it(
    edition_row: EditionRow, quickly_made: list[str], monkeypatch: pytest.MonkeyPatch, storage: Path
) -> None:
    make_sample_report(today())
    monkeypatch.setattr(default_storage, "exists", lambda name: False)
    make_sample_report(today())
    assert len(quickly_made) == 2
    assert len([path for path in storage.rglob("*") if path.is_file()]) == 1


def test_opening_it_makes_nobody_work(client: Client, edition_row: EditionRow, quickly_made: list[str]) -> None:
    page = client.get(ADDRESS)
    assert page.status_code == 200
    assert "is being made" in page.content.decode()
    assert not page.has_header("ETag")
    assert quickly_made == []


def test_everybody_gets_the_file(client: Client, edition_row: EditionRow, quickly_made: list[str]) -> None:
    make_sample_report(today())
    answer = client.get(ADDRESS)
    assert answer.content == b"%PDF-1.7 sample"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith('inline; filename="Boulangerie-du-Quai-report-')
    assert answer["Cache-Control"] == "public, max-age=3600"
    again = client.get(ADDRESS, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head(ADDRESS).status_code == 200


def test_the_storage_is_read_once(
    client: Client, edition_row: EditionRow, quickly_made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_sample_report(today())
    client.get(ADDRESS)
    monkeypatch.setattr(samples, "open_file", lambda name: pytest.fail("it was read again"))
    assert client.get(ADDRESS).content == b"%PDF-1.7 sample"


def test_former_ones_are_deleted_later(edition_row: EditionRow, quickly_made: list[str]) -> None:
    later = timezone.now() + timedelta(hours=2)
    make_sample_report(later.date())
    former = default_storage.save("samples/former.pdf", ContentFile(b"%PDF"))
    delete_former_samples(timezone.now())
    assert default_storage.exists(former)
    delete_former_samples(later)
    assert not default_storage.exists(former)
    present = sample_report(later.date())
    assert present
    assert default_storage.exists(present.stored_as)


def test_without_a_bank_there_is_a_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (samples, landing_pages):
        monkeypatch.setattr(module, "newest_offered_or_none", lambda: None)
    assert sample_report(today()) is None
    assert not make_sample_report(today())
    assert "There is none" in client.get(ADDRESS).content.decode()
