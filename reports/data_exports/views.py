"""Asking for a file with all data, waiting for it, getting it: one's own, or an owner's of the organisation."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import organisation_for
from accounts.people_data.own_terms import downloads_kept
from accounts.people_data.terms import kept_for
from accounts.permissions import Capability
from accounts.requests import SignedInRequest, actor_of
from reports.data_exports.access import export_read, is_out_of_reach
from reports.data_exports.page import export_page
from reports.data_exports.services import record_export_download, request_export, retry_export
from reports.file_views import PART, send_file

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@form_methods
def own_data(request: SignedInRequest) -> HttpResponse:
    """What is stored about the person."""
    if request.method == "POST":
        export = request_export(organisation=None, requested_by=request.user, now=timezone.now())
        return redirect("data_export", pk=export.pk)
    return render(request, "reports/data_export_ask.html", {"days": kept_for("downloads").days})


@form_methods
def organisation_data(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """What is stored about the organisation, for its owners."""
    organisation = organisation_for(request.user, pk, Capability.MANAGE_ORGANISATION).organisation
    if request.method == "POST":
        export = request_export(organisation=organisation, requested_by=request.user, now=timezone.now())
        return redirect("data_export", pk=export.pk)
    context = {"organisation": organisation, "days": downloads_kept(organisation.pk, timezone.now()).days}
    return render(request, "reports/data_export_ask.html", context)


@require_safe
@never_cache
def data_export(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """How far the file is; htmx polls the changing part."""
    export = export_read(request.user, pk)
    page = export_page(export)
    if request.GET.get("seen") == page.seen:
        return HttpResponse(status=204)
    template = PART if request.headers.get("HX-Request") else "reports/data_export.html"
    context = {"page": page, "organisation": export.organisation, "part": "reports/_data_export.html"}
    return render(request, template, context)


@require_safe
@never_cache
def data_export_download(request: SignedInRequest, pk: UUID) -> HttpResponseBase:
    """One that holds more than the person may see by now is made again."""
    export = export_read(request.user, pk)
    if is_out_of_reach(export):
        retry_export(export=export, now=timezone.now())
        return redirect("data_export", pk=pk)
    return send_file(
        request,
        export,
        status_page="data_export",
        make_again=partial(retry_export, export=export, now=timezone.now()),
        record_download=partial(record_export_download, export=export, by=actor_of(request)),
    )
