"""Asking for a portfolio, waiting for it, getting it."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import organisation_for
from accounts.paging import address_again, list_page
from accounts.permissions import Capability
from accounts.requests import SignedInRequest, actor_of
from reports.bundles.access import out_of_reach
from reports.file_views import requested_format, send_file, show_status
from reports.models import ReportState
from reports.portfolio.access import portfolio_ask, portfolio_ask_all, portfolio_read
from reports.portfolio.page import portfolio_lines, portfolio_page
from reports.portfolio.queries import portfolios_at
from reports.portfolio.services import record_portfolio_download, request_portfolio, retry_portfolio


@require_http_methods(["GET", "HEAD", "POST"])
def portfolios(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Those that the consultancy has, and requests for a new one."""
    return _ask(request, pk) if request.method == "POST" else _kept(request, pk)


def _kept(request: SignedInRequest, pk: UUID) -> HttpResponse:
    consultancy = organisation_for(request.user, pk, Capability.SEE_CLIENTS).organisation
    page = list_page(portfolios_at(consultancy), request.GET)
    context = {"organisation": consultancy, "page": page, "lines": portfolio_lines(page.rows)}
    return render(request, "reports/portfolio/portfolios.html", context)


def _ask(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """`pk` is the consultancy's; the field `client` is repeated, or `all` is given instead; `format`, `anonymous`."""
    everybody = "all" in request.POST
    asked = (
        portfolio_ask_all(request.user, pk)
        if everybody
        else portfolio_ask(request.user, pk, request.POST.getlist("client"))
    )
    if not asked.clients:
        messages.error(request, _no_clients(everybody))
        return redirect(address_again(reverse("desk", args=[pk]), request.POST.get("back", "")))
    portfolio = request_portfolio(
        consultancy=asked.consultancy,
        clients=asked.clients,
        requested_by=request.user,
        language=get_language() or "en-gb",
        day=timezone.localdate(),
        now=timezone.now(),
        report_format=requested_format(request),
        anonymous="anonymous" in request.POST,
    )
    return redirect("portfolio", pk=portfolio.pk)


def _no_clients(everybody: bool) -> str:
    if everybody:
        return _("There is no client yet that a portfolio could tell of.")
    return _("Choose at least one client, or make a portfolio of all of them under Portfolios.")


@require_safe
@never_cache
def portfolio_status(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """How far it is. htmx polls the changing part, and gets nothing while it has not changed."""
    portfolio = portfolio_read(request.user, pk)
    gone = out_of_reach(request.user, portfolio) if portfolio.state == ReportState.READY else []
    return show_status(
        request,
        portfolio_page(portfolio, portfolio.items.count(), len(gone)),
        template="reports/portfolio/portfolio.html",
        part="reports/portfolio/_status.html",
        organisation=portfolio.consultancy,
    )


@require_safe
@never_cache
def portfolio_download(request: SignedInRequest, pk: UUID) -> HttpResponseBase:
    """The file, if this person may see every client in it at this moment; otherwise nothing of it."""
    portfolio = portfolio_read(request.user, pk)
    gone = out_of_reach(request.user, portfolio)
    if gone:
        # People who joined the consultancy later never knew of a client that has left.
        names = gone if portfolio.requested_by_id == request.user.pk else []
        context = {"names": names, "count": len(gone), "organisation": portfolio.consultancy}
        return render(request, "reports/portfolio/refused.html", context, status=409)
    return send_file(
        request,
        portfolio,
        status_page="portfolio",
        make_again=partial(retry_portfolio, portfolio=portfolio, requested_by=request.user, now=timezone.now()),
        record_download=partial(record_portfolio_download, portfolio=portfolio, by=actor_of(request)),
    )
