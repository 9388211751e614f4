"""What the pages of portfolios say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.template.defaultfilters import date as in_words
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.people_data.own_terms import downloads_kept
from reports.models import PortfolioFile, ReportState


@dataclass(frozen=True, slots=True)
class PortfolioPage:
    """`seen` names what this page shows, so that the browser can ask for changes."""

    pk: UUID
    consultancy: UUID
    seen: str
    heading: str
    waiting: bool
    ready: bool
    percent: int
    facts: str
    problem: str
    closed: str


@dataclass(frozen=True, slots=True)
class PortfolioLine:
    pk: UUID
    asked_at: datetime
    inside: str
    who: str
    state: str


def portfolio_lines(portfolios: Iterable[PortfolioFile]) -> list[PortfolioLine]:
    """Each portfolio is annotated with `clients`, their number."""
    return [
        PortfolioLine(
            pk=portfolio.pk,
            asked_at=portfolio.requested_at,
            inside=_inside(portfolio, portfolio.clients),  # type: ignore[attr-defined]
            who=str(portfolio.requested_by),
            state=portfolio.get_state_display(),
        )
        for portfolio in portfolios
    ]


def portfolio_page(portfolio: PortfolioFile, clients: int, out_of_reach: int = 0) -> PortfolioPage:
    """`out_of_reach` is how many of the `clients` the person may no longer see: with any, nobody gets the file."""
    state = ReportState(portfolio.state)
    closed = state is ReportState.READY and out_of_reach > 0
    return PortfolioPage(
        pk=portfolio.pk,
        consultancy=portfolio.consultancy_id,
        seen=f"{portfolio.state}-{portfolio.progress}",
        heading=_("This portfolio is closed") if closed else _heading(state),
        waiting=state in (ReportState.QUEUED, ReportState.RENDERING),
        ready=state is ReportState.READY and not closed,
        percent=portfolio.progress,
        facts=_facts(portfolio, clients),
        problem=portfolio.get_error_display() if state is ReportState.FAILED else "",
        closed=_closed(out_of_reach) if closed else "",
    )


def _heading(state: ReportState) -> str:
    return {
        ReportState.QUEUED: _("The portfolio is waiting for its turn"),
        ReportState.RENDERING: _("The portfolio is being made"),
        ReportState.READY: _("Your portfolio is ready"),
        ReportState.FAILED: _("The portfolio could not be made"),
    }[state]


def _closed(out_of_reach: int) -> str:
    return ngettext(
        "It tells of %(count)d client that you no longer have access to. Choose the other clients again to get a new "
        "one.",
        "It tells of %(count)d clients that you no longer have access to. Choose the other clients again to get a new "
        "one.",
        out_of_reach,
    ) % {"count": out_of_reach}


def _facts(portfolio: PortfolioFile, clients: int) -> str:
    if portfolio.size is None:
        return ""
    return _("%(inside)s, %(size)s. Kept until %(day)s.") % {
        "inside": _inside(portfolio, clients),
        "size": filesizeformat(portfolio.size),
        "day": in_words(portfolio.requested_at + downloads_kept(portfolio.consultancy_id, timezone.now()), "j F Y"),
    }


def _inside(portfolio: PortfolioFile, clients: int) -> str:
    """ "PDF about 67 clients, without names" """
    text = ngettext("%(format)s about %(count)d client", "%(format)s about %(count)d clients", clients) % {
        "format": portfolio.file_format.label,
        "count": clients,
    }
    return _("%(what)s, without names") % {"what": text} if portfolio.anonymous else text
