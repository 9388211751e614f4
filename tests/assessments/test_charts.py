"""Charts: the right shapes for the numbers, readable by machines, safe with any title."""

import re
from xml.etree import ElementTree

import pytest

from assessments.formatting.charts import ChartRow, bars, meter, radar
from assessments.scoring.types import Figure

SVG = "{http://www.w3.org/2000/svg}"


def row(title: str = "Who gets in", low: str | None = "1.9", high: str | None = None) -> ChartRow:
    return ChartRow(title, figure(low), figure(high or low))


def figure(text: str | None) -> Figure | None:
    return Figure(*(int(part) for part in text.split("."))) if text else None


def tree(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314


def words(svg: str) -> list[str]:
    return [text.text or "" for text in tree(svg).iter(f"{SVG}text")]


def parts(svg: str, name: str) -> list[ElementTree.Element]:
    return [part for part in tree(svg).iter() if part.get("class") == name]


def width_of(svg: str, name: str) -> list[float]:
    return [float(part.get("width", "0")) for part in parts(svg, name)]


CHARTS = {
    "radar": radar([row(), row("Telling", "0.4", "3.1"), row("People", "4.0")]),
    "bars": bars([row(), row("Telling", None), row("People", "2.0", "3.5")]),
    "stacked": bars([row(), row("Telling", None)], stacked=True),
    "meter": meter(row(low="1.0", high="4.0")),
}


@pytest.mark.parametrize("svg", CHARTS.values(), ids=CHARTS.keys())
def test_every_chart_is_a_picture_with_a_title_and_no_inline_style(svg: str) -> None:
    picture = tree(svg)
    title = picture.find(f"{SVG}title")
    assert (picture.tag, picture.get("role")) == (f"{SVG}svg", "img")
    assert title is not None
    assert title.text
    assert not re.search(r"\bstyle=|<style|\bon\w+=|\bid=", svg)


def test_a_bar_is_as_long_as_its_figure() -> None:
    svg = bars([row(low="1.0"), row(low="2.5"), row(low="4.0")])
    assert width_of(svg, "chart-low") == [75, 187.5, 300]
    assert width_of(svg, "chart-track") == [300, 300, 300]


def test_a_range_is_an_outline_from_low_to_high() -> None:
    svg = bars([row(low="1.0", high="3.0")])
    outline = parts(svg, "chart-high")[0]
    assert (outline.get("fill"), outline.get("stroke-dasharray")) == ("none", "4 3")
    assert width_of(svg, "chart-high") == [150]
    assert words(svg)[-1] == "1.0 to 3.0"


def test_a_sure_figure_has_no_outline() -> None:
    assert parts(bars([row()]), "chart-high") == []


def test_what_is_not_assessed_has_no_bar_and_says_so() -> None:
    svg = bars([row(low=None)])
    assert parts(svg, "chart-low") == []
    assert words(svg) == ["Who gets in", "not assessed"]


def test_zero_has_no_bar_but_a_number() -> None:
    svg = bars([row(low="0.0")])
    assert parts(svg, "chart-low") == []
    assert words(svg)[-1] == "0.0"


def test_the_radar_has_a_corner_for_every_assessed_row() -> None:
    svg = radar([row(), row("B", "2.0"), row("C", None), row("D", "4.0")])
    shape = parts(svg, "chart-low")[0].get("d", "")
    assert shape.count("L") == 2
    assert len(parts(svg, "chart-dot")) == 3
    assert "C" not in words(svg)


def test_the_first_corner_is_on_top_at_its_level() -> None:
    svg = radar([row(low="3.0"), row("B", "0.0"), row("C", "0.0")])
    assert parts(svg, "chart-low")[0].get("d", "").startswith("M0 -90")


def test_fewer_than_three_rows_make_no_radar() -> None:
    assert radar([row(), row("B", "2.0"), row("C", None)]) == ""


def test_long_titles_are_broken_between_words() -> None:
    svg = radar([row("Your data, and no more than you need"), row("B", "1.0"), row("C", "1.0")])
    assert words(svg)[4:6] == ["Your data, and no", "more than you need"]


def test_the_meter_says_its_figure_in_its_title() -> None:
    def title(of: ChartRow) -> str | None:
        return tree(meter(of)).findtext(f"{SVG}title")

    assert title(row()) == "Who gets in: 1.9 of 4"
    assert title(row(high="4.0")) == "Who gets in: 1.9 of 4, could be up to 4.0"
    assert title(row(low=None)) == "Who gets in: not assessed"


def test_titles_are_escaped() -> None:
    svg = bars([row('<script>alert("x")</script> & co')])
    assert words(svg)[0] == '<script>alert("x")</script> & co'
    assert "<script" not in svg
