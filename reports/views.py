"""Asking for a report, waiting for it, getting it."""

from functools import partial
from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest, actor_of
from reports.access import may_ask, report_ask, report_of, report_read, result_for_report
from reports.file_views import requested_format, requested_kind, send_file, show_status
from reports.formats.data_file.schema import published_schema
from reports.limits import CancelledTooOften, RetriedTooOften
from reports.models import ReportState
from reports.page import report_page
from reports.queries import kinds_for
from reports.queue.cancelling import cancel_report, may_cancel
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
        report_page(
            report,
            can_retry=may_ask(report),
            can_cancel=may_ask(report) and may_cancel(report, request.user),
            now=timezone.now(),
        ),
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
    """One that failed, with three new attempts, so often in a day."""
    report = report_ask(request.user, pk)
    if report.state == ReportState.FAILED and not ratelimit.consume(
        request, action="retry_report", key=f"{pk} {request.user.pk}"
    ):
        raise RetriedTooOften
    retry_report(report=report, requested_by=request.user, now=timezone.now())
    return redirect("report", pk=pk)


@require_POST
def cancel(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A report that is not ready yet. `pk` is the assessment's, so that a second click finds where to lead."""
    result = result_for_report(request.user, pk)
    report = report_of(result, request.POST.get("report", ""))
    if report and not ratelimit.consume(request, action="cancel_report"):
        raise CancelledTooOften
    if report and not cancel_report(report=report, by=request.user, now=timezone.now()):
        messages.info(request, _("It was not cancelled: it is ready, or somebody else counts on it."))
        return redirect("report", pk=report.pk)
    messages.success(request, _("Cancelled. You can ask for the report again at any time."))
    return redirect("result", pk=pk)


@login_not_required
@require_safe
def report_schema(request: HttpRequest) -> HttpResponse:
    """What stands in a report as JSON, for programs."""
    return HttpResponse(published_schema(), content_type="application/schema+json")
