"""Asking for a report, waiting for it, getting it."""

from uuid import UUID

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest, actor_of
from reports.access import may_ask, report_ask, report_read, result_for_report
from reports.models import ReportState
from reports.page import report_page
from reports.services import make_again, record_download, request_report, retry_report
from reports.storage import open_file


@require_POST
def ask(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The report of an assessment's result: the one there is, or a new one. `pk` is the assessment's."""
    result = result_for_report(request.user, pk)
    report = request_report(
        result=result, requested_by=request.user, language=get_language() or "en-gb", now=timezone.now()
    )
    return redirect("report", pk=report.pk)


@require_safe
@never_cache
def status(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Where the report is. htmx asks for news of the changing part, and gets nothing while there is none."""
    report = report_read(request.user, pk)
    page = report_page(report, can_retry=may_ask(report))
    if request.GET.get("seen") == page.seen:
        return HttpResponse(status=204)
    template = "reports/_status.html" if request.headers.get("HX-Request") else "reports/status.html"
    return render(request, template, {"page": page, "organisation": report.result.assessment.organisation})


@require_safe
@never_cache
def download(request: SignedInRequest, pk: UUID) -> HttpResponseBase:
    """The file, or the page to wait on. A file that is gone from the storage is made again."""
    report = report_read(request.user, pk)
    if report.state != ReportState.READY:
        return redirect("report", pk=pk)
    try:
        file = open_file(report.file)
    except FileNotFoundError:
        make_again(report=report, requested_by=request.user, now=timezone.now())
        return redirect("report", pk=pk)
    if request.method == "GET":
        record_download(report=report, by=actor_of(request))
    response = FileResponse(file, as_attachment=True, filename=report.file_name, content_type="application/pdf")
    response["Content-Length"] = str(report.size)
    response["ETag"] = f'"{report.sha256}"'
    return response


@require_POST
def retry(request: SignedInRequest, pk: UUID) -> HttpResponse:
    report = report_ask(request.user, pk)
    retry_report(report=report, requested_by=request.user, now=timezone.now())
    return redirect("report", pk=pk)
