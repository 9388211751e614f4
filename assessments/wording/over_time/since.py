"""What has changed between two results, in words: praise first, and only what is clear is called a change."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.presentation.named_values import NamedFigure, NamedLevel
from assessments.presentation.since.statements import (
    ApartCause,
    Cause,
    DutySince,
    FigureSince,
    GapSince,
    Movement,
    QuestionApart,
    QuestionSince,
    ToldSince,
)
from assessments.wording.phrases import date_text, joined


@dataclass(frozen=True, slots=True)
class Moves:
    """What a single line says: questions better and worse, urgent gaps closed by an answer, and new ones."""

    better: int
    worse: int
    gaps_closed: int
    gaps_new: int


@dataclass(frozen=True, slots=True)
class CountSinceWords:
    """ "In place, of 30", "12", "19", "7 more" """

    name: str
    before: str
    after: str
    change: str


@dataclass(frozen=True, slots=True)
class FigureSinceWords:
    """ "Security", "1.9 On the way", "2.4 Basics in place", "better" """

    code: str
    name: str
    before: str
    after: str
    verdict: str


@dataclass(frozen=True, slots=True)
class FindingSinceWords:
    """An urgent gap or a duty; `why` says what closed or opened it, empty where the answers did."""

    question: str
    asks: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class QuestionSinceWords:
    """`change` is the level before and after, `place` whether it is in place now; notes as they were typed."""

    question: str
    asks: str
    domain: str
    change: str
    place: str
    note_before: str
    note_after: str


@dataclass(frozen=True, slots=True)
class ApartWords:
    question: str
    asks: str
    text: str


@dataclass(frozen=True, slots=True)
class SinceWords:
    """Everything that page and report say; lists are empty where there is nothing to say. `hints` tell how to read."""

    lead: str
    hints: tuple[str, ...]
    counts: tuple[CountSinceWords, ...]
    pillars: tuple[FigureSinceWords, ...]
    domains: tuple[FigureSinceWords, ...]
    gaps_closed: tuple[FindingSinceWords, ...]
    duties_met: tuple[FindingSinceWords, ...]
    better: tuple[QuestionSinceWords, ...]
    gaps_new: tuple[FindingSinceWords, ...]
    duties_new: tuple[FindingSinceWords, ...]
    worse: tuple[QuestionSinceWords, ...]
    otherwise: tuple[QuestionSinceWords, ...]
    only_before: tuple[ApartWords, ...]
    only_after: tuple[ApartWords, ...]


def since_words(told: ToldSince) -> SinceWords:
    """All that page and report print of a comparison."""
    return SinceWords(
        lead=_lead(told),
        hints=tuple(_hints(told)),
        counts=tuple(_counts(told)),
        pillars=tuple(figure_since_words(each) for each in told.pillars),
        domains=tuple(figure_since_words(each) for each in told.domains),
        gaps_closed=tuple(_gap(each, gone=True) for each in told.gaps_closed),
        duties_met=tuple(_duty(each, gone=True) for each in told.duties_met),
        better=tuple(_question(each) for each in told.better),
        gaps_new=tuple(_gap(each, gone=False) for each in told.gaps_new),
        duties_new=tuple(_duty(each, gone=False) for each in told.duties_new),
        worse=tuple(_question(each) for each in told.worse),
        otherwise=tuple(_question(each) for each in told.otherwise),
        only_before=tuple(_apart(each) for each in told.only_before),
        only_after=tuple(_apart(each) for each in told.only_after),
    )


def moves_of(told: ToldSince) -> Moves:
    return Moves(len(told.better), len(told.worse), len(told.gaps_worked_on), len(told.gaps_new))


def moves_since_text(moves: Moves) -> str:
    """ "7 better, 1 worse, 5 urgent gaps closed" """
    return ", ".join(_moves(moves)) or _("no answer has changed level")


def _moves(moves: Moves) -> Iterator[str]:
    if moves.better:
        yield ngettext("%(count)d better", "%(count)d better", moves.better) % {"count": moves.better}
    if moves.worse:
        yield ngettext("%(count)d worse", "%(count)d worse", moves.worse) % {"count": moves.worse}
    if moves.gaps_closed:
        yield ngettext("%(count)d urgent gap closed", "%(count)d urgent gaps closed", moves.gaps_closed) % {
            "count": moves.gaps_closed
        }
    if moves.gaps_new:
        yield ngettext("%(count)d new urgent gap", "%(count)d new urgent gaps", moves.gaps_new) % {
            "count": moves.gaps_new
        }


def _lead(told: ToldSince) -> str:
    if not told.compared:
        return _("These two results have no question in common, so there is nothing to compare.")
    found, slipped = joined(list(_achieved(told))), joined(list(_slipped(told)))
    words = {"day": date_text(told.before_day), "what": found, "slipped": slipped}
    if found and slipped:
        return _("Since your result of %(day)s: %(what)s. To look at: %(slipped)s.") % words
    if found:
        return _("Since your result of %(day)s: %(what)s.") % words
    if slipped or told.duties_new:
        return _("Since your result of %(day)s some things have slipped. Below is what to look at.") % words
    return _("Since your result of %(day)s nothing has changed that counts.") % words


def _achieved(told: ToldSince) -> Iterator[str]:
    gaps, duties, better = len(told.gaps_worked_on), _by_answer(told.duties_met), len(told.better)
    if gaps:
        yield ngettext("%(count)d urgent gap closed", "%(count)d urgent gaps closed", gaps) % {"count": gaps}
    if duties:
        yield ngettext("%(count)d duty met", "%(count)d duties met", duties) % {"count": duties}
    if better:
        yield ngettext("%(count)d better answer", "%(count)d better answers", better) % {"count": better}


def _slipped(told: ToldSince) -> Iterator[str]:
    """Praise alone would say something else than the line on the result page, which counts these too."""
    gaps, worse = len(told.gaps_new), len(told.worse)
    if gaps:
        yield ngettext("%(count)d new urgent gap", "%(count)d new urgent gaps", gaps) % {"count": gaps}
    if worse:
        yield ngettext("%(count)d lower answer", "%(count)d lower answers", worse) % {"count": worse}


def _by_answer(duties: tuple[DutySince, ...]) -> int:
    return sum(each.cause is Cause.ANSWER for each in duties)


def _hints(told: ToldSince) -> Iterator[str]:
    if told.earlier_edition:
        yield _(
            "The earlier result was reached under edition %(old)s. Here its answers are scored in edition %(new)s, so "
            "that both are measured alike."
        ) % {"old": told.earlier_edition, "new": told.edition}
    if told.figures_differ and told.compared:
        yield ngettext(
            "Figures and counts here rest on the %(count)d question that counts in both results. The results "
            "themselves stay as they are, and may show other figures.",
            "Figures and counts here rest on the %(count)d questions that count in both results. The results "
            "themselves stay as they are, and may show other figures.",
            told.compared,
        ) % {"count": told.compared}


def _counts(told: ToldSince) -> Iterator[CountSinceWords]:
    before, after = told.counts_before, told.counts_after
    for name, old, new in (
        (_("In place, of %(count)d") % {"count": told.compared}, before.in_place, after.in_place),
        (_("Urgent gaps"), before.urgent_gaps, after.urgent_gaps),
        (_("Open duties"), before.open_duties, after.open_duties),
        (_("To find out"), before.unknown, after.unknown),
    ):
        yield CountSinceWords(name, str(old), str(new), _difference(old, new))


def _difference(before: int, after: int) -> str:
    if before == after:
        return _("as before")
    more = after - before
    return _("%(count)d more") % {"count": more} if more > 0 else _("%(count)d fewer") % {"count": -more}


def figure_since_words(figure: FigureSince) -> FigureSinceWords:
    """A pillar or domain before and after, with a verdict in words."""
    return FigureSinceWords(
        code=figure.code,
        name=figure.name,
        before=_figure(figure.before),
        after=_figure(figure.after),
        verdict=_("only in one of them") if figure.before is None or figure.after is None else verdict(figure),
    )


def verdict(figure: FigureSince) -> str:
    if figure.before == figure.after:
        return _("as before")
    return {
        Movement.BETTER: _("better"),
        Movement.WORSE: _("lower"),
        Movement.NO_CLEAR_CHANGE: _("no clear change"),
    }[figure.direction]


def _figure(named: NamedFigure | None) -> str:
    return f"{named.figure} {named.name}" if named else _("not assessed")


def _gap(gap: GapSince, *, gone: bool) -> FindingSinceWords:
    return FindingSinceWords(gap.question.id, gap.question.text, gap.gate.reason, _why(gap.cause, gone=gone))


def _duty(duty: DutySince, *, gone: bool) -> FindingSinceWords:
    text = _("%(law)s: %(asks)s") % {"law": duty.law, "asks": duty.asks}
    if not gone and duty.cause is Cause.CIRCUMSTANCES and duty.starts:
        why = _("The law asks this from %(day)s.") % {"day": date_text(duty.starts)}
    else:
        why = _why(duty.cause, gone=gone)
    return FindingSinceWords(duty.question.id, duty.question.text, text, why)


def _why(cause: Cause, *, gone: bool) -> str:
    if cause is Cause.ANSWER:
        return ""
    if cause is Cause.NOT_KNOWN:
        return _("Not known at the moment: find out before you count on it.") if gone else _("Found out since then.")
    if gone:
        return _("It no longer applies to your business as described.")
    return _("It did not apply then: the law, or what you said about your business, has changed.")


def _question(question: QuestionSince) -> QuestionSinceWords:
    return QuestionSinceWords(
        question=question.question.id,
        asks=question.question.text,
        domain=question.domain,
        change=_change(question),
        place=_place(question),
        note_before=question.note_before,
        note_after=question.note_after,
    )


def _change(question: QuestionSince) -> str:
    if question.before == question.after:
        return _level(question.after)
    return f"{_level(question.before)} → {_level(question.after)}"


def _place(question: QuestionSince) -> str:
    if question.in_place_after and not question.in_place_before:
        return _("Now in place.")
    if question.in_place_before and not question.in_place_after:
        return (
            _("More is asked of you now than then.") if question.before == question.after else _("No longer in place.")
        )
    return ""


def _level(level: NamedLevel | None) -> str:
    return f"{level.level} {level.name}" if level else _("not known")


def _apart(question: QuestionApart) -> ApartWords:
    causes = {
        ApartCause.NOT_ASKED: _("not asked in the other result"),
        ApartCause.LEFT_OUT: _("does not apply in the other result"),
        ApartCause.MEANING: _("the question means something else now"),
    }
    return ApartWords(
        question.question.id, question.question.text, f"{_level(question.level)}; {causes[question.cause]}"
    )
