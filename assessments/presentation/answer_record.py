"""Answers as they were frozen with the result: what was said, noted, reviewed and named as proof."""

from dataclasses import dataclass


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
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class RecordedAnswer:
    """One answer as frozen; `kind` is an AnswerKind value. Results from before reviews have neither of the last two."""

    question: str
    kind: str
    level: int | None
    reason: str
    note: str
    evidence: str
    review: RecordedReview | None = None
    comments: tuple[RecordedComment, ...] = ()
