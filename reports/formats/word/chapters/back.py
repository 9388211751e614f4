"""What the report covers and how it is read."""

from collections.abc import Iterable

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from reports.document.types import ReportDocument, StepPart
from reports.formats.word.body import Body
from reports.formats.word.look import OfficeDocument
from reports.formats.word.spans import Span, link, muted, strong, typed


def add_scope(report: ReportDocument, body: Body) -> None:
    scope = report.scope
    body.heading(1, _("What this covers"), "scope")
    body.heading(2, _("What applies to the business"))
    body.bullets(
        (strong(tag.name), Span(tag.mark, "Tag"), tag.says, muted(f"{capfirst(tag.reasons)}.")) for tag in scope.applies
    )
    if scope.does_not:
        body.heading(2, _("What does not apply"))
        body.bullets((strong(tag.name), tag.reasons) for tag in scope.does_not)
    if report.left_out:
        _add_left_out(report, body)
    if scope.out_of_view:
        body.heading(2, _("What is out of view"))
        body.bullets((text,) for text in scope.out_of_view)


def _add_left_out(report: ReportDocument, body: Body) -> None:
    heading = report.words.headings.left_out
    body.heading(2, heading.title)
    body.paragraph(heading.lead)
    for item in report.left_out:
        body.paragraph(link(item.question), item.asks, style="ListBullet")
        body.paragraph(typed(item.reason), style="ListContinue", direction=item.reason.direction)


def add_method(report: ReportDocument, body: Body) -> None:
    method = report.method
    body.heading(1, _("How to read this"), "method")
    body.heading(2, _("What an answer is worth"))
    body.bullets((strong(f"{step.code} {step.name}."), step.says) for step in method.scale)
    body.heading(2, _("How a figure is computed"))
    body.paragraph(method.computed)
    body.heading(2, _("What a gate is"))
    body.paragraph(method.gate)
    _add_scale(method.gates, body)
    if method.efforts:
        body.heading(2, _("How big a step is"))
        _add_scale(method.efforts, body)
    body.heading(2, _("Limits"))
    for text in report.limits:
        body.paragraph(text)
    add_closing(report, body)


def add_limits(report: ReportDocument, body: Body) -> None:
    body.heading(1, _("Limits"), "limits")
    for text in report.limits:
        body.paragraph(text)
    add_closing(report, body)


def _add_scale(steps: Iterable[StepPart], body: Body) -> None:
    body.bullets((strong(f"{step.name}."), step.says) for step in steps)


def add_closing(report: OfficeDocument, body: Body) -> None:
    """Whose questions and figures they are, and the closing text of the consultancy; nothing without a look."""
    brand = report.brand
    if brand is None:
        return
    body.paragraph(brand.made_with, style="Small")
    if brand.closing:
        body.heading(2, brand.name)
        body.paragraph(typed(brand.closing), direction=brand.closing.direction)
