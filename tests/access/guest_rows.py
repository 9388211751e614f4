"""The rows of the quick check, for tests/access/table.py: what guests open, and what their consultancy does."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from assessments.models import CheckLink, SharedCheck
from tests.access.keys import of_consultancy
from tests.access.site import Site
from tests.personas import AT_CONSULTANCY

RowType = TypeVar("RowType")
PUBLIC = "public"
ANSWERED = (200, 302)
"""A page of a check; who has none is led to its start."""


def of_check_key(site: Site) -> Mapping[str, object]:
    return {"key": CheckLink.objects.get().key}


def of_check_link(site: Site) -> Mapping[str, object]:
    return {"pk": site.consultancy.pk, "link": CheckLink.objects.get().pk}


def of_shared_check(site: Site) -> Mapping[str, object]:
    return {"pk": site.consultancy.pk, "shared": SharedCheck.objects.get().pk}


def of_first(site: Site) -> Mapping[str, object]:
    return {"number": 1}


def guest_rows(row: Callable[..., RowType], page: Callable[..., RowType]) -> tuple[RowType, ...]:
    """`row` and `page` are those of the table."""
    return (
        row("quick_check", read=PUBLIC),
        row("quick_check_with", of_check_key, read=PUBLIC),
        row("quick_check_logo", of_check_key, read=PUBLIC),
        page("quick_check_facts", of_first, PUBLIC, data={"country": "es", "people": "no"}),
        page("quick_check_question", of_first, PUBLIC, ANSWERED, data={"chosen": "1"}),
        row("quick_check_insight", read=PUBLIC, get=ANSWERED),
        row("quick_check_result", read=PUBLIC, get=ANSWERED),
        page("quick_check_share", access=PUBLIC, get=ANSWERED, data={"business": "Some bakery"}),
        row("quick_check_take_back", write=PUBLIC, post=(302,)),
        row("quick_check_delete", write=PUBLIC, post=(200,)),
        # Nobody who is signed in here has a check.
        page("quick_check_keep", get=(302,), post=(302,)),
        row(
            "check_links",
            of_consultancy,
            read="see_clients",
            write="look_after_clients",
            data={"name": "Fair"},
            standings=AT_CONSULTANCY,
        ),
        row("check_link_revoke", of_check_link, write="look_after_clients", post=(302,), standings=AT_CONSULTANCY),
        row("shared_checks", of_consultancy, read="see_clients", standings=AT_CONSULTANCY),
        row("shared_check", of_shared_check, read="see_clients", standings=AT_CONSULTANCY),
        page("shared_check_delete", of_shared_check, "look_after_clients", standings=AT_CONSULTANCY),
    )
