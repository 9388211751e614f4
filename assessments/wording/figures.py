"""Figures, and the gates that cap them, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.bank.types import Edition
from assessments.presentation.figures import (
    CapValue,
    DomainStatement,
    FigureValues,
    LensStatement,
    PillarStatement,
    cap_value,
)
from assessments.presentation.named_values import NamedFigure, named_figure
from assessments.scoring.types import Counts, Figure, PillarResult, Sum
from assessments.wording.next_labels import NextLabelWords, next_label_words
from assessments.wording.phrases import amount, check_mark, joined


@dataclass(frozen=True, slots=True)
class FigureWords:
    """One figure as it is shown. `name` is the label's name; `range` is empty where low and high agree.

    `up_to` and `proven` are figure and label ("3.1 Solid"): what it could be at most (empty where that is the same),
    and what it is counting only what has proof. `there` and `missing` say so of the label.
    """

    assessed: bool
    number: str
    name: str
    says: str
    range: str
    capped: str
    up_to: str = ""
    proven: str = ""
    there: str = ""
    missing: str = ""

    @property
    def headline(self) -> str:
        """ "On the way 1.9" """
        return f"{self.name} {self.number}".strip()

    @property
    def full(self) -> str:
        """ "On the way 1.9, could be up to 4.0 Well kept" """
        return ", ".join(part for part in (self.headline, self.range) if part)


@dataclass(frozen=True, slots=True)
class PillarWords:
    """`label` is the label as a number, None where the pillar has none. `counts` are what improvements move."""

    code: str
    name: str
    says: str
    label: int | None
    shown: bool
    figure: FigureWords
    counts: tuple[str, ...]
    next: NextLabelWords | None


@dataclass(frozen=True, slots=True)
class DomainWords:
    """Also for the AI lens, which has no promise and no pillar. `heavy` is empty unless much was left out."""

    code: str
    title: str
    promise: str
    pillar: str
    figure: FigureWords
    counted: str
    in_place: str
    heavy: str
    next: NextLabelWords | None


def pillar_words(pillar: PillarStatement) -> PillarWords:
    return PillarWords(
        code=pillar.code,
        name=pillar.name,
        says=pillar.says,
        label=pillar.figure.low.figure.label if pillar.figure else None,
        shown=pillar.figure is not None or pillar.first_indication,
        figure=first_indication(pillar.counted) if pillar.first_indication else words_of_figure(pillar.figure),
        counts=reached_lines(pillar.counts) if pillar.counts else (),
        next=next_label_words(pillar.next_label) if pillar.next_label else None,
    )


def reached_lines(counts: Counts) -> tuple[str, ...]:
    """ "In place: 12 of 30", "1 urgent gap", "No open duty" """
    return (
        _("In place: %(amount)s") % {"amount": amount(counts.in_place, counts.counted)},
        ngettext("%(count)d urgent gap", "%(count)d urgent gaps", counts.urgent_gaps) % {"count": counts.urgent_gaps}
        if counts.urgent_gaps
        else _("No urgent gap"),
        ngettext("%(count)d open duty", "%(count)d open duties", counts.open_duties) % {"count": counts.open_duties}
        if counts.open_duties
        else _("No open duty"),
    )


def first_indication(counted: int) -> FigureWords:
    """In place of a label, for a pillar that rests on too few questions."""
    says = ngettext(
        "It rests on %(count)d question, too few for a level. A standard run asks more.",
        "It rests on %(count)d questions, too few for a level. A standard run asks more.",
        counted,
    )
    return FigureWords(False, "", _("First indication"), says % {"count": counted}, "", "")


def domain_words(domain: DomainStatement) -> DomainWords:
    return DomainWords(
        code=domain.code,
        title=domain.title,
        promise=domain.promise,
        pillar=domain.pillar,
        figure=first_indication(domain.counted) if domain.first_indication else words_of_figure(domain.figure),
        counted=amount(domain.counted, domain.asked),
        in_place=amount(domain.in_place, domain.counted) if domain.in_place is not None else "",
        heavy=_left_out_warning(domain.not_applicable_heavy),
        next=next_label_words(domain.next_label) if domain.next_label else None,
    )


def lens_words(lens: LensStatement) -> DomainWords:
    return DomainWords(
        code=lens.code,
        title=lens_title(),
        promise="",
        pillar="",
        figure=words_of_figure(lens.figure),
        counted=amount(lens.counted, lens.asked),
        in_place="",
        heavy=_left_out_warning(lens.not_applicable_heavy),
        next=None,
    )


def lens_title() -> str:
    return _("All questions about AI")


def words_of_figure(values: FigureValues | None) -> FigureWords:
    if values is None:
        return FigureWords(False, "", _("Not assessed"), _("Nothing here was counted."), "", "")
    differs = values.high.figure != values.low.figure
    return FigureWords(
        assessed=True,
        number=str(values.low.figure),
        name=values.low.name,
        says=values.low.says,
        range=_range(values.low, values.high),
        capped=cap_sentence(values.caps),
        up_to=_number_and_name(values.high) if differs else "",
        proven=_number_and_name(values.proven),
        there=values.low.there,
        missing=values.low.missing,
    )


def figure_words(edition: Edition, low: Sum | None, high: Sum | None) -> FigureWords:
    """A figure straight from its sums, for lists that show nothing else of a result."""
    if low is None or high is None:
        return words_of_figure(None)
    low_figure, high_figure = named_figure(edition, low.figure), named_figure(edition, high.figure)
    caps = tuple(cap_value(edition, cap) for cap in low.caps)
    return words_of_figure(FigureValues(low_figure, high_figure, low_figure, caps))


def pillar_figure_words(edition: Edition, pillar: PillarResult) -> FigureWords:
    """The figure of a pillar, for lists that show nothing else of a result."""
    if pillar.first_indication:
        return first_indication(pillar.counted)
    return figure_words(edition, pillar.low, pillar.high)


def cap_sentence(caps: Sequence[CapValue]) -> str:
    """Names every gate that caps a figure, the deepest first with its reason. Empty without caps (rule 13)."""
    if not caps:
        return ""
    first = _("Capped by %(question)s: %(reason)s") % {"question": _cap_name(caps[0]), "reason": caps[0].gate.reason}
    if len(caps) == 1:
        return first
    return _("%(first)s Also by %(others)s.") % {
        "first": first,
        "others": joined([_cap_name(cap) for cap in caps[1:]]),
    }


def _cap_name(cap: CapValue) -> str:
    mark = check_mark(cap.provisional)
    return f"{cap.question.id} ({mark})" if mark else cap.question.id


def figure_change_text(edition: Edition, before: Figure, after: Figure) -> str:
    return change_text(named_figure(edition, before), named_figure(edition, after))


def change_text(before: NamedFigure, after: NamedFigure) -> str:
    """What a step changes: "Basics 2.4 → Solid 3.0", or the number alone where the label stays."""
    if before.figure == after.figure:
        return _("%(number)s, unchanged") % {"number": before.figure}
    if before.figure.label == after.figure.label:
        return f"{before.figure} → {after.figure}"
    return f"{before.name} {before.figure} → {after.name} {after.figure}"


def _range(low: NamedFigure, high: NamedFigure) -> str:
    if low.figure == high.figure:
        return ""
    if low.figure.label == high.figure.label:
        return _("could be up to %(number)s") % {"number": high.figure}
    return _("could be up to %(number)s %(name)s") % {"number": high.figure, "name": high.name}


def _number_and_name(figure: NamedFigure) -> str:
    return f"{figure.figure} {figure.name}"


def _left_out_warning(heavy: bool) -> str:
    return _("More than a quarter of this domain was left out as not applicable.") if heavy else ""
