"""How many clients are at each level, as one bar for each pillar: the same shapes as other charts."""

from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.formatting.svg import PAPER, SOFT, TRACK, chart_svg, chart_tag, chart_text, plain_number
from reports.portfolio.told.types import PillarSpread

TINTS = ("#f0c9c4", "#f5dcc0", "#ece3b4", "#c5dfcd", "#a9d2da")
"""Levels 0 to 4, light enough for dark figures on them; the numbers say the same in grey."""
LEFT, WIDTH, BAR, STEP, KEY = 104, 572, 22, 28, 22


def spread_chart(pillars: Sequence[PillarSpread], labels: Sequence[str]) -> SafeString:
    """Each bar is all clients; its last part, without a colour, are those with no level. The numbers are clients.

    Below stands which colour is which label.
    """
    parts: list[SafeString] = []
    for row, pillar in enumerate(pillars):
        top = row * STEP
        parts.append(chart_text(pillar.name, LEFT - 12, top + 16, "end", size=13))
        parts += _bar(pillar, top)
    parts += _key((*labels, _("Not assessed")), STEP * len(pillars))
    title = _("Bars of %(count)d pillars by level. The numbers are in the table.") % {"count": len(pillars)}
    return chart_svg(f"0 0 {LEFT + WIDTH} {STEP * len(pillars) + KEY}", "chart chart--spread", title, parts)


def _bar(pillar: PillarSpread, top: int) -> list[SafeString]:
    """Edges are worked out from the sums, so that rounding leaves no gap."""
    amounts = (*pillar.levels, pillar.without)
    whole, before = sum(amounts), 0
    parts: list[SafeString] = []
    for amount, fill in zip(amounts, (*TINTS, TRACK), strict=True):
        if amount:
            left, right = (LEFT + WIDTH * edge / whole for edge in (before, before + amount))
            parts.append(_part(left, right, top, fill))
            parts.append(chart_text(str(amount), (left + right) / 2, top + 15, "middle", size=11, bold=True))
        before += amount
    return parts


def _key(labels: Sequence[str], top: int) -> Iterator[SafeString]:
    step = (LEFT + WIDTH) / len(labels)
    for place, (label, fill) in enumerate(zip(labels, (*TINTS, TRACK), strict=True)):
        left = place * step
        yield chart_tag("rect", x=plain_number(left), y=top + 4, width=11, height=11, fill=fill, stroke=SOFT)
        yield chart_text(label, left + 16, top + 13, "start", size=11, soft=True)


def _part(left: float, right: float, top: int, fill: str) -> SafeString:
    width = plain_number(right - left)
    return chart_tag("rect", x=plain_number(left), y=top, width=width, height=BAR, fill=fill, stroke=PAPER)
