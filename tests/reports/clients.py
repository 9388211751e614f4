"""A consultancy with clients, their results, and reports with placeholder files."""

from datetime import datetime
from zipfile import ZipFile

from django.core.files.storage import default_storage
from django.http import HttpResponseBase
from django.utils import timezone

from accounts.models import AccessLevel, Organisation, User
from assessments.models import Result
from reports import services, storage
from reports.bundles import services as bundles
from reports.models import Bundle, Report, ReportError
from reports.queue import lifecycle
from reports.worker.rendering import render
from tests.factories import EngagementFactory, OrganisationFactory
from tests.runs import finished_run


def client_of(consultancy: Organisation, name: str, level: AccessLevel = AccessLevel.REVIEW) -> Organisation:
    client = OrganisationFactory.create(name=name)
    EngagementFactory.create(consultancy=consultancy, client=client, level=level)
    return client


def result_of(consultancy: Organisation, name: str) -> Result:
    return finished_run(client_of(consultancy, name))


def ask(consultancy: Organisation, results: list[Result], requested_by: User, now: datetime | None = None) -> Bundle:
    return bundles.request_bundle(
        consultancy=consultancy,
        results=results,
        requested_by=requested_by,
        language="en-gb",
        now=now or timezone.now(),
    )


def make_ready(report: Report, content: bytes = b"") -> None:
    claim = services.claim(report_id=report.pk, now=timezone.now())
    assert claim
    content = content or f"%PDF-1.7 {report.result.assessment.organisation.name}".encode()
    stored = storage.store(content=content, token=claim.token, file_name="a.pdf")
    assert services.finish(claim=claim, stored=stored, pages=3, now=timezone.now())


def make_with_its_bytes(report: Report) -> None:
    """As a worker makes it: the file is the real one."""
    claim = services.claim(report_id=report.pk, now=timezone.now())
    assert claim
    render(claim)


def make_all_ready(bundle: Bundle) -> None:
    for item in bundle.items.all():
        assert item.report
        make_ready(item.report)


def fail_for_good(report: Report, error: ReportError) -> None:
    for _ in range(3):
        claim = services.claim(report_id=report.pk, now=timezone.now())
        assert claim
        lifecycle.fail_attempt(claim=claim, error=error, now=timezone.now())


def inside(bundle: Bundle) -> dict[str, bytes]:
    with default_storage.open(bundle.file) as file, ZipFile(file) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def shut(answer: HttpResponseBase) -> None:
    """Closes the file of a response. `response.close()` would end the test's transaction, too."""
    for close in answer._resource_closers:  # type: ignore[attr-defined]
        close()
