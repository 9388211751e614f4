"""Sort keys: the place of an entry in its list. All of them are whole numbers, smaller ones first."""

from assessments.bank.types import Gate, GateKind
from assessments.scoring.terms import PreparedQuestion

Order = tuple[int, ...]

LEGAL_KINDS = (GateKind.LEGAL_STOP, GateKind.LEGAL)

_KIND_PLACE = {kind: place for place, kind in enumerate(GateKind)}


def kind_place(gate: Gate | None) -> int:
    """By kind of gate; what has none comes last."""
    return _KIND_PLACE[gate.kind] if gate else len(_KIND_PLACE)


def severity(asked: PreparedQuestion, gate: Gate) -> int:
    """Of a gate about law; the weight of the question for other gates and where the edition names none."""
    return gate.severity or asked.weight


def closed_at(gate: Gate | None, level: int) -> Gate | None:
    """The gate, if there is one and this level leaves it closed."""
    return gate if gate and level < gate.min_level else None
