"""The formats that a page offers."""

from django import template

from reports.formats.registry import PDF, REPORT_FORMATS

register = template.Library()


@register.inclusion_tag("reports/_format_choice.html")
def report_formats() -> dict[str, object]:
    """A list to choose from, named `format`, the PDF chosen."""
    return {"formats": REPORT_FORMATS.values(), "chosen": PDF.code}
