"""Before and after, and figures over time: shapes that differ without colour, and every number in words."""

import re

import pytest

from assessments.formatting.trend_charts import ChangeRow, TrendPoint, TrendRow, changes, trend
from assessments.scoring.types import Figure
from tests.assessments.test_charts import figure, parts, tree, words


def change(before: str | None, after: str | None, title: str = "Security") -> ChangeRow:
    return ChangeRow(title, figure(before), figure(after))


def series(*values: float | None, top: float = 4, marks: tuple[int, ...] = ()) -> TrendRow:
    points = (
        TrendPoint(f"{number + 1} May", value, "" if value is None else f"{value:.1f}", "other" * (number in marks))
        for number, value in enumerate(values)
    )
    return TrendRow("Security", tuple(points), top)


def across(svg: str, name: str) -> list[float]:
    return [float(part.get("cx", "0")) for part in parts(svg, name)]


def test_before_is_a_ring_after_a_dot_and_both_are_in_words() -> None:
    svg = changes([change("1.9", "2.4"), change("3.0", "3.0", "Privacy")])
    assert words(svg) == ["Security", "1.9 → 2.4", "Privacy", "3.0"]
    assert across(svg, "chart-before")[0] < across(svg, "chart-dot")[0]
    assert across(svg, "chart-before")[1] == across(svg, "chart-dot")[1]
    assert len(parts(svg, "chart-line")) == 1


def test_what_is_not_assessed_has_no_place() -> None:
    svg = changes([change(None, "2.4")])
    assert words(svg) == ["Security", "not assessed → 2.4"]
    assert not parts(svg, "chart-before")
    assert changes([]) == ""


def test_a_trend_needs_two_points_that_are_there() -> None:
    assert trend(series(1)) == trend(series(1, None)) == trend(series()) == ""
    assert len(parts(trend(series(1, None, 2)), "chart-dot")) == 2


def test_higher_values_stand_higher() -> None:
    low, high = (float(part.get("cy", "0")) for part in parts(trend(series(1, 3)), "chart-dot"))
    assert high < low


@pytest.mark.parametrize("values", [(0, 0), (4, 0, 4), (0.0,) * 24, (19, 0)])
def test_nothing_is_drawn_outside(values: tuple[float, ...]) -> None:
    svg = trend(series(*values, top=max(4, *values)))
    _left, _top, width, height = map(float, tree(svg).get("viewBox", "").split())
    for dot in parts(svg, "chart-dot"):
        assert 0 <= float(dot.get("cx", "")) <= width
        assert 0 <= float(dot.get("cy", "")) <= height


def test_a_change_of_edition_is_a_dashed_line_between_its_points() -> None:
    svg = trend(series(1, 2, 3, marks=(0, 2)))
    (mark,) = parts(svg, "chart-mark")
    at = float(re.findall(r"M([\d.]+)", mark.get("d", ""))[0])
    _first, second, third = across(svg, "chart-dot")
    assert second < at < third
    assert mark.get("stroke-dasharray")


def test_of_many_points_the_ends_have_numbers() -> None:
    assert [text for text in words(trend(series(*range(4), *range(4)))) if "." in text] == ["0.0", "3.0"]
    assert len([text for text in words(trend(series(1, 2, 3))) if "." in text]) == 3


def test_titles_are_text() -> None:
    assert "<b>" not in changes([ChangeRow("<b>", Figure(1, 0), Figure(2, 0))])
    assert "&lt;b&gt;" in changes([ChangeRow("<b>", Figure(1, 0), Figure(2, 0))])
