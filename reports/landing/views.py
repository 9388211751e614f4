"""Pages for everybody: what Evenkeel is, and a whole report to look at."""

from pathlib import PurePosixPath

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from reports.formats.registry import PDF
from reports.landing.page import landing_page
from reports.sample.file import SampleReport, sample_content, sample_report


@login_not_required
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("home")
    return render(request, "landing.html", {"page": landing_page(timezone.now().date())})


@login_not_required
@require_safe
def show_sample_report(request: HttpRequest) -> HttpResponseBase:
    """The PDF; until a worker has made it, a page with what the first page shows of it."""
    today = timezone.now().date()
    report = sample_report(today)
    if report is not None:
        try:
            return _pdf(request, report)
        except FileNotFoundError:
            pass
    return render(request, "sample_report.html", {"page": landing_page(today)})


def _pdf(request: HttpRequest, report: SampleReport) -> HttpResponseBase:
    etag = f'"{PurePosixPath(report.stored_as).stem}"'
    headers = {
        "Cache-Control": "public, max-age=3600",
        "Content-Disposition": content_disposition_header(False, report.file_name) or "inline",
        "ETag": etag,
    }
    answer = HttpResponse(sample_content(report.stored_as), content_type=PDF.media_type, headers=headers)
    return get_conditional_response(request, etag, response=answer) or answer
