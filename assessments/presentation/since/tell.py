"""From two results to what has changed between them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from assessments.bank.diff.editions import Meaning
from assessments.bank.types import Edition
from assessments.planning.what_if import answers_in
from assessments.presentation.answer_record import RecordedAnswer
from assessments.presentation.named_values import NamedLevel, named_figure, named_level, question_ref
from assessments.presentation.since.findings import tell_duties, tell_gaps
from assessments.presentation.since.statements import (
    ApartCause,
    FigureSince,
    Movement,
    QuestionApart,
    QuestionSince,
    ToldSince,
)
from assessments.scoring.compare import DatedRun, RunComparison, compare_runs, is_real_change, traces_of
from assessments.scoring.edition_upgrade import EditionUpgrade, upgrade_run
from assessments.scoring.plan import FigureBeforeAfter
from assessments.scoring.scope import ScopeFacts
from assessments.scoring.types import (
    Answers,
    Counts,
    DomainResult,
    Figure,
    PillarResult,
    ScoredAnswer,
    ScoredAnswerKind,
    ScoredResult,
    Trace,
)


@dataclass(frozen=True, slots=True)
class FinishedResult:
    """A frozen result with all that went into it. `facts` are the answers to the scope questions."""

    edition: Edition
    outcome: ScoredResult
    answers: Mapping[str, RecordedAnswer]
    facts: ScopeFacts
    day: date

    @property
    def given(self) -> Answers:
        """The answers that the result rests on, as scoring sees them."""
        return answers_in(self.outcome)


@dataclass(frozen=True, slots=True)
class _Earlier:
    """The earlier result as the edition of the later one sees it."""

    dated: DatedRun
    gone: tuple[QuestionApart, ...] = ()
    changed: frozenset[str] = field(default_factory=frozenset)


def tell_since(before: FinishedResult, after: FinishedResult, chosen: Mapping[str, Meaning] | None = None) -> ToldSince:
    """In the edition of `after`, in which the answers of `before` are scored.

    `chosen` is what the editors decided about the meaning of single questions between the two editions.
    """
    same, edition = before.edition == after.edition, after.edition
    earlier = _Earlier(_dated(before)) if same else _carried(before, edition, chosen or {})
    found = compare_runs(edition, earlier.dated, _dated(after))
    return ToldSince(
        edition=edition.id,
        earlier_edition="" if same else before.edition.id,
        before_day=before.day,
        after_day=after.day,
        compared=len(found.shared),
        figures_differ=_differs(before.outcome, found.before) or _differs(after.outcome, found.after),
        counts_before=_counts(found.before),
        counts_after=_counts(found.after),
        pillars=tuple(_pillars(edition, found)),
        domains=tuple(_domains(edition, found)),
        gaps_closed=tell_gaps(edition, found.before, found.after),
        gaps_new=tell_gaps(edition, found.after, found.before),
        duties_met=tell_duties(found.before, found.after),
        duties_new=tell_duties(found.after, found.before),
        questions=tuple(_questions(edition, found, before.answers, after.answers)),
        only_before=(*_apart(edition, found.whole_before, found.whole_after, frozenset()), *earlier.gone),
        only_after=tuple(_apart(edition, found.whole_after, found.whole_before, earlier.changed)),
    )


def _dated(result: FinishedResult) -> DatedRun:
    return DatedRun(result.outcome.run, result.given, result.day)


def _carried(before: FinishedResult, edition: Edition, chosen: Mapping[str, Meaning]) -> _Earlier:
    upgrade = upgrade_run(
        old=before.edition,
        new=edition,
        run=before.outcome.run,
        facts=before.facts,
        answers=before.given,
        chosen=chosen,
        today=before.day,
    )
    return _Earlier(
        DatedRun(upgrade.run, upgrade.answers, before.day, _never_asked(upgrade)),
        gone=tuple(
            QuestionApart(
                question_ref(each.question), _answered_level(before.edition, each.answer), ApartCause.NOT_ASKED
            )
            for each in upgrade.no_longer_asked
            if each.answer.kind is not ScoredAnswerKind.NOT_APPLICABLE
        ),
        changed=frozenset(each.question.id for each in upgrade.look_again),
    )


def _never_asked(upgrade: EditionUpgrade) -> frozenset[str]:
    """What the new edition asks for the first time, or asks otherwise, is not taken for "don't know"."""
    return frozenset([*(each.id for each in upgrade.new), *(each.question.id for each in upgrade.look_again)])


def _differs(frozen: ScoredResult, compared: ScoredResult) -> bool:
    figures = [[_figures(each.pillars), _figures(each.domains)] for each in (frozen, compared)]
    return figures[0] != figures[1] or frozen.counts != compared.counts


def _figures(parts: Iterable[PillarResult] | Iterable[DomainResult]) -> dict[str, Figure]:
    return {part.code: figure for part in parts if (figure := _figure(part))}


def _figure(part: PillarResult | DomainResult) -> Figure | None:
    return part.low.figure if part.low and not getattr(part, "first_indication", False) else None


def _counts(result: ScoredResult) -> Counts:
    """Scoring always counts; only results stored long ago have none, and these are scored anew."""
    if result.counts is None:
        raise ValueError("scored without counts")
    return result.counts


def _pillars(edition: Edition, found: RunComparison) -> Iterator[FigureSince]:
    names = {pillar.code: pillar.name for pillar in edition.pillars}
    return _figures_since(edition, names, _figures(found.before.pillars), _figures(found.after.pillars))


def _domains(edition: Edition, found: RunComparison) -> Iterator[FigureSince]:
    """Those of a pillar that is only a first indication have no figure either."""
    first = {pillar.code for pillar in found.after.pillars if pillar.first_indication}
    names = {domain.code: domain.title for domain in edition.domains if domain.pillar not in first}
    return _figures_since(edition, names, _figures(found.before.domains), _figures(found.after.domains))


def _figures_since(
    edition: Edition, names: Mapping[str, str], before: Mapping[str, Figure], after: Mapping[str, Figure]
) -> Iterator[FigureSince]:
    """What neither result assessed is not told."""
    for code, name in names.items():
        old, new = before.get(code), after.get(code)
        if old or new:
            yield FigureSince(
                code=code,
                name=name,
                before=named_figure(edition, old) if old else None,
                after=named_figure(edition, new) if new else None,
                direction=_direction_of_figure(code, old, new),
            )


def _direction_of_figure(code: str, old: Figure | None, new: Figure | None) -> Movement:
    if old is None or new is None or not is_real_change(FigureBeforeAfter(code, old, new)):
        return Movement.NO_CLEAR_CHANGE
    return Movement.BETTER if new > old else Movement.WORSE


def _questions(
    edition: Edition, found: RunComparison, old: Mapping[str, RecordedAnswer], new: Mapping[str, RecordedAnswer]
) -> Iterator[QuestionSince]:
    afters = traces_of(found.after)
    for name, before in traces_of(found.before).items():
        after = afters[name]
        if _state(before) != _state(after):
            yield QuestionSince(
                question=question_ref(after.question),
                domain=edition.domain[after.question.domain].title,
                before=_level(edition, before),
                after=_level(edition, after),
                in_place_before=before.in_place,
                in_place_after=after.in_place,
                note_before=_note(old.get(name)),
                note_after=_note(new.get(name)),
                direction=_direction(before.low or 0, after.low or 0),
            )


def _state(trace: Trace) -> tuple[int | None, int | None, bool]:
    return trace.low, trace.high, trace.in_place


def _direction(before: int, after: int) -> Movement:
    if before == after:
        return Movement.NO_CLEAR_CHANGE
    return Movement.BETTER if after > before else Movement.WORSE


def _note(answer: RecordedAnswer | None) -> str:
    return answer.note if answer else ""


def _level(edition: Edition, trace: Trace) -> NamedLevel | None:
    return named_level(edition, trace.low) if trace.low is not None and trace.low == trace.high else None


def _answered_level(edition: Edition, answer: ScoredAnswer) -> NamedLevel | None:
    return named_level(edition, answer.level) if answer.level is not None else None


def _apart(
    edition: Edition, here: ScoredResult, there: ScoredResult, changed: frozenset[str]
) -> Iterator[QuestionApart]:
    """`changed` are questions that mean something else `there`."""
    others = traces_of(there)
    for name, trace in traces_of(here).items():
        other = others.get(name)
        if trace.counted and not (other and other.counted):
            cause = ApartCause.MEANING if name in changed else ApartCause.NOT_ASKED
            yield QuestionApart(
                question_ref(trace.question),
                _level(edition, trace),
                ApartCause.LEFT_OUT if other else cause,
            )
