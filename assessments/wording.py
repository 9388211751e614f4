"""How figures, caps and answers are put into words: one wording for the page and the PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.bank.types import Depth, Edition, Effort, Gate, Question, ScaleEntry
from assessments.scoring.types import Cap, Figure, ScoredAnswerKind, Sum


@dataclass(frozen=True, slots=True)
class FigureWords:
    """One figure as it is shown. `name` is the label's name; `range` is empty where low and high agree."""

    assessed: bool
    number: str
    name: str
    says: str
    range: str
    capped: str

    @property
    def full(self) -> str:
        """ "Beginning 1.9, could be up to 4.0 Leading" """
        return ", ".join(part for part in (f"{self.name} {self.number}".strip(), self.range) if part)


def figure_words(edition: Edition, low: Sum | None, high: Sum | None) -> FigureWords:
    if low is None or high is None:
        return FigureWords(False, "", _("Not assessed"), _("Nothing here was counted."), "", "")
    label = edition.labels[low.figure.label]
    return FigureWords(
        assessed=True,
        number=str(low.figure),
        name=label.name,
        says=label.says,
        range=_range(edition, low.figure, high.figure),
        capped=cap_sentence(low.caps),
    )


def cap_sentence(caps: Sequence[Cap]) -> str:
    """Names every gate that caps a figure, the deepest first with its reason. Empty without caps (rule 13)."""
    if not caps:
        return ""
    first = _("Capped by %(question)s: %(reason)s") % {"question": caps[0].question.id, "reason": caps[0].gate.reason}
    if len(caps) == 1:
        return first
    return _("%(first)s Also by %(others)s.") % {
        "first": first,
        "others": joined([cap.question.id for cap in caps[1:]]),
    }


def joined(words: Sequence[str]) -> str:
    """ "a, b and c" """
    if len(words) < 2:
        return "".join(words)
    return _("%(several)s and %(last)s") % {"several": ", ".join(words[:-1]), "last": words[-1]}


def figure_change_text(edition: Edition, before: Figure, after: Figure) -> str:
    """What a step changes: "Basics 2.4 → Solid 3.0", or the number alone where the label stays."""
    if before == after:
        return _("%(number)s, unchanged") % {"number": before}
    if before.label == after.label:
        return f"{before} → {after}"
    return f"{edition.labels[before.label].name} {before} → {edition.labels[after.label].name} {after}"


def answer_text(edition: Edition, question: Question, kind: str | None, level: int | None) -> str:
    """The answer in the question's own words; `kind` as in ScoredAnswerKind, None where nobody answered."""
    if kind == ScoredAnswerKind.LEVEL and level is not None:
        return question.levels[level]
    if kind == ScoredAnswerKind.UNKNOWN:
        return _("Don't know")
    if kind == ScoredAnswerKind.NOT_APPLICABLE:
        return _("Not applicable")
    return _("Not answered yet")


def level_name(edition: Edition, level: int) -> str:
    """ "Basics work" """
    return edition.scale[level].name


def effort_of(edition: Edition, effort: Effort) -> ScaleEntry:
    return next(step for step in edition.efforts if step.code == effort.value)


def gate_name(edition: Edition, gate: Gate) -> str:
    return next(step.name for step in edition.gate_kinds if step.code == gate.kind.value)


def depth_name(depth: Depth) -> str:
    return {Depth.QUICK: _("Quick"), Depth.STANDARD: _("Standard"), Depth.FULL: _("Full")}[depth]


def provisional_note() -> str:
    return _("To be checked: it rests on a fact about the business that nobody was sure of.")


def date_text(day: date) -> str:
    return date_format(day, "j F Y")


def _range(edition: Edition, low: Figure, high: Figure) -> str:
    if low == high:
        return ""
    if low.label == high.label:
        return _("could be up to %(number)s") % {"number": high}
    return _("could be up to %(number)s %(name)s") % {"number": high, "name": edition.labels[high.label].name}
