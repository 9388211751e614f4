"""What can happen to the row of a portfolio; the queue's rules are those of every file that is made."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import Actor, record_for_all
from accounts.branding.brands import newest_brand
from accounts.models import AuditKind, Brand, Organisation, User
from accounts.services.locks import lock_person
from reports.formats.registry import PDF, ReportFormat
from reports.models import PortfolioFile, PortfolioItem, ReportState
from reports.portfolio.limits import MOST_CLIENTS, TooManyClients, refuse_more_portfolios
from reports.portfolio.queries import ClientNow, clients_now, outlived_portfolios
from reports.queries import UNFINISHED
from reports.queue import lifecycle
from reports.queue.lifecycle import Claim
from reports.queue.notifications import notify_worker_of_portfolio

TEMPLATE_VERSION = 1
"""Raised when the content or the look of a portfolio changes: the same request then makes a new one."""


@transaction.atomic
def request_portfolio(
    *,
    consultancy: Organisation,
    clients: Mapping[UUID, str],
    requested_by: User,
    language: str,
    day: date,
    now: datetime,
    report_format: ReportFormat = PDF,
    anonymous: bool = False,
) -> PortfolioFile:
    """A portfolio of these clients of the consultancy, by key with their names; their newest results are fixed now.

    The same request by the same person on the same day gives the same portfolio, as long as it is kept and no client
    has a newer result. Raises TooManyPortfolios, and TooManyClients.
    """
    if len(clients) > MOST_CLIENTS:
        raise TooManyClients
    lock_person(requested_by)
    brand, chosen = newest_brand(consultancy), clients_now(consultancy, clients)
    if anonymous:
        # By name, the first client would be the one with the first letter.
        chosen.sort(key=lambda each: each.client)
    form = {"day": day, "anonymous": anonymous, "format": report_format.code, "language": language}
    selection = _digest(chosen, brand, *form.values())
    kept = PortfolioFile.objects.filter(consultancy=consultancy, requested_by=requested_by, selection=selection)
    portfolio = kept.exclude(state=ReportState.FAILED).first()
    if portfolio is None:
        refuse_more_portfolios(consultancy=consultancy, by=requested_by, now=now)
        portfolio = PortfolioFile.objects.create(
            consultancy=consultancy,
            requested_by=requested_by,
            requested_at=now,
            selection=selection,
            brand=brand,
            **form,
        )
        PortfolioItem.objects.bulk_create(_items(portfolio, chosen))
        transaction.on_commit(partial(_notify, portfolio.pk, now))
    return portfolio


def retry_portfolio(*, portfolio: PortfolioFile, requested_by: User, now: datetime) -> None:
    """Queue one that failed, or whose file is gone, with three new attempts."""
    rows = PortfolioFile.objects.filter(pk=portfolio.pk).exclude(state__in=UNFINISHED)
    if lifecycle.requeue(rows=rows, requested_by=requested_by, now=now):
        transaction.on_commit(partial(_notify, portfolio.pk, now))


@transaction.atomic
def record_portfolio_download(*, portfolio: PortfolioFile, by: Actor) -> None:
    """Into the audit trail of every client in it, with or without its name."""
    clients = Organisation.objects.filter(pk__in=portfolio.items.values("client"))
    says = (
        _("Portfolio of %(consultancy)s, without names") if portfolio.anonymous else _("Portfolio of %(consultancy)s")
    )
    subject = says % {"consultancy": portfolio.consultancy.name}
    record_for_all(clients, by=by, kind=AuditKind.REPORTS_DOWNLOADED, subject=subject, portfolio=str(portfolio.pk))


def claim_portfolio(*, portfolio_id: UUID, now: datetime) -> Claim | None:
    """None if there is nothing to do."""
    return lifecycle.claim_row(rows=PortfolioFile.objects.all(), pk=portfolio_id, now=now)


def sweep_portfolios(*, now: datetime) -> int:
    """Notify workers of those that none was notified of; give up on those lost too often."""
    lifecycle.give_up(rows=PortfolioFile.objects.all(), now=now)
    return lifecycle.notify_due(rows=PortfolioFile.objects.all(), notify=notify_worker_of_portfolio, now=now)


def delete_outlived_portfolios(*, now: datetime) -> int:
    return lifecycle.delete_with_files(outlived_portfolios(now))


def _digest(chosen: Sequence[ClientNow], brand: Brand | None, *form: object) -> str:
    parts = [str(part) for part in (TEMPLATE_VERSION, brand.pk if brand else "", *form)]
    parts += [f"{each.client} {each.result} {each.review_on} {each.name}" for each in chosen]
    return sha256("\n".join(parts).encode()).hexdigest()


def _items(portfolio: PortfolioFile, chosen: Sequence[ClientNow]) -> list[PortfolioItem]:
    return [
        PortfolioItem(
            portfolio=portfolio,
            number=number,
            client=each.client,
            client_name=each.name,
            result_id=each.result,
            review_on=each.review_on,
        )
        for number, each in enumerate(chosen, start=1)
    ]


def _notify(portfolio_id: UUID, now: datetime) -> None:
    lifecycle.notify_once(rows=PortfolioFile.objects.all(), pk=portfolio_id, notify=notify_worker_of_portfolio, now=now)
