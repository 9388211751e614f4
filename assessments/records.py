"""The answers as they were on submission, stored with the result: what was said, noted and named as proof."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from assessments.models import Answer, AnswerKind


@dataclass(frozen=True, slots=True)
class RecordedAnswer:
    """One answer as frozen; `kind` is an AnswerKind value."""

    question: str
    kind: str
    level: int | None
    reason: str
    note: str
    evidence: str


def record_of(rows: Iterable[Answer]) -> list[dict[str, Any]]:
    return [asdict(_recorded(row)) for row in sorted(rows, key=lambda row: row.question)]


def _recorded(row: Answer) -> RecordedAnswer:
    """An answer that nobody looked at again was not given to this question: only what was noted is recorded."""
    if row.given_under_id is not None:
        return RecordedAnswer(row.question, AnswerKind.OPEN, None, "", row.note, row.evidence)
    return RecordedAnswer(row.question, row.kind, row.level, row.reason, row.note, row.evidence)


def recorded_answers(stored: list[dict[str, Any]]) -> dict[str, RecordedAnswer]:
    return {entry["question"]: RecordedAnswer(**entry) for entry in stored}
