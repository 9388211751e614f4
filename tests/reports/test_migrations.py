"""Reports and bundles made before there were formats and kinds are workings as PDFs, and keep working."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse

from accounts.models import Organisation
from assessments.models import EditionRow, Result
from reports import services
from reports.kinds.registry import WORKINGS
from reports.models import Bundle, Report
from tests.factories import ConsultancyFactory, member
from tests.migrating import empty_tables, migrate, newest
from tests.reports.clients import result_of
from tests.runs import NOW

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

BEFORE, AFTER = ("reports", "0002_bundles_and_looks"), newest("reports")


@pytest.fixture
def consultancy(edition_row: EditionRow) -> Organisation:
    return ConsultancyFactory.create()


@pytest.fixture
def result(consultancy: Organisation) -> Result:
    return result_of(consultancy, "Bakery")


@pytest.fixture
def before(result: Result) -> Iterator[Any]:
    """Whatever a test does, the tests after it find the newest tables."""
    yield migrate(BEFORE)
    migrate(AFTER)
    if connection.vendor == "sqlite":
        empty_tables()


def test_rows_from_before_are_pdfs_and_keep_working(
    before: Any, client: Client, consultancy: Organisation, result: Result
) -> None:
    asked = {"requested_by_id": result.finished_by_id, "requested_at": NOW}
    of_result = {"result_id": result.pk, "template_version": services.TEMPLATE_VERSION, **asked}
    name = default_storage.save(f"reports/{uuid4().hex}.pdf", ContentFile(b"%PDF-1.7"))
    file = {"state": "ready", "file": name, "file_name": "a.pdf", "sha256": "0" * 64, "size": 8, "ready_at": NOW}
    old = before.get_model("reports", "Report").objects
    ready = old.create(language="en-gb", pages=3, **file, **of_result)
    waiting = old.create(language="fr", rung_at=NOW, **of_result)
    failed = old.create(language="de", state="failed", error="time", attempts=3, **of_result)
    bundle = before.get_model("reports", "Bundle").objects.create(consultancy_id=consultancy.pk, **file, **asked)
    bundle.items.create(report=ready, client=result.assessment.organisation_id, client_name="Bakery")

    migrate(AFTER)

    assert set(Report.objects.values_list("pk", "kind", "format", "pages", "notified_at")) == {
        (ready.pk, "workings", "pdf", 3, None),
        (waiting.pk, "workings", "pdf", None, NOW),
        (failed.pk, "workings", "pdf", None, None),
    }
    again = services.request_report(
        result=result, requested_by=result.finished_by, language="en-gb", now=NOW, kind=WORKINGS
    )
    assert again.pk == ready.pk
    assert services.claim(report_id=waiting.pk, now=NOW + timedelta(minutes=1)) is not None
    assert Bundle.objects.get(pk=bundle.pk).items.get().report_id == ready.pk
    client.force_login(member(consultancy))
    answer: Any = client.get(reverse("report_download", args=[ready.pk]))
    assert (answer.headers["Content-Type"], answer.getvalue()) == ("application/pdf", b"%PDF-1.7")
    with pytest.raises(IntegrityError):
        Report.objects.filter(pk=ready.pk).update(pages=None)
    default_storage.delete(name)


def test_the_way_back_keeps_them_too(before: Any, result: Result) -> None:
    migrate(AFTER)
    report = services.request_report(
        result=result, requested_by=result.finished_by, language="en-gb", now=NOW, kind=WORKINGS
    )
    Report.objects.filter(pk=report.pk).update(notified_at=NOW)
    old = migrate(BEFORE).get_model("reports", "Report")
    assert old.objects.get(pk=report.pk).rung_at == NOW
