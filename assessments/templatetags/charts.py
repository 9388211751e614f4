"""Charts drawn from values, on the page and in the PDF alike."""

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from assessments.formatting import charts
from assessments.formatting.charts import ChartRow

register = template.Library()


@register.simple_tag
def radar_chart(rows: Sequence[ChartRow]) -> SafeString:
    """Empty with fewer than three assessed rows."""
    return charts.radar(rows)


@register.simple_tag
def bar_chart(rows: Sequence[ChartRow], *, stacked: bool = False) -> SafeString:
    return charts.bars(rows, stacked=stacked)


@register.simple_tag
def meter_chart(row: ChartRow) -> SafeString:
    return charts.meter(row)
