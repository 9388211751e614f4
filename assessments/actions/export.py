"""The whole plan as a table for spreadsheet programs."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from assessments.actions.pages.lines import ActionLine
from assessments.formatting.spreadsheets import Cell


def plan_table(lines: Iterable[ActionLine]) -> Iterator[list[Cell]]:
    """The header and one row for each action; days as 2026-12-03, which every program sorts."""
    yield [
        _("What"),
        _("State"),
        _("Who"),
        _("By when"),
        _("Done when"),
        _("Note"),
        _("Where one can see it"),
        _("Why not for us"),
        _("No longer applies"),
        _("Question"),
        _("Level"),
        _("Taken on"),
        _("Ended"),
    ]
    for line in lines:
        action = line.action
        yield [
            line.title,
            action.get_state_display(),
            line.who,
            action.due.isoformat() if action.due else "",
            line.step.done if line.step else "",
            action.note,
            action.proof,
            action.dropped_reason,
            line.why_out,
            action.question,
            "" if action.level is None else action.level,
            action.created_at.date().isoformat(),
            action.finished_at.date().isoformat() if action.finished_at else "",
        ]
