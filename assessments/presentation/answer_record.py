"""Answers as frozen with the result, with their notes, named proof, reviews and comments."""

from dataclasses import dataclass, replace

PROOF_FROM = 3
"""The lowest level that asks for proof."""


@dataclass(frozen=True, slots=True)
class RecordedReview:
    """`verdict` is a Verdict value, `by` and `consultancy` are names, `on` is the day in ISO form."""

    verdict: str
    note: str
    by: str
    consultancy: str
    on: str


@dataclass(frozen=True, slots=True)
class RecordedComment:
    """A comment marked for the report; `by` is its author's name."""

    by: str
    text: str


@dataclass(frozen=True, slots=True)
class RecordedAnswer:
    """One answer as frozen; `kind` is an AnswerKind value, `answered_as` an AnsweredAs value.

    `taken_over_from` is the day of an answer that came from an earlier run and was not confirmed, in ISO form.
    Older results have no review, no comments, no `answered_as` and no `taken_over_from`.
    """

    question: str
    kind: str
    level: int | None
    reason: str
    note: str
    evidence: str
    review: RecordedReview | None = None
    comments: tuple[RecordedComment, ...] = ()
    answered_as: str = ""
    taken_over_from: str = ""


def shown_proof(level: int | None, evidence: str) -> str:
    """The proof where it belongs to the answer; what was named beside a higher level is kept, and not shown.

    `level` is None for every answer that is not a level.
    """
    return evidence if level is not None and level >= PROOF_FROM else ""


def as_shown(recorded: RecordedAnswer) -> RecordedAnswer:
    """Without a proof that does not belong to the answer: older results have frozen it."""
    return replace(recorded, evidence=shown_proof(recorded.level, recorded.evidence))
