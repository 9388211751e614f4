"""What the views of reports and of bundles share: asking for a kind and a format, waiting for a file, getting it."""

from collections.abc import Callable, Iterable
from typing import IO, Protocol
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.models import Organisation
from reports.formats.registry import PDF, ReportFormat, UnknownReportFormat, format_of
from reports.kinds.registry import OWNER, ReportKind
from reports.models import MadeFile, ReportState
from reports.storage import open_file

PART = "reports/_part_with_title.html"
"""Shows the template `part` of its context."""


class StatusPage(Protocol):
    """`seen` names what the page shows, so that the browser can ask for changes."""

    @property
    def seen(self) -> str: ...


def requested_format(request: HttpRequest) -> ReportFormat:
    """The field `format`, PDF without one; 404 for an unknown format."""
    try:
        return format_of(request.POST.get("format", PDF.code))
    except UnknownReportFormat as unknown:
        raise Http404 from unknown


def requested_kind(request: HttpRequest, *, among: Iterable[ReportKind]) -> ReportKind:
    """The field `kind`, the owner's report without one; 404 for one that is not among those offered."""
    code = request.POST.get("kind", OWNER.code)
    found = next((each for each in among if each.code == code), None)
    if found is None:
        raise Http404
    return found


def show_status(
    request: HttpRequest, page: StatusPage, *, template: str, part: str, organisation: Organisation, **more: object
) -> HttpResponse:
    """The page, or for htmx its changing `part`; an empty 204 if the browser shows the current state already.

    `more` is what else the templates need.
    """
    if request.GET.get("seen") == page.seen:
        return HttpResponse(status=204)
    chosen = PART if request.headers.get("HX-Request") else template
    return render(request, chosen, {"page": page, "organisation": organisation, "part": part, **more})


def send_file(
    request: HttpRequest,
    made: MadeFile,
    *,
    status_page: str,
    make_again: Callable[[], None],
    record_download: Callable[[], None],
) -> HttpResponseBase:
    """The file, or a redirect to `status_page` (a URL name). A file missing from the storage is generated again."""
    pk: UUID = made.pk
    if made.state != ReportState.READY:
        return redirect(status_page, pk=pk)
    try:
        file = open_file(made.file)
    except FileNotFoundError:
        make_again()
        return redirect(status_page, pk=pk)
    if request.method == "GET":
        record_download()
    return file_response(file, made)


def file_response(file: IO[bytes], made: MadeFile) -> FileResponse:
    """The opened file of a ready row, to be saved under its name."""
    response = FileResponse(file, as_attachment=True, filename=made.file_name, content_type=made.media_type)
    response["Content-Length"] = str(made.size)
    response["ETag"] = f'"{made.sha256}"'
    return response
