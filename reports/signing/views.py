"""A report's signed file, the public keys, and the page on which anybody checks both."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest, actor_of
from accounts.sign_in.rate_limits import one_at_a_time, rate_limited
from accounts.views.form_pages import form_methods
from assessments.forms.errors import error_links
from assessments.signed_assessment.canonical import UnreadableFile
from reports.access import report_read
from reports.models import ReportState
from reports.signing.forms import CheckFileForm, SignedFileForm
from reports.signing.keys import published_keys
from reports.signing.page import checked_page
from reports.signing.services import record_signed_download, sign_report, signed_name


@require_safe
@never_cache
@one_at_a_time
def signed_report(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The signed file; `content` says what goes into it."""
    report = report_read(request.user, pk, with_data=True)
    form = SignedFileForm(request.GET)
    if not form.is_valid():
        raise Http404
    if report.state != ReportState.READY:
        return redirect("report", pk=pk)
    content = sign_report(report=report, content=form.chosen(), now=timezone.now())
    if request.method == "GET":
        record_signed_download(report=report, content=form.chosen(), by=actor_of(request))
    disposition = content_disposition_header(True, signed_name(report)) or "attachment"
    return HttpResponse(content, content_type="application/json", headers={"Content-Disposition": disposition})


@login_not_required
@require_safe
@cache_control(public=True, max_age=300)
def signing_keys(request: HttpRequest) -> HttpResponse:
    return JsonResponse(published_keys(), headers={"Access-Control-Allow-Origin": "*"})


@rate_limited("verify_file")
@login_not_required
@never_cache
@form_methods
def verify(request: HttpRequest) -> HttpResponse:
    """Nothing of what is sent here is kept."""
    form = CheckFileForm(request.POST, request.FILES) if request.method == "POST" else CheckFileForm()
    checked = None
    if form.is_valid():
        signed, report = form.cleaned_data["signed"], form.cleaned_data["report"]
        try:
            checked = checked_page(signed.read(), report.read() if report else None, timezone.now())
        except UnreadableFile as problem:
            form.add_error("signed", str(problem))
    context = {"form": form, "errors": error_links(form), "checked": checked}
    return render(request, "reports/signing/verify.html", context, status=422 if form.errors else 200)
