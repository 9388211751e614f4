"""From a told portfolio to the document: a pure function of its arguments."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Brand
from assessments.bank.types import Edition
from assessments.wording.phrases import date_text
from reports.document.brand import brand_part
from reports.document.prose import among_others, one_line, prose, shortened
from reports.document.summary import LONG_NAME, RUNNING_NAME
from reports.kinds.paper import Paper
from reports.portfolio.document.chapters import bank_chapters, method_chapter, overview_chapter, without_chapter
from reports.portfolio.document.types import PortfolioChapter, PortfolioCover, PortfolioDocument
from reports.portfolio.told.types import ToldPortfolio


@dataclass(frozen=True, slots=True)
class PortfolioSource:
    """What a portfolio is made of. `editions` are those that its results name, by id."""

    told: ToldPortfolio
    editions: Mapping[str, Edition]
    consultancy: str
    language: str
    anonymous: bool
    brand: Brand | None = None
    paper: Paper = Paper.A4


def build_portfolio(source: PortfolioSource) -> PortfolioDocument:
    """Every chapter that has something to say, the overview first."""
    name = one_line(source.consultancy)
    return PortfolioDocument(
        language=source.language,
        title=_("Portfolio of %(consultancy)s") % {"consultancy": name},
        created=source.told.day.isoformat(),
        cover=_cover(source, name),
        chapters=tuple(_chapters(source)),
        brand=brand_part(source.brand) if source.brand else None,
        paper=source.paper,
        anonymous=source.anonymous,
        told=source.told,
    )


def _cover(source: PortfolioSource, name: str) -> PortfolioCover:
    told, day = source.told, date_text(source.told.day)
    return PortfolioCover(
        title=_("Portfolio"),
        subtitle=_("Clients without their names") if source.anonymous else _("Where all clients stand"),
        organisation=prose(name),
        running=_("Portfolio, %(consultancy)s, %(date)s")
        % {"consultancy": among_others(shortened(name, RUNNING_NAME)), "date": day},
        long_name=len(name) > LONG_NAME,
        date=day,
        facts=(
            (_("Clients"), str(told.clients)),
            (_("With a result"), str(told.with_results)),
            *((_("Question bank"), f"{bank.title}, {', '.join(bank.editions)}") for bank in told.banks),
        ),
        notice=_notice(source),
    )


def _notice(source: PortfolioSource) -> str:
    if source.anonymous:
        return _("Figures of self-assessments. Names of clients and days are left out. This is not legal advice.")
    return _(
        "Confidential: for the consultancy, which has access to these clients. Figures of self-assessments; this is "
        "not legal advice."
    )


def _chapters(source: PortfolioSource) -> Iterator[PortfolioChapter]:
    told, anonymous = source.told, source.anonymous
    yield overview_chapter(told, source.editions, anonymous=anonymous)
    for number, bank in enumerate(told.banks, start=1):
        mark = "" if len(told.banks) == 1 else str(number)
        yield from bank_chapters(bank, source.editions[bank.editions[0]], mark, anonymous=anonymous)
    if told.without:
        yield without_chapter(told.without, anonymous=anonymous)
    yield method_chapter(anonymous=anonymous)
