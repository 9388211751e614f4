"""A whole told result in words: all that a page or a report says about it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.presentation.figures import OverallStatement
from assessments.presentation.statement_kinds import StatementKind
from assessments.presentation.told_result import EditionRef, ToldResult
from assessments.wording.depth_differences import depth_difference_sentence
from assessments.wording.figures import DomainWords, PillarWords, domain_words, lens_words, pillar_words
from assessments.wording.findings import (
    LawWords,
    MustFixWords,
    OnTheDayWords,
    StartingSoonWords,
    law_words,
    must_fix_words,
    on_the_day_words,
    partial_list_sentence,
    starting_soon_words,
)
from assessments.wording.headings import ResultHeadings, result_headings
from assessments.wording.open_points import (
    FindOutWords,
    LeftOutWords,
    NotLookedAtWords,
    ToCheckWords,
    find_out_words,
    left_out_words,
    not_looked_at_words,
    to_check_words,
)
from assessments.wording.phrases import date_text
from assessments.wording.plan import (
    ChangeWords,
    LaterStepWords,
    PlanStepWords,
    change_words,
    firmness_sentence,
    first_steps_sentence,
    later_step_words,
    plan_step_words,
    to_go_sentences,
)
from assessments.wording.summary import (
    CountWords,
    StrengthWords,
    answered_by_sentence,
    count_lines,
    counts_sentences,
    judgement_sentence,
    review_lines,
    strength_words,
    taken_over_sentence,
    untouched_sentence,
)
from assessments.wording.sums import SumWords, sum_words


@dataclass(frozen=True, slots=True)
class ResultWords:
    """`in_short` is one sentence. `first` are the steps to begin with, `later` the rest of the plan, in short;
    `firmness` is empty where the order is no close call.

    `promise` says in counts what the first ones move, `to_go` how far it is from there to the next labels, `changes`
    what they do to the figures.
    """

    in_short: str
    strengths: tuple[StrengthWords, ...]
    numbers: tuple[CountWords, ...]
    overall: str
    counts: tuple[str, ...]
    untouched: str
    answered_by: str
    taken_over: str
    reviews: tuple[str, ...]
    promise: str
    to_go: tuple[str, ...]
    changes: tuple[ChangeWords, ...]
    first: tuple[PlanStepWords, ...]
    later: tuple[LaterStepWords, ...]
    firmness: str
    pillars: tuple[PillarWords, ...]
    must_fix: tuple[MustFixWords, ...]
    on_the_day: tuple[OnTheDayWords, ...]
    find_out: tuple[FindOutWords, ...]
    not_looked_at: tuple[NotLookedAtWords, ...]
    to_check: tuple[ToCheckWords, ...]
    laws: tuple[LawWords, ...]
    partial_list: str
    starting_soon: tuple[StartingSoonWords, ...]
    depth_differences: tuple[str, ...]
    domains: tuple[DomainWords, ...]
    lens: DomainWords | None
    left_out: tuple[LeftOutWords, ...]
    headings: ResultHeadings
    edition: str


@dataclass(frozen=True, slots=True)
class SumsInWords:
    """The worked sum of every figure; `pillars` and `domains` only of what is assessed."""

    pillars: tuple[SumWords, ...]
    domains: tuple[SumWords, ...]
    lens: SumWords | None


def result_words(told: ToldResult) -> ResultWords:
    """All but the worked sums, which are many: those are `sums_in_words`."""
    return ResultWords(
        in_short=judgement_sentence(told.judgement),
        strengths=tuple(strength_words(strength) for strength in told.strengths),
        numbers=count_lines(told.counts),
        overall=overall_sentence(told.overall),
        counts=counts_sentences(told.counts),
        untouched=untouched_sentence(told.counts),
        answered_by=answered_by_sentence(told.answered_by) if told.answered_by else "",
        taken_over=taken_over_sentence(told.taken_over) if told.taken_over else "",
        reviews=review_lines(told.reviews, told.answered_by),
        promise=first_steps_sentence(told.first_steps) if told.first_steps else "",
        to_go=to_go_sentences(told.first_steps) if told.first_steps else (),
        changes=tuple(change_words(change) for change in told.changes),
        first=tuple(plan_step_words(step) for step in told.plan if step.first),
        later=tuple(later_step_words(step) for step in told.plan if not step.first),
        firmness=firmness_sentence(told.firmness) if told.firmness else "",
        pillars=tuple(pillar_words(pillar) for pillar in told.pillars),
        must_fix=tuple(must_fix_words(item) for item in told.must_fix),
        on_the_day=tuple(on_the_day_words(item) for item in told.on_the_day),
        find_out=tuple(find_out_words(item) for item in told.find_out),
        not_looked_at=tuple(not_looked_at_words(item) for item in told.not_looked_at),
        to_check=tuple(to_check_words(item) for item in told.to_check),
        laws=tuple(law_words(law) for law in told.laws),
        partial_list=partial_list_sentence(told.partial_list),
        starting_soon=tuple(starting_soon_words(item) for item in told.starting_soon),
        depth_differences=tuple(depth_difference_sentence(item) for item in told.depth_differences),
        domains=tuple(domain_words(domain) for domain in told.domains),
        lens=lens_words(told.lens) if told.lens else None,
        left_out=tuple(left_out_words(item) for item in told.left_out),
        headings=result_headings(told),
        edition=_edition_line(told.edition),
    )


def sums_in_words(told: ToldResult) -> SumsInWords:
    """How each figure was computed."""
    by_part: dict[StatementKind, list[SumWords]] = {}
    for each in told.sums:
        by_part.setdefault(each.of, []).append(sum_words(each))
    return SumsInWords(
        pillars=tuple(by_part.get(StatementKind.PILLAR, ())),
        domains=tuple(by_part.get(StatementKind.DOMAIN, ())),
        lens=next(iter(by_part.get(StatementKind.AI_LENS, ())), None),
    )


def overall_sentence(overall: OverallStatement) -> str:
    """Empty where nothing is assessed."""
    if overall.label is None:
        return ""
    return _("Taken together: %(label)s. The lowest of these levels counts.") % {"label": overall.label.name}


def _edition_line(edition: EditionRef) -> str:
    return _("Edition %(edition)s, law as of %(day)s. %(disclaimer)s") % {
        "edition": edition.id,
        "day": date_text(edition.law_status_as_of),
        "disclaimer": edition.disclaimer,
    }
