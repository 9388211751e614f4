"""Before and after, and a figure over time, as SVG: the same on the page and in the PDF.

Before is a hollow ring, after a filled dot, and each number stands in words beside them: shape and text tell them
apart, never colour alone. Wide enough for a telephone: the letters stay readable at 320 px.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.formatting.svg import (
    BRAND,
    LINE,
    PAPER,
    SOFT,
    STRONG_LINE,
    chart_svg,
    chart_tag,
    chart_text,
    plain_number,
    stroke,
)
from assessments.presentation.since.statements import FigureSince
from assessments.scoring.types import TOP, Figure

WIDTH = 360
SMALLEST_TREND = 2
LEFT, RIGHT, ROOF, FLOOR = 30, 340, 22, 96
MOST_NUMBERS = 6
"""With more points only the first and the last have their number beside them; the table has them all."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One figure before and after; None where it was not assessed."""

    title: str
    before: Figure | None
    after: Figure | None


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """`value` is None where there is none, `shown` says it in words, `mark` what is not as at the point before."""

    day: str
    value: float | None
    shown: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class TrendRow:
    """One series, oldest point first, on a scale from 0 to `top`."""

    title: str
    points: tuple[TrendPoint, ...]
    top: float

    @property
    def has_trend(self) -> bool:
        return sum(point.value is not None for point in self.points) >= SMALLEST_TREND


def change_rows(figures: Iterable[FigureSince]) -> tuple[ChangeRow, ...]:
    """The told figures of a comparison as rows of its chart."""
    return tuple(
        ChangeRow(each.name, each.before.figure if each.before else None, each.after.figure if each.after else None)
        for each in figures
    )


def changes(rows: Sequence[ChangeRow]) -> SafeString:
    """A line for each figure from 0 to 4, with a ring where it was and a dot where it is."""
    if not rows:
        return SafeString("")
    step = 46
    parts = [part for number, row in enumerate(rows) for part in _change(row, number * step + 30)]
    title = _("Chart of %(count)d figures before and after, from 0 to 4. The numbers are in the table.")
    box = f"0 0 {WIDTH} {len(rows) * step + 2}"
    return chart_svg(box, "chart chart--changes", title % {"count": len(rows)}, parts)


def _change(row: ChangeRow, y: float) -> Iterator[SafeString]:
    yield chart_text(row.title, 0, y - 16, "start", size=13)
    yield chart_text(_from_to(row), WIDTH, y - 16, "end", size=13, bold=True)
    grid = "".join(f"M{plain_number(_across(level))} {plain_number(y - 6)}v12" for level in range(TOP + 1))
    line = f"M{plain_number(_across(0))} {plain_number(y)}H{plain_number(_across(TOP))}"
    yield chart_tag("path", d=line + grid, fill="none", **stroke("chart-grid", STRONG_LINE))
    before, after = (_across(float(str(figure))) if figure else None for figure in (row.before, row.after))
    if before is not None and after is not None and before != after:
        way = f"M{plain_number(before)} {plain_number(y)}H{plain_number(after)}"
        yield chart_tag("path", d=way, fill="none", **stroke("chart-line", BRAND, width=4))
    if before is not None:
        ring = {**stroke("chart-before", BRAND, width=2), "fill": PAPER}
        yield chart_tag("circle", cx=plain_number(before), cy=plain_number(y), r=6, **ring)
    if after is not None:
        yield chart_tag("circle", class_="chart-dot", cx=plain_number(after), cy=plain_number(y), r=5, fill=BRAND)


def _across(value: float) -> float:
    return 7 + value * (WIDTH - 14) / TOP


def _from_to(row: ChangeRow) -> str:
    before, after = (str(figure) if figure else _("not assessed") for figure in (row.before, row.after))
    return before if before == after else f"{before} → {after}"


def trend(row: TrendRow) -> SafeString:
    """A line through the points in their order, evenly spaced. A dashed line stands before a point with a mark."""
    if not row.has_trend:
        return SafeString("")
    parts = [*_scale(row.top), *_marks(row), *_line(row), *_days(row)]
    title = _("%(title)s over %(count)d results. The numbers are in the table.")
    return chart_svg(
        f"0 0 {WIDTH} 120", "chart chart--trend", title % {"title": row.title, "count": len(row.points)}, parts
    )


def _scale(top: float) -> Iterator[SafeString]:
    for level in (0.0, top / 2, top):
        y = _height(level, top)
        path = f"M{LEFT} {plain_number(y)}H{RIGHT}"
        yield chart_tag("path", d=path, fill="none", **stroke("chart-grid", STRONG_LINE if level == 0 else LINE))
        yield chart_text(plain_number(level), LEFT - 8, y + 4, "end", size=11, soft=True)


def _marks(row: TrendRow) -> Iterator[SafeString]:
    for number, point in enumerate(row.points):
        if point.mark and number:
            x = (_place(number - 1, row) + _place(number, row)) / 2
            path = f"M{plain_number(x)} {ROOF - 6}V{FLOOR}"
            yield chart_tag("path", d=path, fill="none", **stroke("chart-mark", SOFT, dashed=True))


def _line(row: TrendRow) -> Iterator[SafeString]:
    there = [(number, point, value) for number, point in enumerate(row.points) if (value := point.value) is not None]
    at = [(_place(number, row), _height(value, row.top), point) for number, point, value in there]
    path = "M" + "L".join(f"{plain_number(x)} {plain_number(y)}" for x, y, _point in at)
    yield chart_tag("path", d=path, fill="none", **stroke("chart-line", BRAND, width=2))
    for number, (x, y, point) in enumerate(at):
        yield chart_tag("circle", class_="chart-dot", cx=plain_number(x), cy=plain_number(y), r=4, fill=BRAND)
        if len(at) <= MOST_NUMBERS or number in (0, len(at) - 1):
            yield chart_text(point.shown, x, y - 9, _anchor(number, len(at)), size=12, bold=True)


def _days(row: TrendRow) -> Iterator[SafeString]:
    yield chart_text(row.points[0].day, LEFT, 114, "start", size=11, soft=True)
    yield chart_text(row.points[-1].day, RIGHT, 114, "end", size=11, soft=True)


def _anchor(number: int, of: int) -> str:
    return "start" if number == 0 else "end" if number == of - 1 else "middle"


def _place(number: int, row: TrendRow) -> float:
    return LEFT + 6 + number * (RIGHT - LEFT - 12) / (len(row.points) - 1)


def _height(value: float, top: float) -> float:
    return FLOOR - value * (FLOOR - ROOF) / top if top else FLOOR
