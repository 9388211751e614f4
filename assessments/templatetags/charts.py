"""Charts drawn from values, on the page and in the PDF alike."""

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from assessments.formatting import charts, trend_charts
from assessments.formatting.charts import ChartRow
from assessments.formatting.trend_charts import ChangeRow, TrendRow

register = template.Library()


@register.simple_tag
def radar_chart(rows: Sequence[ChartRow]) -> SafeString:
    """Empty with fewer than three assessed rows."""
    return charts.radar(rows)


@register.simple_tag
def bar_chart(rows: Sequence[ChartRow], *, stacked: bool = False) -> SafeString:
    return charts.bars(rows, stacked=stacked)


@register.simple_tag
def change_chart(rows: Sequence[ChangeRow]) -> SafeString:
    """Empty without rows."""
    return trend_charts.changes(rows)


@register.simple_tag
def trend_chart(row: TrendRow) -> SafeString:
    """Empty with fewer than two points."""
    return trend_charts.trend(row)


@register.simple_tag
def meter_chart(row: ChartRow) -> SafeString:
    return charts.meter(row)
