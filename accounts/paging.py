"""Lists in pages of a fixed size: links that keep the filter and the order, and the way back to a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from django.core.paginator import Page, Paginator
from django.http import QueryDict

PER_PAGE = 50
LONGEST_QUERY = 2_000
LONGEST_SEARCH = 120

Row = TypeVar("Row")


class Sliceable(Protocol):
    """What can be split into pages: a queryset or a sequence."""

    def __len__(self) -> int: ...

    def __getitem__(self, key: slice, /) -> Any: ...


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page number with the query that leads there; for a gap `number` is None and `query` empty."""

    number: int | None
    query: str


@dataclass(frozen=True, slots=True)
class ListPage(Generic[Row]):
    """The rows of one page; `count` is the length of the whole list. Queries begin with "?", or are "" for no page."""

    rows: Sequence[Row]
    count: int
    number: int
    pages: int
    previous: str
    next: str
    links: tuple[PageLink, ...]

    @property
    def several(self) -> bool:
        return self.pages > 1


def list_page(rows: Sliceable, query: QueryDict, *, name: str = "page", size: int = PER_PAGE) -> ListPage[Any]:
    """The page that the query parameter `name` asks for; page 1 if that is not a number, the last if it is no page.

    A queryset is counted and sliced by the database: two statements, however long it is.
    """
    paginator: Paginator[Any] = Paginator(rows, size)  # type: ignore[arg-type]
    page = paginator.get_page(query.get(name))

    def to(number: int) -> str:
        changed = query.copy()
        changed[name] = str(number)
        return f"?{changed.urlencode()}"

    return ListPage(
        rows=list(page.object_list),
        count=paginator.count,
        number=page.number,
        pages=paginator.num_pages,
        previous=to(page.number - 1) if page.has_previous() else "",
        next=to(page.number + 1) if page.has_next() else "",
        links=tuple(
            PageLink(number if isinstance(number, int) else None, to(number) if isinstance(number, int) else "")
            for number in _numbers(page)
        ),
    )


def searched(query: QueryDict, name: str = "q") -> str:
    """The text of a search field, cut to LONGEST_SEARCH; without NUL characters, which no database accepts."""
    return query.get(name, "").replace("\0", "").strip()[:LONGEST_SEARCH]


def _numbers(page: Page[Any]) -> list[int | str]:
    """The first and last page, those next to this one, and an ellipsis for each gap."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


def page_query(index: int, *, size: int = PER_PAGE) -> str:
    """The query, without "?", of the page that shows the row at this index (from 0); "" for the first page."""
    number = index // size + 1
    return f"page={number}" if number > 1 else ""


def address_again(url: str, kept: str, fragment: str = "") -> str:
    """The URL of a list as it was: `kept` is the query it had, from a form or a URL, `fragment` the id to scroll to.

    Only the query comes from outside, and it is encoded again: it cannot lead anywhere but to `url`.
    """
    query = QueryDict(kept[:LONGEST_QUERY]).urlencode()
    return url + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")
