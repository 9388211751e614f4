"""Radar, bars and meter as SVG: numbers in, markup out, the same on the page and in the PDF.

Low and high differ by shape, not by colour alone: low is filled, "could be up to" is a dashed outline.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.formatting.svg import BRAND, LINE, STRONG_LINE, TRACK
from assessments.formatting.svg import chart_svg as _svg
from assessments.formatting.svg import chart_tag as _tag
from assessments.formatting.svg import chart_text as _text
from assessments.formatting.svg import plain_number as _n
from assessments.formatting.svg import stroke as _stroke
from assessments.presentation.figures import FigureValues
from assessments.presentation.told_result import ToldResult
from assessments.scoring.types import Figure

TOP = 4
MINIMUM_AXES = 3


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One domain or pillar of a chart. No `low` means that it was not assessed."""

    title: str
    low: Figure | None
    high: Figure | None


def figure_row(title: str, values: FigureValues | None) -> ChartRow:
    """One figure under its title; `values` is None where nothing was assessed."""
    if values is None:
        return ChartRow(title, None, None)
    return ChartRow(title, values.low.figure, values.high.figure)


def domain_rows(told: ToldResult) -> tuple[ChartRow, ...]:
    """One row for each domain in which something was asked; none for those that are only a first indication."""
    return tuple(figure_row(domain.title, domain.figure) for domain in told.domains if not domain.first_indication)


def radar(rows: Sequence[ChartRow]) -> SafeString:
    """A closed shape over all assessed rows; empty with fewer than three, which make no shape."""
    assessed = [row for row in rows if row.low]
    if len(assessed) < MINIMUM_AXES:
        return SafeString("")
    points = [_direction(number, len(assessed)) for number in range(len(assessed))]
    parts = [_ring(points, level) for level in range(1, TOP + 1)]
    axes = "".join([f"M0 0L{_at(point, TOP)}" for point in points])
    parts.append(_tag("path", d=axes, **_stroke("chart-grid", LINE)))
    if any(row.low != row.high for row in assessed):
        parts.append(_shape(points, [_number(row.high) for row in assessed], "chart-high", dashed=True))
    parts.append(_shape(points, [_number(row.low) for row in assessed], "chart-low", dashed=False))
    parts += [_dot(point, _number(row.low)) for point, row in zip(points, assessed, strict=True)]
    parts += [_ring_name(level) for level in range(1, TOP + 1)]
    for point, row in zip(points, assessed, strict=True):
        parts += _axis_name(point, row.title)
    return _svg("-250 -178 500 356", "chart chart--radar", _radar_title(assessed), parts)


def bars(rows: Sequence[ChartRow], *, stacked: bool = False) -> SafeString:
    """One bar for each row. `stacked` puts name and number above the bar, for narrow places."""
    width, left, track, step = (360, 0, 360, 44) if stacked else (676, 262, 300, 25)
    parts = []
    for number, row in enumerate(rows):
        top = number * step + (22 if stacked else 5)
        beside, above = top + 11, top - 7
        if stacked:
            parts.append(_text(row.title, 0, above, "start", size=13))
            parts.append(_text(_short(row), width, above, "end", size=13, bold=True))
        else:
            parts.append(_text(row.title, left - 12, beside, "end", size=13))
            parts.append(_text(_short(row), left + track + 12, beside, "start", size=13, bold=True))
        parts += _bar(row, left, top, track)
    return _svg(f"0 0 {width} {len(rows) * step + 2}", "chart chart--bars", _bars_title(rows), parts)


def meter(row: ChartRow) -> SafeString:
    """The scale from 0 to 4, filled up to one figure."""
    parts = [*_bar(row, 2, 2, 320)]
    parts += [_text(str(level), 2 + level * 80, 30, "middle", size=11, soft=True) for level in range(1, TOP)]
    parts += [_text("0", 2, 30, "start", size=11, soft=True), _text(str(TOP), 322, 30, "end", size=11, soft=True)]
    return _svg("0 0 324 34", "chart chart--meter", _row_title(row), parts)


