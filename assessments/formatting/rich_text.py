"""Help texts in a little Markdown: **bold**, *emphasis*, lists, [links](https://…). Everything else is plain text.
Whole documents also have headings.

The parser knows only these rules, no HTML and no images, and escapes all text; links go to https only.
"""

import re
from functools import lru_cache

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

RULES = ["list", "emphasis", "link", "newline", "escape"]
SAFE_LINK = re.compile(r"https://[^\s/]", re.IGNORECASE)


def _is_safe(url: str) -> bool:
    return bool(SAFE_LINK.match(url))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "breaks": False}).enable(RULES)
    parser.validateLink = _is_safe  # type: ignore[method-assign]
    return parser


_PARSER = _parser()
_DOCUMENTS = _parser().enable("heading")


@lru_cache(maxsize=2048)
def render_rich_text(text: str) -> SafeString:
    """The text as HTML."""
    return SafeString(_PARSER.render(text))  # it escapes all text and makes no tags but these


@lru_cache(maxsize=8)
def render_document(text: str) -> SafeString:
    """A document with headings as HTML, to stand below the heading of a page: its own begin at the second level."""
    tokens = _DOCUMENTS.parse(text)
    levels = sorted({token.tag for token in tokens if token.type == "heading_open"})
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(levels.index(token.tag) + 2, 6)}"
    return SafeString(_DOCUMENTS.renderer.render(tokens, _DOCUMENTS.options, {}))  # escaped as above


def plain_text(text: str) -> str:
    """The words alone, on one line: for lists, and for readers that do not understand Markdown."""
    tokens = _PARSER.parse(text)
    words = ("".join(_words(child.type, child.content) for child in token.children or ()) for token in tokens)
    return " ".join(filter(None, (" ".join(each.split()) for each in words)))


def _words(kind: str, content: str) -> str:
    return " " if kind in ("softbreak", "hardbreak") else content
