"""What a quick check says, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.presentation.quick_check.statements import (
    CheckCounts,
    FitStep,
    NotAsked,
    OpenAnswer,
    ToldCheck,
    ToldInsight,
)
from assessments.wording.phrases import amount, joined
from assessments.wording.plan import StepWords, words_of_step
from assessments.wording.summary import CountWords


@dataclass(frozen=True, slots=True)
class SolidWords:
    """An answer that is in place, in its own words, under what was asked."""

    asks: str
    answer: str


@dataclass(frozen=True, slots=True)
class NamedGap:
    asks: str
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class FitStepWords:
    """`asks` is the question it belongs to, `means` why it comes first; `gap` is its urgent gap, "" without one."""

    asks: str
    step: StepWords
    means: str
    gap: str


@dataclass(frozen=True, slots=True)
class OpenAnswerWords:
    asks: str
    who: str
    how: str


@dataclass(frozen=True, slots=True)
class LawLineWords:
    """ "EU GDPR", "because you have an office in the EU"; of a law that may apply, "if you ..., or if you ..." """

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class CheckWords:
    """All that a quick check says. `in_short` is one sentence that begins with what is good.

    `gaps` are the urgent ones that no step deals with. `open_laws` names, in one phrase, the laws `may_apply` lists.
    """

    in_short: str
    numbers: tuple[CountWords, ...]
    solid: tuple[SolidWords, ...]
    steps: tuple[FitStepWords, ...]
    gaps: tuple[NamedGap, ...]
    open_answers: tuple[OpenAnswerWords, ...]
    laws: tuple[LawLineWords, ...]
    may_apply: tuple[LawLineWords, ...]
    open_laws: str
    not_asked: str
    topics: str


@dataclass(frozen=True, slots=True)
class InsightWords:
    """`stands_out` is what was asked, empty where nothing stands out; `verdict` then says so."""

    solid: tuple[SolidWords, ...]
    no_solid: str
    stands_out: str
    urgent: bool
    means: str
    verdict: str
    unknown: str


def check_words(told: ToldCheck) -> CheckWords:
    """In the active language."""
    gaps = {gap.question.id: gap.kind for gap in told.gaps}
    stepped = {step.question.id for step in told.steps}
    return CheckWords(
        in_short=_in_short(told),
        numbers=_numbers(told.counts),
        solid=tuple(SolidWords(own.question.text, own.answer) for own in told.solid),
        steps=tuple(_step(step, gaps.get(step.question.id, "")) for step in told.steps),
        gaps=tuple(
            NamedGap(gap.question.text, gap.kind, gap.reason) for gap in told.gaps if gap.question.id not in stepped
        ),
        open_answers=tuple(_open(own) for own in told.open_answers),
        laws=tuple(LawLineWords(law.name, joined(law.reasons)) for law in told.laws if law.applies),
        may_apply=tuple(LawLineWords(law.name, _any_of(law.reasons)) for law in told.laws if not law.applies),
        open_laws=joined([law.name for law in told.laws if not law.applies]),
        not_asked=_not_asked(told.not_asked),
        topics=joined(told.not_asked.topics),
    )


def insight_words(told: ToldInsight) -> InsightWords:
    """In the active language."""
    return InsightWords(
        solid=tuple(SolidWords(own.question.text, own.answer) for own in told.solid),
        no_solid=_("Nothing yet, and that is what most people find at this point. It is where the quick wins are."),
        stands_out=told.stands_out.question.text if told.stands_out else "",
        urgent=told.stands_out is not None and told.stands_out.urgent,
        means=told.stands_out.means if told.stands_out else "",
        verdict=_verdict(told),
        unknown=_unknown(told.unknown),
    )


def _verdict(told: ToldInsight) -> str:
    """Where nothing stands out: because all that is known is fine, or because nothing is known."""
    if told.solid:
        return _("Nothing so far. What you know about is in place.")
    return _("Nothing so far: nothing is known yet. Finding out is a good first step.")


def _unknown(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "One answer you do not know yet. The end of this check says how to find out.",
        "%(count)d answers you do not know yet. The end of this check says how to find out.",
        count,
    ) % {"count": count}


def _in_short(told: ToldCheck) -> str:
    counts = told.counts
    words = {"amount": amount(counts.in_place, counts.counted), "gaps": counts.urgent_gaps}
    if not counts.counted:
        return _("None of these questions counts for you. A full assessment asks what does.")
    if counts.in_place == counts.counted:
        return _("All that we asked is in place. A full assessment looks further.")
    if counts.in_place and counts.urgent_gaps:
        return (
            ngettext(
                "%(amount)s are in place already. One gap is urgent, and the steps below begin with it.",
                "%(amount)s are in place already. %(gaps)d gaps are urgent, and the steps below begin with them.",
                counts.urgent_gaps,
            )
            % words
        )
    if counts.in_place:
        return _("%(amount)s are in place already, and none of the rest is urgent.") % words
    return _("Now you know where to begin. Most of these steps take an hour or two.")


def _numbers(counts: CheckCounts) -> tuple[CountWords, ...]:
    return (
        CountWords(amount(counts.in_place, counts.counted), _("in place")),
        CountWords(str(counts.urgent_gaps), ngettext("urgent gap", "urgent gaps", counts.urgent_gaps)),
        CountWords(str(counts.unknown), _("to find out")),
    )


def _step(own: FitStep, gap: str) -> FitStepWords:
    return FitStepWords(own.question.text, words_of_step(own.step), own.means, gap)


def _open(own: OpenAnswer) -> OpenAnswerWords:
    return OpenAnswerWords(own.question.text, _("Who knows: %(who)s.") % {"who": own.who_knows}, own.how)


def _any_of(conditions: tuple[str, ...]) -> str:
    return _("; or ").join(conditions)


def _not_asked(own: NotAsked) -> str:
    return ngettext(
        "At least %(count)d more question of a standard assessment.",
        "At least %(count)d more questions of a standard assessment.",
        own.questions,
    ) % {"count": own.questions}
