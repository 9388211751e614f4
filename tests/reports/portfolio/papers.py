"""Documents of portfolios without a database."""

from typing import Any

from accounts.models import Brand, Organisation
from assessments.bank.types import Edition
from reports.portfolio.document.build import PortfolioSource, build_portfolio
from reports.portfolio.document.types import PortfolioDocument
from reports.portfolio.told.tell import tell_portfolio
from reports.portfolio.told.types import PortfolioClient
from tests.factories import PIXEL
from tests.reports.told_portfolio.consultancies import DAY, some_clients

CONSULTANCY = "Haddad & Söhne"


def document_of(edition: Edition, clients: list[PortfolioClient], **more: Any) -> PortfolioDocument:
    """`more` as in PortfolioSource."""
    told = tell_portfolio(clients, {edition.id: edition}, day=DAY)
    parts = {"consultancy": CONSULTANCY, "language": "en-gb", "anonymous": False, **more}
    return build_portfolio(PortfolioSource(told=told, editions={edition.id: edition}, **parts))


def document_about(edition: Edition, many: int, **more: Any) -> PortfolioDocument:
    return document_of(edition, some_clients(edition, many), **more)


def look() -> Brand:
    """Of a consultancy, with everything that a brand can have; not stored."""
    return Brand(
        consultancy=Organisation(name=CONSULTANCY),
        logo=PIXEL,
        logo_width=1,
        logo_height=1,
        colour="#7a1f5c",
        contact="12 Rue du Port\nLyon",
        closing="Thank you for your trust.",
    )
