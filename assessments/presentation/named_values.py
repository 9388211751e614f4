"""Levels, efforts, gates and questions with the names that the edition gives them."""

from dataclasses import dataclass

from assessments.bank.types import Edition, Gate, Question
from assessments.scoring.types import Figure


@dataclass(frozen=True, slots=True)
class NamedLevel:
    """A level of an answer or a label of a result, 0 to 4, by name."""

    level: int
    name: str


@dataclass(frozen=True, slots=True)
class NamedFigure:
    """A figure with the name of its label, what that label promises, and what is `there` and `missing` at it.

    Editions before 2026.2 do not say the last two.
    """

    figure: Figure
    name: str
    says: str
    there: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class NamedEffort:
    """`code` is S, M or L."""

    code: str
    name: str
    says: str


@dataclass(frozen=True, slots=True)
class NamedGate:
    """`code` is a GateKind value, `name` the bank's word for it. Closed below `min_level`."""

    code: str
    name: str
    min_level: int
    reason: str


@dataclass(frozen=True, slots=True)
class QuestionRef:
    """A question of the pinned edition: its id and what it asks."""

    id: str
    text: str


def named_level(edition: Edition, level: int) -> NamedLevel:
    """A level of the answer scale."""
    return NamedLevel(level, edition.scale[level].name)


def named_label(edition: Edition, label: int) -> NamedLevel:
    return NamedLevel(label, edition.labels[label].name)


def named_figure(edition: Edition, figure: Figure) -> NamedFigure:
    """The figure with the name and the promise of its label in this edition."""
    label = edition.labels[figure.label]
    return NamedFigure(figure, label.name, label.says, label.there, label.missing)


def named_effort(edition: Edition, code: str) -> NamedEffort:
    effort = next(step for step in edition.efforts if step.code == code)
    return NamedEffort(effort.code, effort.name, effort.says)


def named_gate(edition: Edition, gate: Gate) -> NamedGate:
    """The gate with the edition's word for its kind."""
    kind = next(step for step in edition.gate_kinds if step.code == gate.kind.value)
    return NamedGate(kind.code, kind.name, gate.min_level, gate.reason)


def question_ref(question: Question) -> QuestionRef:
    """What names a question in a statement."""
    return QuestionRef(question.id, question.text)
