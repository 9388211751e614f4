"""Saving one answer: nothing that was acknowledged is lost, and nobody's version is overwritten unseen."""

from dataclasses import dataclass, replace
from datetime import datetime

from accounts.models import User
from assessments.errors import AnswerConflict, must_be_open
from assessments.models import Answer, AnsweredAs, AnswerKind, Assessment, StandingAnswer

TEXTS = ("note", "evidence", "note_left_out")
CHANGED = ("kind", "level", "reason", "kept_reason", *TEXTS, "given_under", "taken_over_from")


@dataclass(frozen=True, slots=True)
class Given:
    """What a person gave for one question; `seen_version` is the version their page was made from, 0 for none.

    `confirms`: they say that the answer taken over from an earlier run is still true. `kept_reason` is what they once
    gave as a reason and does not belong to this choice.
    """

    question: str
    kind: AnswerKind
    level: int | None
    reason: str
    note: str
    evidence: str
    seen_version: int
    confirms: bool = False
    kept_reason: str = ""
    note_left_out: bool = False

    @property
    def empty(self) -> bool:
        return self.kind == AnswerKind.OPEN and not self.note and not self.evidence

    @property
    def untouched(self) -> bool:
        """The question had no answer on the page that was sent, and was given none."""
        return self.empty and self.seen_version == 0

    def over(self, row: Answer) -> "Given":
        """A choice, once made, can be changed but not cleared: without a new choice it stays."""
        if self.kind != AnswerKind.OPEN:
            return self
        kept = row.kept_reason
        return replace(self, kind=AnswerKind(row.kind), level=row.level, reason=row.reason, kept_reason=kept)

    def settles(self, row: Answer) -> bool:
        """Even by the same choice: what had to be looked at again was, or what was taken over is still true."""
        looked_at = row.given_under_id is not None and self.kind != AnswerKind.OPEN
        return looked_at or (row.taken_over_from is not None and self.confirms)

    def chooses_as(self, row: Answer | StandingAnswer) -> bool:
        return (self.kind, self.level, self.reason) == (row.kind, row.level, row.reason)

    def same_as(self, row: Answer | StandingAnswer) -> bool:
        return self.chooses_as(row) and all(getattr(self, name) == getattr(row, name) for name in TEXTS)


def save_answer(
    *,
    assessment: Assessment,
    stored: Answer | None,
    given: Given,
    saved_by: User,
    answered_as: AnsweredAs,
    now: datetime,
) -> Answer | None:
    """Store what was given over `stored`, the row read under the assessment's lock.

    Returns the stored row, or None when nothing was given and nothing is stored. Sending what is already stored
    changes nothing and is never a conflict, so a double click or a repeated request is harmless; nor is sending a
    page on which this question was empty and stayed empty. An answer that has to be looked at again counts again as
    soon as a choice is made, even the same one. An answer taken over from an earlier run is confirmed by saying so or
    by another choice, never by saving the page or by a text beside it; whoever confirms it gives it.

    Raises AnswerConflict when the stored version is not the one the page was made from, and
    AssessmentFinished when the assessment is finished.
    """
    must_be_open(assessment)
    if stored is None:
        return None if given.empty else _insert(assessment, given, _Saving(saved_by, answered_as, now))
    if given.untouched:
        return stored
    settled = given.settles(stored)
    given = given.over(stored)
    if given.same_as(stored) and not settled:
        return stored
    if stored.version != given.seen_version:
        raise AnswerConflict(stored)
    saving = _Saving(saved_by, answered_as, now)
    return _update(stored, given, saving, chosen=settled or not given.chooses_as(stored))


@dataclass(frozen=True, slots=True)
class _Saving:
    by: User
    answered_as: AnsweredAs
    at: datetime


def _insert(assessment: Assessment, given: Given, saving: _Saving) -> Answer:
    return Answer.objects.create(
        assessment=assessment,
        question=given.question,
        kind=given.kind,
        level=given.level,
        reason=given.reason,
        note=given.note,
        evidence=given.evidence,
        kept_reason=given.kept_reason,
        note_left_out=given.note_left_out,
        saved_by=saving.by,
        saved_at=saving.at,
        answered_as=saving.answered_as,
    )


def _update(stored: Answer, given: Given, saving: _Saving, *, chosen: bool) -> Answer:
    """Who changes only a text beside the choice has not given the answer: whoever chose still cannot agree with it."""
    stored.kind, stored.level, stored.reason = given.kind, given.level, given.reason
    stored.kept_reason = given.kept_reason
    for name in TEXTS:
        setattr(stored, name, getattr(given, name))
    stored.version += 1
    stored.saved_at = saving.at
    if chosen:
        stored.saved_by, stored.answered_as = saving.by, saving.answered_as
        stored.given_under = stored.taken_over_from = None
    stored.save(update_fields=[*CHANGED, "version", "saved_by", "saved_at", "answered_as"])
    return stored
