"""The result page: where the business stands, what caps it, what to do first, what the law still asks."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from assessments.access import AssessmentAccess
from assessments.bank.types import Edition, Law
from assessments.formatting.charts import ChartRow, bars, radar
from assessments.models import Result
from assessments.queries import load_scored_result
from assessments.results.plan_gain import load_plan_gain
from assessments.results.recorded_answers import load_recorded_answers
from assessments.reviewed import reviewed_lines
from assessments.scoring.plan import FIRST_STEPS
from assessments.scoring.types import (
    DomainResult,
    FindOut,
    LeftOut,
    MustFix,
    OpenDuty,
    PillarResult,
    ScoredResult,
    Todo,
)
from assessments.wording import FigureWords, effort_of, figure_change_text, figure_words, gate_name, level_name


@dataclass(frozen=True, slots=True)
class PillarCard:
    code: str
    name: str
    says: str
    words: FigureWords
    proven: FigureWords
    label: int | None

    @property
    def steps(self) -> tuple[bool, ...]:
        """One mark for each label, filled up to the one reached."""
        return tuple(self.label is not None and step <= self.label for step in range(5))

    @property
    def proof_differs(self) -> bool:
        return self.proven.number != self.words.number


@dataclass(frozen=True, slots=True)
class DomainRow:
    code: str
    title: str
    words: FigureWords
    not_applicable_heavy: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the plan in words; `number` is its place in the whole plan."""

    number: int
    todo: Todo
    effort: str
    effort_says: str
    from_level: str
    to_level: str
    gate: str


@dataclass(frozen=True, slots=True)
class FixLine:
    item: MustFix
    kind: str


@dataclass(frozen=True, slots=True)
class LawDuties:
    law: Law
    duties: tuple[OpenDuty, ...]


@dataclass(frozen=True, slots=True)
class ResultPage:
    outcome: ScoredResult
    edition: Edition
    pillars: tuple[PillarCard, ...]
    overall: str
    domains: tuple[DomainRow, ...]
    radar: SafeString
    bars: SafeString
    first: tuple[Step, ...]
    moves: tuple[tuple[str, str], ...]
    later: tuple[Step, ...]
    must_fix: tuple[FixLine, ...]
    duties: tuple[LawDuties, ...]
    find_out: tuple[FindOut, ...]
    left_out: tuple[LeftOut, ...]
    reviewed: tuple[str, ...]

    @property
    def open_count(self) -> int:
        return self.outcome.asked - self.outcome.answered


def result_page(access: AssessmentAccess, result: Result) -> ResultPage:
    edition = access.edition
    outcome = load_scored_result(edition, result)
    rows = [_chart_row(edition, domain) for domain in outcome.domains if domain.traces]
    steps = tuple(_step(edition, number, todo) for number, todo in enumerate(outcome.todo, 1))
    return ResultPage(
        outcome=outcome,
        edition=edition,
        pillars=tuple(_card(edition, pillar) for pillar in outcome.pillars),
        overall=edition.labels[outcome.overall].name if outcome.overall is not None else "",
        domains=tuple(_domain_row(edition, domain) for domain in outcome.domains if domain.traces),
        radar=radar(rows),
        bars=bars(rows, stacked=True),
        first=steps[:FIRST_STEPS],
        moves=_moves(edition, result),
        later=steps[FIRST_STEPS:],
        must_fix=tuple(_fix_line(edition, item) for item in outcome.must_fix),
        duties=_duties(edition, outcome),
        find_out=outcome.find_out,
        left_out=outcome.left_out,
        reviewed=reviewed_lines(outcome, load_recorded_answers(result.answers)),
    )


def _card(edition: Edition, pillar: PillarResult) -> PillarCard:
    described = next(each for each in edition.pillars if each.code == pillar.code)
    return PillarCard(
        code=pillar.code,
        name=described.name,
        says=described.says,
        words=figure_words(edition, pillar.low, pillar.high),
        proven=figure_words(edition, pillar.proven, pillar.proven),
        label=pillar.low.figure.label if pillar.low else None,
    )


def _chart_row(edition: Edition, domain: DomainResult) -> ChartRow:
    return ChartRow(
        title=edition.domain[domain.code].title,
        low=domain.low.figure if domain.low else None,
        high=domain.high.figure if domain.high else None,
    )


def _domain_row(edition: Edition, domain: DomainResult) -> DomainRow:
    words = figure_words(edition, domain.low, domain.high)
    return DomainRow(domain.code, edition.domain[domain.code].title, words, domain.not_applicable_heavy)


def _step(edition: Edition, number: int, todo: Todo) -> Step:
    effort = effort_of(edition, todo.question.effort)
    return Step(
        number=number,
        todo=todo,
        effort=effort.name,
        effort_says=effort.says,
        from_level=level_name(edition, todo.level),
        to_level=level_name(edition, todo.target),
        gate=gate_name(edition, todo.gate) if todo.gate else "",
    )


def _fix_line(edition: Edition, item: MustFix) -> FixLine:
    return FixLine(item, gate_name(edition, item.gate) if item.gate else "")


def _moves(edition: Edition, result: Result) -> tuple[tuple[str, str], ...]:
    names = {pillar.code: pillar.name for pillar in edition.pillars}
    return tuple(
        (names[change.code], figure_change_text(edition, change.before, change.after))
        for change in load_plan_gain(result.outcome)
        if change.moves
    )


def _duties(edition: Edition, outcome: ScoredResult) -> tuple[LawDuties, ...]:
    """Every law that applies, also those with nothing open: that is worth saying."""
    applying = [law for law in edition.laws if law.tag in outcome.run.tags]
    return tuple(
        LawDuties(law, tuple(duty for duty in outcome.open_duties if duty.law.code == law.code)) for law in applying
    )
