"""The words of consultants as a report prints them: fixed when somebody asks for the report."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC
from typing import Any
from uuid import UUID

from assessments.models import Result
from reports.kinds.registry import ReportKind
from reports.kinds.text_places import ConsultantEntry
from reports.models import ConsultantText

WordsRow = dict[str, Any]
"""The fields of a ConsultantEntry; `by` is where an erasure looks for signatures."""


def words_to_freeze(results: Sequence[Result], kind: ReportKind) -> Mapping[UUID, list[WordsRow]]:
    """By the key of each result what a report of this kind holds of its texts, in one query, none for most kinds."""
    found: dict[UUID, list[WordsRow]] = {result.pk: [] for result in results}
    if not kind.words:
        return found
    texts = ConsultantText.objects.filter(result__in=found, place__in=kind.words).exclude(text="", title="")
    texts = texts.select_related("consultancy", "written_by").defer("written_by__password")
    for text in texts.order_by("consultancy__name", "consultancy", "created_at", "pk"):
        found[text.result_id].append(_row(text))
    return found


def _row(text: ConsultantText) -> WordsRow:
    return {
        "place": text.place,
        "domain": text.domain,
        "title": text.title,
        "text": text.text,
        "by": str(text.written_by),
        "consultancy": text.consultancy.name,
        "on": text.written_at.astimezone(UTC).date().isoformat(),
    }


def frozen_entries(rows: Iterable[WordsRow]) -> tuple[ConsultantEntry, ...]:
    """Of `Report.words`."""
    return tuple(ConsultantEntry(**row) for row in rows)
