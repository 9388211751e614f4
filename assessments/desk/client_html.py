"""The HTML of the desk's rows and of its filter.

A row shows a dozen things about a client, and rendering fifty rows took most of a page's time. Little changes from one
view to the next, so a row is rendered again only when something in it has changed; each process caches the rest.
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
# Placeholder for the link back to this page. No name can contain it: in HTML its "<" would be escaped.
BACK = "<back>"


def client_rows(lines: Iterable[ClientLine], *, consultancy: UUID, can_work: bool, back: str) -> SafeString:
    """The lines as table rows; `back` is the query string of the page that shows them."""
    language = get_language() or ""
    html = "".join(_row(line, consultancy, can_work, language) for line in lines)
    query = escape(f"?{urlencode({'back': back})}") if back else ""
    return mark_safe(html.replace(BACK, query))  # noqa: S308 (rendered by the template, the query escaped above)


@lru_cache(maxsize=LINES_KEPT)
def _row(line: ClientLine, consultancy: UUID, can_work: bool, language: str) -> str:
    """`language` is the active one; it is only part of the cache key."""
    context = {"line": line, "consultancy": consultancy, "can_work": can_work, "back": mark_safe(BACK)}  # noqa: S308 (our own)
    return render_to_string(TEMPLATE, context)


def filter_html(tags: Iterable[tuple[str, int]], *, consultancy: UUID, query: str) -> SafeString:
    """The filter form, filled in from the query string `query`."""
    return _filter(tuple(tags), consultancy, query, get_language() or "")


@lru_cache(maxsize=FILTERS_KEPT)
def _filter(tags: tuple[tuple[str, int], ...], consultancy: UUID, query: str, language: str) -> SafeString:
    form = FilterForm(QueryDict(query), tags=tags)
    return render_to_string("desk/_filter.html", {"form": form, "consultancy": consultancy, "query": query})
