"""Which bank an edition belongs to that was stored before there were banks.

Editions that descend from one another are a family, and have one bank. The family belongs to the shipped bank if its
first edition came with Evenkeel (nobody drafted it here), or if more than half of that edition's questions are questions
of one that did: then somebody took in a file of it. Any other family, such as one that began with a framework library,
has a bank of its own, called after its first edition.

What was published in the shipped bank is offered for new assessments, as it was. What was published in another bank no
longer is: that is offered, if at all, by somebody who means to.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F

from assessments.migrations._offers import SHIPPED

SHIPPED_NAME = "Evenkeel"


def give_banks(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    editions, banks = (apps.get_model("assessments", name)._default_manager for name in ("EditionRow", "Bank"))
    rows = {row["pk"]: row for row in editions.order_by("pk").values("pk", "code", "title", "language", "predecessor")}
    shipped = set(editions.filter(predecessor=None, drafted_by=None).values_list("pk", flat=True))
    if not rows:
        return
    questions: dict[int, set[str]] = {key: set() for key in rows}
    for key, code in apps.get_model("assessments", "QuestionRow")._default_manager.values_list(
        "domain__edition", "code"
    ):
        questions[key].add(code)
    known = set().union(*(questions[key] for key in rows if _first(rows, key) in shipped))
    home = banks.create(slug=SHIPPED, name=SHIPPED_NAME, language=rows[min(shipped or rows)]["language"][:10])
    made = {SHIPPED: home}
    for key in rows:
        first = rows[_first(rows, key)]
        own, bank = questions[first["pk"]], home
        if first["pk"] not in shipped and 2 * len(own & known) <= len(own):
            slug = slug_of(first, rows.values())
            bank = made.get(slug) or banks.create(slug=slug, name=first["title"], language=first["language"])
            made[slug] = bank
        editions.filter(pk=key).update(bank=bank)
    editions.filter(bank=home, status="published").update(offered_at=F("published_at"))


def _first(rows: Mapping[int, Mapping[str, Any]], key: int) -> int:
    """The edition that this one descends from in the end."""
    seen = {key}
    while (before := rows[key]["predecessor"]) and before not in seen:
        seen.add(before)
        key = before
    return key


def slug_of(first: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> str:
    """From the name of the family's first edition; with its key where another edition comes to the same."""

    def plain(row: Mapping[str, Any]) -> str:
        return re.sub(r"[^a-z0-9]+", "-", row["code"].casefold()).strip("-") or "bank"

    found = plain(first)
    taken = found == SHIPPED or any(plain(row) == found for row in rows if row["pk"] != first["pk"])
    return f"{found[:20]}-{first['pk']}" if taken else found[:40].strip("-")
