"""The words of consultants, boxed and signed."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from reports.document.types import ReportDocument, SignedText
from reports.formats.word.body import Body
from reports.formats.word.spans import Span, typed

BOX, SIGNATURE = "Signed", "Signature"


def add_advice(report: ReportDocument, body: Body) -> None:
    body.heading(1, _("From your consultant"), "advice")
    add_signed_texts(report.advice, body)


def add_signed_texts(texts: Iterable[SignedText], body: Body) -> None:
    """A box for each."""
    for text in texts:
        body.paragraph(typed(text.text), style=BOX, direction=text.text.direction)
        body.paragraph(text.signed, style=SIGNATURE)


def add_own_steps(report: ReportDocument, body: Body) -> None:
    body.heading(1, _("Steps your consultant adds"), "own-steps")
    for group in report.own_steps:
        for step in group.steps:
            title = Span("\n".join(step.title.lines), "Strong", typed=True)
            body.paragraph(title, style=BOX, direction=step.title.direction)
            body.paragraph(typed(step.text), style=BOX, direction=step.text.direction)
        body.paragraph(group.signed, style=SIGNATURE)
