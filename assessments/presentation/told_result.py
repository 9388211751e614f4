"""A whole result as statements: all that pages and reports print of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from assessments.bank.types import Depth, Edition
from assessments.presentation.answer_record import RecordedAnswer
from assessments.presentation.counts import CountsStatement, tell_counts
from assessments.presentation.duties import LawStatement, tell_laws
from assessments.presentation.figures import (
    DomainStatement,
    LensStatement,
    OverallStatement,
    PillarStatement,
    tell_domains,
    tell_lens,
    tell_overall,
    tell_pillars,
)
from assessments.presentation.must_fix import MustFixStatement, tell_must_fix
from assessments.presentation.open_points import FindOutStatement, LeftOutStatement, tell_find_out, tell_left_out
from assessments.presentation.plan import ChangeStatement, PlanStepStatement, tell_changes, tell_plan
from assessments.presentation.reviews import ReviewStatement, tell_reviews
from assessments.presentation.sums import SumStatement, tell_sums
from assessments.scoring.plan import FigureBeforeAfter
from assessments.scoring.types import ScoredResult


@dataclass(frozen=True, slots=True)
class EditionRef:
    """The pinned edition, with the date of the law in it and its disclaimer."""

    id: str
    title: str
    language: str
    law_status_as_of: date
    disclaimer: str


@dataclass(frozen=True, slots=True)
class ToldResult:
    """Fields are in the order of the page, lists in the order of scoring; no `reviews` means self-assessed."""

    edition: EditionRef
    depth: Depth
    overall: OverallStatement
    counts: CountsStatement
    reviews: tuple[ReviewStatement, ...]
    pillars: tuple[PillarStatement, ...]
    changes: tuple[ChangeStatement, ...]
    plan: tuple[PlanStepStatement, ...]
    domains: tuple[DomainStatement, ...]
    lens: LensStatement | None
    must_fix: tuple[MustFixStatement, ...]
    laws: tuple[LawStatement, ...]
    find_out: tuple[FindOutStatement, ...]
    left_out: tuple[LeftOutStatement, ...]
    sums: tuple[SumStatement, ...]


def tell_result(
    edition: Edition,
    result: ScoredResult,
    first_gain: Iterable[FigureBeforeAfter],
    answers: Mapping[str, RecordedAnswer],
    *,
    sums: bool = True,
) -> ToldResult:
    """`first_gain` and `answers` were frozen with the result; `edition` is the one it was scored with.

    Without `sums` none are worked out: they take a quarter of the time, and a result page shows none.
    """
    return ToldResult(
        edition=EditionRef(
            id=edition.id,
            title=edition.title,
            language=edition.language,
            law_status_as_of=edition.law_status_as_of,
            disclaimer=edition.disclaimer,
        ),
        depth=result.run.depth,
        overall=tell_overall(edition, result),
        counts=tell_counts(result),
        reviews=tell_reviews(result, answers),
        pillars=tell_pillars(edition, result),
        changes=tell_changes(edition, first_gain),
        plan=tell_plan(edition, result),
        domains=tell_domains(edition, result),
        lens=tell_lens(edition, result),
        must_fix=tell_must_fix(edition, result),
        laws=tell_laws(edition, result),
        find_out=tell_find_out(edition, result),
        left_out=tell_left_out(result),
        sums=tell_sums(edition, result) if sums else (),
    )
