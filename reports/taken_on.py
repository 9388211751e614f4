"""Who has taken on which step of the plan, as a report prints it: fixed when somebody asks for the report."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from assessments.models import LIVE_STATES, Action
from reports.document.types import TakenOn

DIGEST_LENGTH = 16

TakenRow = list[Any]
"""[question, level, name, day in ISO form or None]"""


def taken_on_now(organisation: UUID) -> list[TakenRow]:
    """The steps that somebody does, or that have a day, by question and level."""
    live = Action.objects.filter(organisation=organisation, state__in=LIVE_STATES).exclude(question="")
    rows = live.order_by("question", "level", "created_at", "id")
    columns = rows.values_list("question", "level", "assignee__name", "assignee_name", "due")
    return [
        [question, level, person or name, due.isoformat() if due else None]
        for question, level, person, name, due in columns
        if person or name or due
    ]


def digest_of(rows: Sequence[object]) -> str:
    """Of anything that a report fixes; empty for none."""
    if not rows:
        return ""
    return hashlib.sha256(json.dumps(rows, ensure_ascii=True).encode()).hexdigest()[:DIGEST_LENGTH]


def taken_by_question(taken: Iterable[TakenRow]) -> Mapping[str, TakenOn]:
    """Of several steps of one question the lowest, which comes first."""
    found: dict[str, TakenOn] = {}
    for question, _level, name, due in taken:
        found.setdefault(question, TakenOn(name, date.fromisoformat(due) if due else None))
    return found
