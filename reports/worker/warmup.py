"""Renders one small report in memory: loads WeasyPrint, fonts, style sheet, templates and the newest edition."""

from dataclasses import replace

from django.conf import settings
from django.utils import timezone, translation

from assessments.bank.types import Depth, Edition
from assessments.editions.newest import newest_offered
from assessments.editions.stored import edition_of
from assessments.models import EditionRow
from assessments.scoring.engine import score
from assessments.scoring.types import Run
from reports.document import ReportDocument, Source, build
from reports.formats import pdf

DOMAINS = 1
"""Enough to contain every kind of element."""


def warm_up() -> None:
    try:
        edition = edition_of(newest_offered())
    except EditionRow.DoesNotExist:
        pdf.make_from_html("<html><head><title>-</title></head><body><p>-</p></body></html>")
        return
    with translation.override(settings.LANGUAGE_CODE):
        pdf.render_pdf(sample(edition))


def sample(edition: Edition) -> ReportDocument:
    """A report on a business that answered nothing, cut to its first domain."""
    today = timezone.now().date()
    document = build(
        Source(
            organisation="Evenkeel",
            finished_on=today,
            language=settings.LANGUAGE_CODE,
            edition=edition,
            facts={},
            outcome=score(edition, Run(Depth.QUICK, frozenset()), {}, today),
            first_gain=(),
            answers={},
        )
    )
    words = replace(document.words, find_out=document.words.find_out[:DOMAINS])
    return replace(document, domains=document.domains[:DOMAINS], words=words)
