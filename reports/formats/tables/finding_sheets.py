"""Three kinds of finding, each in a sheet of its own; duties and laws; what is left out and what applies."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reports.document.types import ReportDocument
from reports.formats.tables.sheets import ReportSheet, SheetCell, lines, prose_lines, sentences, sheet

ASKS = 60


def must_fix_sheets(report: ReportDocument) -> list[ReportSheet]:
    columns = [(_("Question"), 14), (_("Kind"), 24), (_("Asks"), ASKS), (_("Why"), 70), (_("Step"), 60)]
    rows = (
        (item.question, item.kind, item.asks, sentences(item.reason, item.unsettled), item.step)
        for item in report.words.must_fix
    )
    return [sheet(_("Not lawful now"), columns, rows)]


def on_the_day_sheets(report: ReportDocument) -> list[ReportSheet]:
    columns = [(_("Question"), 14), (_("Asks"), ASKS), (_("Why"), 60), (_("Duties"), 70), (_("Step"), 60)]
    rows = ((item.question, item.asks, item.reason, lines(*item.duties), item.step) for item in report.words.on_the_day)
    return [sheet(_("Missed on the day"), columns, rows)]


def find_out_sheets(report: ReportDocument) -> list[ReportSheet]:
    columns = [
        (_("Kind"), 22),
        (_("Question"), 14),
        (_("Asks"), ASKS),
        (_("How"), 60),
        (_("Who"), 34),
        (_("Why"), 44),
        (_("Settled by"), 44),
    ]
    return [sheet(_("Find out"), columns, _open_rows(report))]


def _open_rows(report: ReportDocument) -> Iterator[tuple[SheetCell, ...]]:
    words, headings = report.words, report.words.headings
    for asked in words.find_out:
        kind = headings.find_out.title
        yield kind, asked.question, asked.asks, asked.how, asked.who, asked.why, asked.settle
    for looked in words.not_looked_at:
        yield headings.not_looked_at.title, looked.question, looked.asks, looked.how, looked.who, looked.why, ""
    for checked in words.to_check:
        yield headings.to_check.title, checked.question, checked.asks, "", "", checked.why, checked.settle


def duty_sheets(report: ReportDocument) -> list[ReportSheet]:
    return [_duties(report), _laws(report), _dates(report)]


def _duties(report: ReportDocument) -> ReportSheet:
    columns = [
        (_("Law"), 30),
        (_("Duty"), 70),
        (_("Where it stands"), 34),
        (_("Level"), 40),
        (_("From"), 30),
        (_("Note"), 40),
        (_("Question"), 14),
        (_("Asks"), ASKS),
        (_("Step"), 22),
    ]
    rows = (
        (
            law.name,
            duty.says,
            duty.citations,
            duty.level,
            duty.starts,
            sentences(duty.part, duty.unsettled),
            duty.question,
            duty.asks,
            duty.step,
        )
        for law in report.words.laws
        for duty in law.duties
    )
    return sheet(_("Duties"), columns, rows)


def _laws(report: ReportDocument) -> ReportSheet:
    columns = [
        (_("Law"), 30),
        (_("Note"), 20),
        (_("Says"), 70),
        (_("Facts"), 80),
        (_("Not settled"), 60),
        (_("Open duties"), 12),
        (_("Nothing open"), 34),
    ]
    rows: list[tuple[SheetCell, ...]] = [
        (
            law.name,
            law.mark,
            sentences(law.says, law.note),
            lines(*law.facts),
            lines(*law.unsettled),
            len(law.duties),
            law.nothing_open if not law.duties else "",
        )
        for law in report.words.laws
    ]
    if report.words.partial_list:
        rows.append(("", "", report.words.partial_list, "", "", "", ""))
    return sheet(_("Laws"), columns, rows)


def _dates(report: ReportDocument) -> ReportSheet:
    columns = [
        (_("Day"), 20),
        (_("Law"), 30),
        (_("What begins"), 80),
        (_("Level"), 40),
        (_("Note"), 30),
        (_("Question"), 14),
        (_("Asks"), ASKS),
    ]
    soon = (
        (item.day, item.law, item.says, item.level, item.unsettled, item.question, item.asks)
        for item in report.words.starting_soon
    )
    changes = ((each.day, each.law, each.text, "", each.mark, each.question, "") for each in report.changes)
    return sheet(_("Dates"), columns, [*soon, *changes])


def scope_sheets(report: ReportDocument) -> list[ReportSheet]:
    scope = report.scope
    columns = [(_("Part"), 28), (_("What"), 40), (_("Says"), 80), (_("Because"), 60)]
    applies = ((_("What applies"), sentences(tag.name, tag.mark), tag.says, tag.reasons) for tag in scope.applies)
    does_not = ((_("What does not apply"), tag.name, "", tag.reasons) for tag in scope.does_not)
    out = ((_("What is out of view"), "", text, "") for text in scope.out_of_view)
    left = [(_("Question"), 14), (_("Asks"), ASKS), (_("Why not"), 80)]
    reasons = ((item.question, item.asks, prose_lines(item.reason)) for item in report.left_out)
    return [
        sheet(_("What this covers"), columns, [*applies, *does_not, *out]),
        *([sheet(_("Left out"), left, reasons)] if report.left_out else []),
    ]
