"""The words of consultants, one text a row, each with who wrote it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from reports.document.types import ReportDocument, SignedText
from reports.formats.tables.sheets import ReportSheet, prose_lines, sheet


def summary_text_sheets(report: ReportDocument) -> list[ReportSheet]:
    columns = [(_("What they say"), 100), _whose()]
    rows = ([prose_lines(text.text), text.signed] for text in report.advice)
    return [sheet(_("From your consultant"), columns, rows)]


def domain_text_sheets(report: ReportDocument) -> list[ReportSheet]:
    """None where nobody wrote about a domain."""
    columns = [(_("Domain"), 28), (_("What they say"), 100), _whose()]
    rows = [
        [domain.words.title, prose_lines(text.text), text.signed] for domain in report.domains for text in domain.advice
    ]
    return [sheet(_("Consultant on domains"), columns, rows)] if rows else []


def own_step_sheets(report: ReportDocument) -> list[ReportSheet]:
    columns = [(_("Step"), 60), (_("How"), 90), _whose()]
    rows = ([prose_lines(step.title), prose_lines(step.text), step.signed] for step in added_steps(report))
    return [sheet(_("Steps your consultant adds"), columns, rows)]


def added_steps(report: ReportDocument) -> Iterable[SignedText]:
    """Of every consultancy, in order."""
    return (step for group in report.own_steps for step in group.steps)


def _whose() -> tuple[str, int]:
    return _("Whose words"), 50
