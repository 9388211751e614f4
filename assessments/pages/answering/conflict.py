"""Two people answered one question: both versions side by side, for the second one to choose."""

from dataclasses import dataclass
from datetime import datetime

from assessments.bank.types import Edition, Question
from assessments.models import Answer
from assessments.presentation.answer_record import shown_proof
from assessments.services.answers import Given
from assessments.wording import answer_text


@dataclass(frozen=True, slots=True)
class Version:
    """One person's answer in words; empty parts are not shown."""

    answer: str
    reason: str
    evidence: str
    note: str
    note_left_out: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """`version` is that of their answer, to be sent when a person keeps their own; `url` shows the question again."""

    question: Question
    mine: Version
    theirs: Version
    saved_by: str
    saved_at: datetime
    version: int
    url: str


def conflict_of(edition: Edition, question: Question, given: Given, stored: Answer, url: str) -> Conflict:
    """`given` is what this person sent, `stored` what somebody else saved meanwhile."""
    return Conflict(
        question=question,
        mine=_version(edition, question, given),
        theirs=_version(edition, question, stored),
        saved_by=str(stored.saved_by),
        saved_at=stored.saved_at,
        version=stored.version,
        url=url,
    )


def _version(edition: Edition, question: Question, source: Given | Answer) -> Version:
    answer = answer_text(edition, question, source.kind, source.level)
    return Version(answer, source.reason, shown_proof(source.level, source.evidence), source.note, source.note_left_out)
