"""What somebody with a link opens, without an account: one report, and no other page of the organisation."""

from typing import TypeVar

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.sign_in.rate_limits import rate_limited
from reports.file_views import file_response
from reports.models import ReportState, ShareLink
from reports.services import make_again
from reports.share_links.access import share_link_with_key
from reports.share_links.pages import shared_report_page
from reports.share_links.services import count_download, count_view
from reports.storage import open_file

Response = TypeVar("Response", bound=HttpResponseBase)
TRY_AGAIN_SECONDS = 60


@login_not_required
@require_safe
@never_cache
@rate_limited("shared_report", reading=True)
def shared_report(request: HttpRequest, key: str) -> HttpResponse:
    """Who shares what, until when, and the button. It has no form and sets no cookie."""
    link = share_link_with_key(key, timezone.now())
    if link is None:
        return _gone(request)
    if request.method == "GET":
        count_view(link=link)
    return _unlisted(render(request, "share_links/shared.html", {"shared": shared_report_page(link), "key": key}))


@login_not_required
@require_safe
@never_cache
@rate_limited("shared_report", reading=True)
def shared_report_download(request: HttpRequest, key: str) -> HttpResponseBase:
    """The file. One that is missing from the storage is made again, and the page says to come back."""
    link = share_link_with_key(key, timezone.now())
    if link is None:
        return _gone(request)
    report = link.report
    if report.state != ReportState.READY:
        return _come_back(request, link, key)
    try:
        file = open_file(report.file)
    except FileNotFoundError:
        make_again(report=report, requested_by=report.requested_by, now=timezone.now())
        report.refresh_from_db(fields=["state"])
        return _come_back(request, link, key)
    if request.method == "GET":
        count_download(link=link)
    return _unlisted(file_response(file, report))


def _gone(request: HttpRequest) -> HttpResponse:
    """The same bytes for a key that is over or revoked and for one that never was."""
    return _unlisted(render(request, "share_links/gone.html", status=404))


def _come_back(request: HttpRequest, link: ShareLink, key: str) -> HttpResponse:
    response = render(
        request, "share_links/come_back.html", {"shared": shared_report_page(link), "key": key}, status=202
    )
    response["Retry-After"] = str(TRY_AGAIN_SECONDS)
    return _unlisted(response)


def _unlisted(response: Response) -> Response:
    """For no search engine; and no other site learns the address from a link that is followed."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response
