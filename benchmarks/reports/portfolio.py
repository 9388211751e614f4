"""Portfolios: how long one about few and about many clients takes in each format, once its results are read."""

from collections.abc import Iterable
from time import process_time

from django.utils import translation

from assessments.editions.shipped import shipped_editions
from benchmarks.measuring import Figure
from reports.formats.registry import PDF, REPORT_FORMATS
from reports.portfolio.document.types import PortfolioDocument
from reports.portfolio.formats.registry import portfolio_renderer
from tests.reports.portfolio.papers import document_about

SIZES = (12, 67, 500)
MOST_SECONDS = {12: 2, 67: 4, 500: 30}
"""Of a PDF."""


def figures() -> Iterable[Figure]:
    """Processor time. The first file, which loads the library, is not counted."""
    edition = shipped_editions()[-1]
    with translation.override("en-gb"):
        for each in REPORT_FORMATS.values():
            portfolio_renderer(each)(document_about(edition, 1))
        for size in SIZES:
            document = document_about(edition, size)
            for each in REPORT_FORMATS.values():
                seconds, pages = _seconds(document, each.code)
                if pages is not None:
                    yield Figure(f"pages about {size} clients", pages, "")
                bar = MOST_SECONDS[size] if each is PDF else None
                yield Figure(f"{each.label} about {size} clients, processor time", seconds, "s", bar)


def _seconds(document: PortfolioDocument, code: str) -> tuple[float, int | None]:
    start = process_time()
    rendered = portfolio_renderer(REPORT_FORMATS[code])(document)
    return process_time() - start, rendered.pages
