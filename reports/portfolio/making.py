"""One attempt at one portfolio, from the claim to the finished row."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from assessments.bank.types import Edition
from assessments.editions.stored import edition_of
from assessments.presentation.placeholders import country_in
from assessments.queries import load_scored_result
from assessments.scope_facts import facts_from_json
from reports import storage
from reports.document import file_name
from reports.kinds.paper import Paper, paper_of
from reports.models import PortfolioFile, PortfolioItem
from reports.portfolio.document.build import PortfolioSource, build_portfolio
from reports.portfolio.document.types import PortfolioDocument
from reports.portfolio.formats.registry import portfolio_renderer
from reports.portfolio.queries import items_with_results
from reports.portfolio.told.results import client_result
from reports.portfolio.told.tell import tell_portfolio
from reports.portfolio.told.types import ClientResult, PortfolioClient
from reports.queue import lifecycle
from reports.queue.lifecycle import Claim
from reports.storage import StoredFile
from reports.worker.attempts import ClaimLost, NotStored, one_attempt

ROWS_AT_ONCE = 20
READ_PART, RENDERED = 40, 95
"""Progress in percent: until every result is read, and until the file is made."""


def make_portfolio_file(claim: Claim) -> None:
    """Finish the portfolio, or record why not."""
    with one_attempt(claim):
        _make(claim)


def _make(claim: Claim) -> None:
    rows = PortfolioFile.objects.select_related("consultancy", "brand__consultancy")
    portfolio = rows.filter(pk=claim.pk).first()
    if portfolio is None:
        raise ClaimLost
    with translation.override(portfolio.language):
        document = portfolio_document(portfolio, claim)
        _show(claim, READ_PART)
        content = portfolio_renderer(portfolio.file_format)(document).content
    _show(claim, RENDERED)
    stored = _store(portfolio, claim, content)
    if not lifecycle.finish_row(claim=claim, stored=stored, now=timezone.now()):
        storage.delete_file(stored.name)
        raise ClaimLost


def portfolio_document(portfolio: PortfolioFile, claim: Claim | None = None) -> PortfolioDocument:
    """All that the file says, read a few results at a time, in as many queries for one client as for all."""
    reading = _Reading(portfolio, claim)
    clients = list(reading.clients())
    return build_portfolio(
        PortfolioSource(
            told=tell_portfolio(clients, reading.editions, day=portfolio.day),
            editions=reading.editions,
            consultancy=portfolio.consultancy.name,
            language=portfolio.language,
            anonymous=portfolio.anonymous,
            brand=portfolio.brand,
            paper=Paper.LETTER if 2 * reading.on_letter > len(clients) else Paper.A4,
        )
    )


class _Reading:
    """Reads results and lets go of them; keeps their editions, and on which paper they are printed."""

    def __init__(self, portfolio: PortfolioFile, claim: Claim | None) -> None:
        self._portfolio = portfolio
        self._claim = claim
        self.editions: dict[str, Edition] = {}
        self.on_letter = 0

    def clients(self) -> Iterator[PortfolioClient]:
        rows = items_with_results(self._portfolio)
        count = rows.count()
        for place, item in enumerate(rows.iterator(chunk_size=ROWS_AT_ONCE)):
            if self._claim is not None and place % ROWS_AT_ONCE == 0:
                _show(self._claim, READ_PART * place // count)
            yield self._client(item)

    def _client(self, item: PortfolioItem) -> PortfolioClient:
        result = self._result(item)
        if self._portfolio.anonymous:
            return PortfolioClient(item.number, _("Client %(number)d") % {"number": item.number}, None, result)
        return PortfolioClient(item.number, item.client_name, item.review_on, result)

    def _result(self, item: PortfolioItem) -> ClientResult | None:
        result = item.result
        if result is None:
            return None
        edition = edition_of(result.assessment.edition)
        self.editions[edition.id] = edition
        facts = facts_from_json(result.assessment.facts)
        self.on_letter += paper_of(facts) is Paper.LETTER
        return client_result(
            edition,
            load_scored_result(edition, result),
            finished_on=self._day(result.finished_at.date()),
            country="" if self._portfolio.anonymous else country_in(facts),
        )

    def _day(self, day: date) -> date:
        """Without names the month alone: the day could say who it is."""
        return day.replace(day=1) if self._portfolio.anonymous else day


def _store(portfolio: PortfolioFile, claim: Claim, content: bytes) -> StoredFile:
    what = "portfolio-without-names" if portfolio.anonymous else "portfolio"
    suffix = portfolio.file_format.suffix
    name = file_name(portfolio.consultancy.name, what, portfolio.day.isoformat(), suffix)
    try:
        return storage.store(content=content, token=claim.token, file_name=name, folder=storage.PORTFOLIOS)
    except Exception as problem:  # every storage fails in its own way
        raise NotStored from problem


def _show(claim: Claim, percent: int) -> None:
    if not lifecycle.keep_claim(claim=claim, now=timezone.now(), progress=percent):
        raise ClaimLost
