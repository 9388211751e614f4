"""What stands in the JSON file. The schema is made from these classes: their docstrings are its descriptions."""

from dataclasses import dataclass
from datetime import date
from typing import Any

ALWAYS = ("format", "edition", "depth", "interim")
"""Fields of `told` that every kind of report has."""


@dataclass(frozen=True, slots=True)
class CommentData:
    """A comment that was marked for the report, and who wrote it."""

    by: str
    text: str


@dataclass(frozen=True, slots=True)
class CitationData:
    """Where a question comes from; `use` says what that is for this business, in words."""

    use: str
    labels: str


@dataclass(frozen=True, slots=True)
class AnswerData:
    """One question as it was answered. `level` is 0 to 4, null where the answer is none; `state` is then "unknown" or
    "out" (not applicable, with its `reason`), otherwise "level". `target` is the level to reach, null in old results.

    `answer` is in words; `marks` say how it counts. Texts that people typed keep their line breaks.
    """

    domain: str
    question: str
    asks: str
    state: str
    level: int | None
    target: int | None
    answer: str
    reason: str
    note: str
    evidence: str
    marks: tuple[str, ...]
    review: str
    review_note: str
    comments: tuple[CommentData, ...]
    citations: tuple[CitationData, ...]


@dataclass(frozen=True, slots=True)
class CoverData:
    """What the first page says, in words. `answers` say who answered and who reviewed."""

    organisation: str
    date: str
    depth: str
    edition: str
    law_status: str
    questions: str
    answers: tuple[str, ...]
    advised_by: str


@dataclass(frozen=True, slots=True)
class CountData:
    """A count before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class FigureData:
    """A figure before and after, and what that means, in words."""

    name: str
    before: str
    after: str
    verdict: str


@dataclass(frozen=True, slots=True)
class SinceData:
    """What has changed since the last result: the most important of it."""

    lead: str
    counts: tuple[CountData, ...]
    figures: tuple[FigureData, ...]


@dataclass(frozen=True, slots=True)
class ClaimData:
    """An answer at level 3 or 4, with the proof that was named for it; `evidence` is empty where none was."""

    domain: str
    question: str
    asks: str
    level: str
    evidence: str


@dataclass(frozen=True, slots=True)
class TakenStepData:
    """A step of the plan that somebody has taken on: its number in the plan, who, and by which day, in words."""

    number: int
    who: str
    by: str


@dataclass(frozen=True, slots=True)
class ConsultantTextData:
    """What a consultant wrote, apart from everything computed. `place` is "summary", "domain" (with its code in
    `domain`) or "step" (with a `title`), `on` the day. A text keeps its line breaks.
    """

    place: str
    domain: str
    title: str
    text: str
    by: str
    consultancy: str
    on: date


@dataclass(frozen=True, slots=True)
class ReportData:
    """A report of Evenkeel. `format` is the number of this form: fields may be added to it, none changes its meaning.

    `report` is the kind of report, `sections` are its parts in order. `told` has the statements of these parts as
    values. `answers` and `evidence` are empty in kinds of report that hold none. `created` is the day of the result,
    `looked_at` are the domains that were asked about, `consultant_texts` the words of consultants;
    `limits` end with how to check the report.
    """

    format: int
    report: str
    sections: tuple[str, ...]
    language: str
    title: str
    created: str
    disclaimer: str
    cover: CoverData
    told: dict[str, Any]
    answers: tuple[AnswerData, ...]
    evidence: tuple[ClaimData, ...]
    taken_steps: tuple[TakenStepData, ...]
    since: SinceData | None
    looked_at: tuple[str, ...]
    consultant_texts: tuple[ConsultantTextData, ...]
    limits: tuple[str, ...]