def _bar(row: ChartRow, left: float, top: float, track: float) -> list[SafeString]:
    high, low = (track * _number(figure) / TOP for figure in (row.high, row.low))
    parts = [_rect("chart-track", left, top, track, fill=TRACK)]
    if row.high != row.low:
        outline = {**_stroke("chart-high", BRAND, dashed=True), "fill": "none"}
        parts.append(_tag("rect", x=_n(left + low), y=_n(top + 1), width=_n(high - low), height=12, **outline))
    if low:
        parts.append(_rect("chart-low", left, top, low, fill=BRAND))
    grid = "".join([f"M{_n(left + track * level / TOP)} {_n(top)}v14" for level in range(TOP + 1)])
    parts.append(_tag("path", d=grid, **_stroke("chart-grid", STRONG_LINE)))
    return parts


def _rect(name: str, x: float, y: float, width: float, fill: str) -> SafeString:
    return _tag("rect", class_=name, x=_n(x), y=_n(y), width=_n(width), height=14, fill=fill)


def _direction(number: int, of: int) -> tuple[float, float]:
    angle = 2 * pi * number / of - pi / 2
    return cos(angle), sin(angle)


def _at(point: tuple[float, float], level: float) -> str:
    return f"{_n(point[0] * level * 30)} {_n(point[1] * level * 30)}"


def _ring(points: Sequence[tuple[float, float]], level: int) -> SafeString:
    path = "M" + "L".join(_at(point, level) for point in points) + "Z"
    return _tag("path", d=path, fill="none", **_stroke("chart-grid", STRONG_LINE if level == TOP else LINE))


def _shape(points: Sequence[tuple[float, float]], levels: Iterable[float], name: str, *, dashed: bool) -> SafeString:
    path = "M" + "L".join(_at(point, level) for point, level in zip(points, levels, strict=True)) + "Z"
    fill = {"fill": "none"} if dashed else {"fill": BRAND, "fill-opacity": "0.22"}
    return _tag("path", d=path, **_stroke(name, BRAND, width=2 if not dashed else 1.2, dashed=dashed), **fill)


def _dot(point: tuple[float, float], level: float) -> SafeString:
    x, y = _at(point, level).split()
    return _tag("circle", class_="chart-dot", cx=x, cy=y, r=3, fill=BRAND)


def _ring_name(level: int) -> SafeString:
    return _text(str(level), 4, -30 * level - 2, "start", size=9, soft=True)


def _axis_name(point: tuple[float, float], title: str) -> list[SafeString]:
    across, down = point
    anchor = "middle" if abs(across) < 0.1 else ("start" if across > 0 else "end")
    lines = _lines(title)
    x, y = across * 131, down * 140 + 4
    first = y - (len(lines) - 1) * (12 if down < -0.8 else 6 if down < 0.8 else 0)
    return [_text(line, x, first + number * 12, anchor, size=10.5) for number, line in enumerate(lines)]


def _lines(title: str, longest: int = 20) -> list[str]:
    """The title broken between words into as few lines as possible."""
    lines = [""]
    for word in title.split():
        if lines[-1] and len(lines[-1]) + len(word) >= longest:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _radar_title(rows: Sequence[ChartRow]) -> str:
    return _("Radar chart of %(count)d domains from 0 to 4. The numbers are in the table.") % {"count": len(rows)}


def _bars_title(rows: Sequence[ChartRow]) -> str:
    return _("Bar chart of %(count)d figures from 0 to 4. The numbers are in the table.") % {"count": len(rows)}


def _row_title(row: ChartRow) -> str:
    if row.low is None:
        return _("%(title)s: not assessed") % {"title": row.title}
    if row.low == row.high:
        return _("%(title)s: %(low)s of 4") % {"title": row.title, "low": row.low}
    return _("%(title)s: %(low)s of 4, could be up to %(high)s") % {
        "title": row.title,
        "low": row.low,
        "high": row.high,
    }


def _short(row: ChartRow) -> str:
    if row.low is None:
        return _("not assessed")
    return str(row.low) if row.low == row.high else _("%(low)s to %(high)s") % {"low": row.low, "high": row.high}


def _number(figure: Figure | None) -> float:
    return figure.label + figure.tenths / 10 if figure else 0.0
