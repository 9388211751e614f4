"""The HTML of the desk's lines and of its filter.

A line says a dozen things about a client, and laying fifty of them out was most of a page's time. Little changes from
one view to the next, so each is laid out anew only when something in it has changed, and kept in the process.
"""

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from assessments.desk.forms import FilterForm
from assessments.desk.portfolio import ClientLine

TEMPLATE = "desk/_client.html"
LINES_KEPT, FILTERS_KEPT = 2_048, 128
# Where the way back to this very page goes. No name can hold it: in HTML its "<" would be escaped.
BACK = "<back>"


def client_rows(lines: Iterable[ClientLine], *, consultancy: UUID, can_work: bool, back: str) -> SafeString:
    """The lines as rows of a table; `back` is the query of the page they stand on."""
    language = get_language() or ""
    html = "".join(_row(line, consultancy, can_work, language) for line in lines)
    query = escape(f"?{urlencode({'back': back})}") if back else ""
    return mark_safe(html.replace(BACK, query))  # noqa: S308 (laid out by the template, the query escaped above)


@lru_cache(maxsize=LINES_KEPT)
def _row(line: ClientLine, consultancy: UUID, can_work: bool, language: str) -> str:
    """`language` is the one that is active, and only tells lines apart."""
    context = {"line": line, "consultancy": consultancy, "can_work": can_work, "back": mark_safe(BACK)}  # noqa: S308 (our own)
    return render_to_string(TEMPLATE, context)


def filter_html(tags: Iterable[tuple[str, int]], *, consultancy: UUID, query: str) -> SafeString:
    """The form as `query` fills it."""
    return _filter(tuple(tags), consultancy, query, get_language() or "")


@lru_cache(maxsize=FILTERS_KEPT)
def _filter(tags: tuple[tuple[str, int], ...], consultancy: UUID, query: str, language: str) -> SafeString:
    form = FilterForm(QueryDict(query), tags=tags)
    return render_to_string("desk/_filter.html", {"form": form, "consultancy": consultancy, "address": query})
