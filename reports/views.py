"""Asking for a report, waiting for it, getting it."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest, actor_of
from reports.access import may_ask, report_ask, report_read, result_for_report
from reports.file_views import requested_format, requested_kind, send_file, show_status
from reports.page import report_page
from reports.queries import kinds_for
from reports.services import make_again, record_download, request_report, retry_report


@require_POST
def ask(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The report of an assessment's result: the existing one, or a new one. `pk` is the assessment's.

    The fields `kind` and `format` name what it is; without them it is the owner's report as a PDF.
    """
    result = result_for_report(request.user, pk)
    report = request_report(
        result=result,
        requested_by=request.user,
        language=get_language() or "en-gb",
        now=timezone.now(),
        kind=requested_kind(request, among=kinds_for(result.assessment.organisation_id, result)),
        report_format=requested_format(request),
    )
    return redirect("report", pk=report.pk)


@require_safe
@never_cache
def status(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """How far the report is. htmx polls the changing part, and gets nothing while it has not changed."""
    report = report_read(request.user, pk)
    return show_status(
        request,
        report_page(report, can_retry=may_ask(report)),
        template="reports/status.html",
        part="reports/_status.html",
        organisation=report.result.assessment.organisation,
        report=report,
    )


@require_safe
@never_cache
def download(request: SignedInRequest, pk: UUID) -> HttpResponseBase:
    report = report_read(request.user, pk)
    return send_file(
        request,
        report,
        status_page="report",
        make_again=partial(make_again, report=report, requested_by=request.user, now=timezone.now()),
        record_download=partial(record_download, report=report, by=actor_of(request)),
    )


@require_POST
def retry(request: SignedInRequest, pk: UUID) -> HttpResponse:
    report = report_ask(request.user, pk)
    retry_report(report=report, requested_by=request.user, now=timezone.now())
    return redirect("report", pk=pk)
