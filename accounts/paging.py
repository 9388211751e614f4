"""Lists in pages of a fixed size, whatever they list: links that keep the filter and the order, and the way back."""

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
    """What a page can be cut from: a queryset or a sequence."""

    def __len__(self) -> int: ...

    def __getitem__(self, key: slice, /) -> Any: ...


@dataclass(frozen=True, slots=True)
class PageLink:
    """`query` is empty for the page one is on, and `number` is None for a gap."""

    number: int | None
    query: str


@dataclass(frozen=True, slots=True)
class ListPage(Generic[Row]):
    """The rows of one page; `count` is that of the whole list. Queries begin with "?", "" where there is none."""

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
    """The page that the query's parameter `name` asks for; the first or the last one where that makes no sense.

    A queryset is counted and cut by the database: two statements, however long it is.
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
    """What a search field holds; no database takes a null character."""
    return query.get(name, "").replace("\0", "").strip()[:LONGEST_SEARCH]


def _numbers(page: Page[Any]) -> list[int | str]:
    """The first and last page and those around this one."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


def page_query(place: int, *, size: int = PER_PAGE) -> str:
    """The query of the page with the row that stands in this place of the list, counted from 0; "" for the first."""
    number = place // size + 1
    return f"page={number}" if number > 1 else ""


def address_again(address: str, kept: str, place: str = "") -> str:
    """Back to a list as it was: `kept` is the query it had, from a form or an address, `place` the id to go to.

    Only the query comes from outside, and is written anew: it leads nowhere but to `address`.
    """
    query = QueryDict(kept[:LONGEST_QUERY]).urlencode()
    return address + (f"?{query}" if query else "") + (f"#{place}" if place else "")
