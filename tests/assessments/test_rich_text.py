"""Help texts: a little Markdown, and nothing harmful, whoever writes it."""

from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.bank.types import Edition
from assessments.formatting.rich_text import plain_text, render_rich_text
from tests.pages import parse

ALLOWED = {"html", "head", "body", "p", "ul", "ol", "li", "strong", "em", "a", "br"}


def elements(text: str) -> list[Element]:
    return list(parse(render_rich_text(text)).iter())


def assert_harmless(text: str) -> None:
    for element in elements(text):
        assert element.tag in ALLOWED
        assert set(element.attrib) <= {"href", "title"}
        assert element.get("href", "https://").lower().startswith("https://")


def test_marks_are_laid_out() -> None:
    assert render_rich_text("Take **every** one, *please*:\n\n- a\n- [b](https://example.org/b)") == (
        "<p>Take <strong>every</strong> one, <em>please</em>:</p>\n"
        '<ul>\n<li>a</li>\n<li><a href="https://example.org/b">b</a></li>\n</ul>\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src="https://example.org/x.png">',
        "![picture](https://example.org/x.png)",
        "[x](javascript:alert(1))",
        "[x](http://example.org)",
        "[x](//example.org)",
        "[x](data:text/html,hello)",
        "[x](/settings/)",
        "<https://example.org>",
        "# Heading",
        "```\ncode\n```",
        "> quote",
        "&lt;b&gt;",
        '[x](https://a.example "t\\" onclick=alert(1) x=\\"")',
    ],
)
def test_nothing_else_is_markup(text: str) -> None:
    assert_harmless(text)


@given(st.text(alphabet="ab <>&\"'[]()!*_-#`\\\n:/=1.h", max_size=60) | st.text(max_size=60))
def test_no_text_becomes_other_markup(text: str) -> None:
    assert_harmless(text)


def test_the_words_alone() -> None:
    assert (
        plain_text("Take **every** one:\n\n- a\n- [b](https://example.org/b)\n\nDone.") == "Take every one: a b Done."
    )


def test_no_shipped_help_is_changed_by_it(edition: Edition) -> None:
    """They were written as plain text and are shown as such."""
    for question in edition.questions:
        (paragraph,) = [element for element in elements(question.help) if element.tag == "p"]
        assert (paragraph.text, len(paragraph)) == (question.help, 0), question.id
