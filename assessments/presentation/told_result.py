"""A whole result as statements: all that pages and reports print of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from assessments.bank.types import Depth, Edition
from assessments.presentation.answer_record import RecordedAnswer
from assessments.presentation.counts import (
    CountsStatement,
    JudgementStatement,
    StrengthStatement,
    tell_counts,
    tell_judgement,
    tell_strengths,
)
from assessments.presentation.duties import LawStatement, PartialListStatement, tell_laws, tell_partial_list
from assessments.presentation.figures import (
    DepthDifferenceStatement,
    DomainStatement,
    LensStatement,
    OverallStatement,
    PillarStatement,
    tell_depth_differences,
    tell_domains,
    tell_lens,
    tell_overall,
    tell_pillars,
)
from assessments.presentation.findings import (
    MustFixStatement,
    OnTheDayStatement,
    StartingSoonStatement,
    tell_must_fix,
    tell_on_the_day,
    tell_starting_soon,
)
from assessments.presentation.open_points import (
    FindOutStatement,
    LeftOutStatement,
    NotLookedAtStatement,
    ToCheckStatement,
    open_questions,
    tell_find_out,
    tell_left_out,
    tell_not_looked_at,
    tell_to_check,
)
from assessments.presentation.placeholders import BusinessPlace, country_in
from assessments.presentation.plan import (
    ChangeStatement,
    FirmnessStatement,
    FirstStepsStatement,
    PlanStepStatement,
    tell_changes,
    tell_firmness,
    tell_first_steps,
    tell_plan,
)
from assessments.presentation.reviews import (
    AnsweredByStatement,
    ReviewStatement,
    TakenOverStatement,
    tell_answered_by,
    tell_reviews,
    tell_taken_over,
)
from assessments.presentation.step_values import business_steps
from assessments.presentation.sums import SumStatement, tell_sums
from assessments.scoring.plan import FigureBeforeAfter
from assessments.scoring.scope import ScopeFacts
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
    """Fields are in the order of the page, lists in the order of scoring; no `reviews` means that nobody reviewed it.

    `interim`: the answers of the result before with those given again since, rather than a run through the questions.
    Three kinds of finding: `must_fix` is unlawful now, as are the duties of `laws`; `on_the_day` would be missed
    on the day it goes wrong; `find_out`, `not_looked_at` and `to_check` are what nobody has looked at.
    """

    edition: EditionRef
    depth: Depth
    interim: bool
    judgement: JudgementStatement
    overall: OverallStatement
    counts: CountsStatement
    strengths: tuple[StrengthStatement, ...]
    answered_by: AnsweredByStatement | None
    taken_over: TakenOverStatement | None
    reviews: tuple[ReviewStatement, ...]
    first_steps: FirstStepsStatement | None
    changes: tuple[ChangeStatement, ...]
    plan: tuple[PlanStepStatement, ...]
    firmness: FirmnessStatement | None
    pillars: tuple[PillarStatement, ...]
    must_fix: tuple[MustFixStatement, ...]
    on_the_day: tuple[OnTheDayStatement, ...]
    find_out: tuple[FindOutStatement, ...]
    not_looked_at: tuple[NotLookedAtStatement, ...]
    to_check: tuple[ToCheckStatement, ...]
    laws: tuple[LawStatement, ...]
    partial_list: PartialListStatement | None
    starting_soon: tuple[StartingSoonStatement, ...]
    depth_differences: tuple[DepthDifferenceStatement, ...]
    domains: tuple[DomainStatement, ...]
    lens: LensStatement | None
    left_out: tuple[LeftOutStatement, ...]
    sums: tuple[SumStatement, ...]


def tell_result(
    edition: Edition,
    result: ScoredResult,
    first_gain: Iterable[FigureBeforeAfter],
    answers: Mapping[str, RecordedAnswer],
    *,
    facts: ScopeFacts | None = None,
    day: date | None = None,
    interim: bool = False,
    sums: bool = True,
) -> ToldResult:
    """`first_gain` and `answers` were frozen with the result; `edition` is the one it was scored with.

    `facts` are the answers to the scope questions, `day` is that of the result; without it the day of the law in the
    edition is taken. Without `sums` none are worked out: they take a quarter of the time, and a page shows none.
    """
    asked = open_questions(edition, result, facts or {})
    place = BusinessPlace(country_in(facts or {}), result.run.tags, day or edition.law_status_as_of)
    steps = business_steps(edition, result, place)
    plan = tell_plan(edition, result, steps)
    return ToldResult(
        edition=_edition_ref(edition),
        depth=result.run.depth,
        interim=interim,
        judgement=tell_judgement(edition, result, plan),
        overall=tell_overall(edition, result),
        counts=tell_counts(result),
        strengths=tell_strengths(edition, result),
        answered_by=tell_answered_by(result, answers),
        taken_over=tell_taken_over(result, answers),
        reviews=tell_reviews(result, answers),
        first_steps=tell_first_steps(edition, result, plan),
        changes=tell_changes(edition, result, first_gain),
        plan=plan,
        firmness=tell_firmness(edition, result, place.day),
        pillars=tell_pillars(edition, result),
        must_fix=tell_must_fix(edition, result, steps),
        on_the_day=tell_on_the_day(edition, result),
        find_out=tell_find_out(edition, result, place, asked),
        not_looked_at=tell_not_looked_at(edition, result, place),
        to_check=tell_to_check(edition, result, asked),
        laws=tell_laws(edition, result, place),
        partial_list=tell_partial_list(edition, result.run),
        starting_soon=tell_starting_soon(edition, result),
        depth_differences=tell_depth_differences(edition, result, place.day),
        domains=tell_domains(edition, result),
        lens=tell_lens(edition, result),
        left_out=tell_left_out(result),
        sums=tell_sums(edition, result) if sums else (),
    )


def _edition_ref(edition: Edition) -> EditionRef:
    return EditionRef(
        id=edition.id,
        title=edition.title,
        language=edition.language,
        law_status_as_of=edition.law_status_as_of,
        disclaimer=edition.disclaimer,
    )
