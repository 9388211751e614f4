"""The rows of the quick check, for tests/access/table.py: what guests open, and what their consultancy does."""

from collections.abc import Mapping

from assessments.models import CheckLink, SharedCheck
from tests.access.keys import of_consultancy
from tests.access.rows.row import ANSWERED, PUBLIC, Row, page
from tests.access.site import Site
from tests.personas import AT_CONSULTANCY


def of_check_key(site: Site) -> Mapping[str, object]:
    return {"key": CheckLink.objects.get().key}


def of_check_link(site: Site) -> Mapping[str, object]:
    return {"pk": site.consultancy.pk, "link": CheckLink.objects.get().pk}


def of_shared_check(site: Site) -> Mapping[str, object]:
    return {"pk": site.consultancy.pk, "shared": SharedCheck.objects.get().pk}


def of_first(site: Site) -> Mapping[str, object]:
    return {"number": 1}


GUESTS = (
    Row("quick_check", read=PUBLIC),
    Row("quick_check_with", of_check_key, read=PUBLIC),
    Row("quick_check_logo", of_check_key, read=PUBLIC),
    page("quick_check_facts", of_first, PUBLIC, data={"country": "es", "people": "no"}),
    page("quick_check_question", of_first, PUBLIC, ANSWERED, data={"chosen": "1"}),
    Row("quick_check_insight", read=PUBLIC, get=ANSWERED),
    Row("quick_check_result", read=PUBLIC, get=ANSWERED),
    page("quick_check_share", access=PUBLIC, get=ANSWERED, data={"business": "Some bakery"}),
    Row("quick_check_take_back", write=PUBLIC, post=(302,)),
    Row("quick_check_delete", write=PUBLIC, post=(200,)),
    # Nobody who is signed in here has a check.
    page("quick_check_keep", get=(302,), post=(302,)),
    Row(
        "check_links",
        of_consultancy,
        read="see_clients",
        write="look_after_clients",
        data={"name": "Fair"},
        standings=AT_CONSULTANCY,
    ),
    Row("check_link_revoke", of_check_link, write="look_after_clients", post=(302,), standings=AT_CONSULTANCY),
    Row("shared_checks", of_consultancy, read="see_clients", standings=AT_CONSULTANCY),
    Row("shared_check", of_shared_check, read="see_clients", standings=AT_CONSULTANCY),
    page("shared_check_delete", of_shared_check, "look_after_clients", standings=AT_CONSULTANCY),
)
