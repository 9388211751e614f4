"""Help texts in a little Markdown: **bold**, *emphasis*, lists, [links](https://…). Everything else is plain text.

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


@lru_cache(maxsize=2048)
def render_rich_text(text: str) -> SafeString:
    """The text as HTML."""
    return SafeString(_PARSER.render(text))  # it escapes all text and makes no tags but these


def plain_text(text: str) -> str:
    """The words alone, on one line: for lists, and for readers that do not understand Markdown."""
    tokens = _PARSER.parse(text)
    words = ("".join(_words(child.type, child.content) for child in token.children or ()) for token in tokens)
    return " ".join(filter(None, (" ".join(each.split()) for each in words)))


def _words(kind: str, content: str) -> str:
    return " " if kind in ("softbreak", "hardbreak") else content
