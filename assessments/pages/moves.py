"""How the pillars' figures would move under another edition."""

from dataclasses import dataclass

from assessments.bank.types import Edition
from assessments.scoring.carry import CarryOver, FigureChange


@dataclass(frozen=True, slots=True)
class Move:
    """One pillar; a dash where nothing is assessed."""

    pillar: str
    before: str
    after: str
    moves: bool


def pillar_moves(new: Edition, carried: CarryOver) -> tuple[Move, ...]:
    names = {pillar.code: pillar.name for pillar in new.pillars}
    return tuple(_move(names.get(change.code, change.code), change) for change in carried.pillars)


def _move(name: str, change: FigureChange) -> Move:
    before, after = (str(figure) if figure else "–" for figure in (change.before, change.after))
    return Move(name, before, after, change.moves)
