"""Finished reports and their signed files, as a person gets them."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Result
from reports import services, storage
from reports.models import Report

CONTENT = b"%PDF-1.7 a report of one line"
NAME = "Boulangerie Lumière-assessment-2026-11-21.pdf"


def ready_report(result: Result, content: bytes = CONTENT) -> Report:
    report = services.request_report(
        result=result, requested_by=result.finished_by, language="en-gb", now=timezone.now()
    )
    claim = services.claim(report_id=report.pk, now=timezone.now())
    assert claim
    stored = storage.store(content=content, token=claim.token, file_name=NAME)
    services.finish(claim=claim, stored=stored, pages=1, now=timezone.now())
    report.refresh_from_db()
    return report


def client_of(result: Result) -> Client:
    client = Client()
    client.force_login(result.finished_by)
    return client


def signed_file(report: Report, content: str = "answers") -> bytes:
    answer = client_of(report.result).get(reverse("signed_report", args=[report.pk]), {"content": content})
    assert answer.status_code == 200, answer.content
    return answer.content


def sent(signed: bytes, report: bytes | None = None) -> Any:
    """The page that says what checking them found; by somebody without an account."""
    files = {"signed": SimpleUploadedFile("a.evenkeel.json", signed)}
    if report is not None:
        files["report"] = SimpleUploadedFile("a.pdf", report)
    return Client().post(reverse("verify"), files)
