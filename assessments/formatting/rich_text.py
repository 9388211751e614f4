"""Help texts with a few marks: **bold**, *stress*, lists, [links](https://…). Everything else is plain text.

The Markdown parser knows only these rules, no HTML and no pictures, and escapes all text; links lead to https alone.
"""

import re
from functools import lru_cache

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

RULES = ["list", "emphasis", "link", "newline", "escape"]
SAFE_LINK = re.compile(r"https://[^\s/]", re.IGNORECASE)


def _is_safe(address: str) -> bool:
    return bool(SAFE_LINK.match(address))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "breaks": False}).enable(RULES)
    parser.validateLink = _is_safe  # type: ignore[method-assign,assignment]
    return parser


_PARSER = _parser()


@lru_cache(maxsize=2048)
def render_rich_text(text: str) -> SafeString:
    return SafeString(_PARSER.render(text))  # it escapes all text and makes no tags but these


def plain_text(text: str) -> str:
    """The words alone, as one line: for lists, and for readers that know no marks."""
    tokens = _PARSER.parse(text)
    words = ("".join(_words(child.type, child.content) for child in token.children or ()) for token in tokens)
    return " ".join(filter(None, (" ".join(each.split()) for each in words)))


def _words(kind: str, content: str) -> str:
    return " " if kind in ("softbreak", "hardbreak") else content
