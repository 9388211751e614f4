"""The kinds of report that a page offers."""

from django import template

from accounts.models import Organisation
from assessments.models import Result
from reports.kinds.registry import OWNER, ReportKind, bundled_kinds
from reports.queries import kinds_for

register = template.Library()


@register.inclusion_tag("reports/_kinds.html")
def report_kinds(organisation: Organisation, result: Result) -> dict[str, object]:
    """Radio buttons named `kind`, the owner's report chosen. In one query."""
    return _choices(kinds_for(organisation.pk, result))


@register.inclusion_tag("reports/_kinds_select.html")
def bundle_kinds() -> dict[str, object]:
    """The same for many clients at once, as a list to choose from."""
    return _choices(bundled_kinds())


def _choices(kinds: list[ReportKind]) -> dict[str, object]:
    return {"kinds": kinds, "chosen": OWNER.code}
