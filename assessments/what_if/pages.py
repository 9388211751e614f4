"""What the ticked steps of a plan would change, in words."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.bank.types import Edition
from assessments.models import Result
from assessments.planning.to_go import rises_to_go
from assessments.planning.what_if import PillarMove, WhatIf, what_if
from assessments.scoring.types import ScoredResult
from assessments.told_results import told_plan
from assessments.wording.figures import FigureWords, pillar_figure_words
from assessments.wording.phrases import amount, minutes_text
from assessments.wording.plan import LaterStepWords, later_step_words


@dataclass(frozen=True, slots=True)
class TickLine:
    """An entry of the plan with its box."""

    words: LaterStepWords
    ticked: bool


@dataclass(frozen=True, slots=True)
class WhatIfPage:
    lines: tuple[TickLine, ...]


@dataclass(frozen=True, slots=True)
class CountMove:
    """ "in place", "12", "15 of 30"; `moved` says whether it changes."""

    name: str
    before: str
    after: str
    moved: bool


@dataclass(frozen=True, slots=True)
class PillarLine:
    """`to_go` says how far it then is to the next label; empty at a new one, and where there is none."""

    name: str
    before: FigureWords
    after: FigureWords
    to_go: str

    @property
    def moved(self) -> bool:
        return self.before.full != self.after.full


@dataclass(frozen=True, slots=True)
class WhatIfOutcome:
    """`chosen` says how many steps are ticked and how much work they are."""

    chosen: str
    counts: tuple[CountMove, ...]
    pillars: tuple[PillarLine, ...]


def what_if_page(edition: Edition, frozen: Result, result: ScoredResult, ticked: Collection[str]) -> WhatIfPage:
    plan = told_plan(edition, frozen, result)
    return WhatIfPage(tuple(TickLine(later_step_words(entry), entry.question.id in ticked) for entry in plan))


def outcome_of(edition: Edition, frozen: Result, result: ScoredResult, ticked: Collection[str]) -> WhatIfOutcome:
    """As on the day of the result: what has started since then is not part of it."""
    steps = [todo for todo in result.todo if todo.question.id in ticked]
    found = what_if(edition, result, steps, frozen.finished_at.date())
    to_go = rises_to_go(found.before, steps)
    return WhatIfOutcome(
        chosen=_chosen(len(steps), found.minutes),
        counts=_count_moves(found),
        pillars=tuple(_pillar_line(edition, move, to_go.get(move.before.code)) for move in found.pillars),
    )


def _chosen(steps: int, minutes: int) -> str:
    if not steps:
        return _("Nothing is ticked yet: this is where you stand.")
    return ngettext("%(count)d step, %(time)s of work.", "%(count)d steps, %(time)s of work.", steps) % {
        "count": steps,
        "time": minutes_text(minutes),
    }


def _count_moves(found: WhatIf) -> tuple[CountMove, ...]:
    before, after = found.counts
    return (
        _count_move(_("in place"), before.in_place, after.in_place, amount(after.in_place, after.counted)),
        _count_move(_("urgent gaps"), before.urgent_gaps, after.urgent_gaps),
        _count_move(_("open duties"), before.open_duties, after.open_duties),
    )


def _count_move(name: str, before: int, after: int, text: str = "") -> CountMove:
    return CountMove(name, str(before), text or str(after), moved=before != after)


def _pillar_line(edition: Edition, move: PillarMove, to_go: tuple[int, int] | None) -> PillarLine:
    name = next(pillar.name for pillar in edition.pillars if pillar.code == move.before.code)
    before, after = pillar_figure_words(edition, move.before), pillar_figure_words(edition, move.after)
    return PillarLine(name, before, after, _to_go(edition, *to_go) if to_go else "")


def _to_go(edition: Edition, label: int, questions: int) -> str:
    return _("%(count)d to go to “%(label)s”") % {"count": questions, "label": edition.labels[label].name}
