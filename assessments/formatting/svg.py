"""The shapes and texts that charts are made of.

Each shape has a class and plain presentation attributes. A style sheet overrides the attributes (for dark mode);
without one (in the PDF) the attributes apply.
"""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

FONT = "Fira Sans, system-ui, sans-serif"
INK, SOFT, LINE, STRONG_LINE, BRAND, TRACK = "#15242c", "#4a5b64", "#d9d4c6", "#767d7a", "#0b4f5c", "#f2efe6"
PAPER = "#ffffff"


def stroke(name: str, colour: str, *, width: float = 1, dashed: bool = False) -> dict[str, str]:
    """The attributes of a line of this class."""
    dashes = {"stroke-dasharray": "4 3"} if dashed else {}
    return {"class": name, "stroke": colour, "stroke-width": plain_number(width), **dashes}


def chart_text(
    words: str, x: float, y: float, anchor: str, *, size: float, bold: bool = False, soft: bool = False
) -> SafeString:
    """Words of a chart, `size` in its own units; `anchor` as in SVG: start, middle or end."""
    return chart_tag(
        "text",
        words,
        class_="chart-text chart-text--soft" if soft else "chart-text",
        x=plain_number(x),
        y=plain_number(y),
        fill=SOFT if soft else INK,
        **{
            "font-family": FONT,
            "font-size": plain_number(size),
            "text-anchor": anchor,
            "font-weight": 600 if bold else 400,
        },
    )


def chart_svg(box: str, name: str, title: str, parts: Iterable[SafeString]) -> SafeString:
    """The whole chart; `box` is its viewBox, `title` what is read out instead of it."""
    width, height = box.split()[2:]
    content = mark_safe("".join([chart_tag("title", title), *parts]))  # noqa: S308 (all are tags made below)
    return chart_tag(
        "svg",
        content,
        xmlns="http://www.w3.org/2000/svg",
        class_=name,
        viewBox=box,
        width=width,
        height=height,
        role="img",
    )


def chart_tag(name: str, content: str = "", **attributes: object) -> SafeString:
    """The only place that assembles markup. It escapes values, and content that is not markup yet."""
    written = "".join([f' {key.rstrip("_")}="{escape(str(value))}"' for key, value in attributes.items()])
    inner = content if isinstance(content, SafeString) else escape(content)
    return mark_safe(f"<{name}{written}>{inner}</{name}>")  # noqa: S308 (attributes escaped above, the rest are our own tags)


def plain_number(number: float) -> str:
    """With one decimal at most."""
    return f"{number:.1f}".removesuffix(".0")
