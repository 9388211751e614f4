"""For each constraint of quick checks, links to them and shared ones a row that breaks it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import Model

from assessments.editions.newest import newest_offered
from assessments.models import CheckLink, GuestCheck, SharedCheck
from tests.factories import ConsultancyFactory, member
from tests.runs import NOW


def _link(**values: Any) -> CheckLink:
    consultancy = ConsultancyFactory.create()
    right = {"name": "Website", "key": "k" * 43, "created_by": member(consultancy), "created_at": NOW}
    return CheckLink(consultancy=consultancy, **{**right, **values})


def _shared(**values: Any) -> SharedCheck:
    right = {"business": "Bakery", "edition": newest_offered(), "consultancy": ConsultancyFactory.create()}
    return SharedCheck(**{**right, **values})


WRONG: list[tuple[str, Callable[[], Model]]] = [
    ("check_link_named", lambda: _link(name="")),
    ("check_link_key_whole", lambda: _link(key="k" * 42)),
    ("check_link_revoked_after_it_was_made", lambda: _link(revoked_at=NOW - timedelta(seconds=1))),
    ("shared_check_names_a_business", lambda: _shared(business="")),
    ("shared_check_email_lower_case", lambda: _shared(email="Ann@example.org")),
    ("guest_check_key_hashed", lambda: GuestCheck(key_hash="h" * 63, edition=newest_offered())),
]
