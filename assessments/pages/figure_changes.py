"""How the pillars' figures would move under another edition."""

from dataclasses import dataclass

from assessments.bank.types import Edition
from assessments.scoring.edition_upgrade import EditionUpgrade, FigureChange


@dataclass(frozen=True, slots=True)
class FigureChangeLine:
    """One pillar; a dash where nothing is assessed."""

    pillar: str
    before: str
    after: str
    moves: bool


def pillar_changes(new: Edition, carried: EditionUpgrade) -> tuple[FigureChangeLine, ...]:
    """A line for each pillar, moved or not, under the name that it has in `new`."""
    names = {pillar.code: pillar.name for pillar in new.pillars}
    return tuple(_move(names.get(change.code, change.code), change) for change in carried.pillars)


def _move(name: str, change: FigureChange) -> FigureChangeLine:
    before, after = (str(figure) if figure else "–" for figure in (change.before, change.after))
    return FigureChangeLine(name, before, after, change.moves)
