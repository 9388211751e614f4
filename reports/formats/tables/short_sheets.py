"""The short sections of an owner's report and of a statement."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reports.document.types import ReportDocument
from reports.formats.tables.sheets import ReportSheet, SheetCell, number, sentences, sheet
from reports.formats.tables.summary_sheets import closing_rows

SAYS = 100


def ninety_days_sheets(report: ReportDocument) -> list[ReportSheet]:
    columns = [
        (_("Days"), 16),
        (_("Step"), 8),
        (_("What to do"), 70),
        (_("How you see that it is done"), 60),
        (_("Work and effect"), 50),
        (_("Note"), 20),
        (_("Who"), 20),
        (_("By"), 16),
    ]
    return [sheet(_("The next 90 days"), columns, _step_rows(report))]


def _step_rows(report: ReportDocument) -> Iterator[tuple[SheetCell, ...]]:
    days = report.ninety_days
    for title, steps in ((_("Days 1 to 30"), days.first), (_("Days 31 to 90"), days.next)):
        for step in steps:
            yield title, step.number, step.text, step.done, step.facts, step.mark, step.who, step.by
    if days.more:
        yield _("Later"), "", days.more, "", "", "", "", ""


def duty_table_sheets(report: ReportDocument) -> list[ReportSheet]:
    columns = [(_("Law"), 34), (_("Note"), 18), (_("What is open"), 80), (_("Where, from when"), 60), (_("Step"), 24)]
    return [sheet(_("Laws and duties"), columns, _duty_rows(report))]


def _duty_rows(report: ReportDocument) -> Iterator[tuple[SheetCell, ...]]:
    """Each with its law, so that sorting keeps them together."""
    law, mark = "", ""
    for row in report.duty_rows:
        if row.law:
            law, mark = row.law, row.mark
        yield law, mark, row.says, row.when, row.step
    if report.words.partial_list:
        yield "", "", report.words.partial_list, "", ""


def open_point_sheets(report: ReportDocument) -> list[ReportSheet]:
    columns = [(_("Kind"), 34), (_("Question"), 14), (_("Asks"), 80), (_("What next"), 60)]
    return [sheet(_("What is open"), columns, _open_rows(report))]


def _open_rows(report: ReportDocument) -> Iterator[tuple[SheetCell, ...]]:
    for each in report.open_lists:
        title = f"{each.title} ({each.count})"
        for point in each.points:
            yield title, point.question, point.asks, point.next
        if each.more:
            yield title, "", each.more, ""


def level_sheets(report: ReportDocument) -> list[ReportSheet]:
    columns = [
        (_("Pillar"), 24),
        (_("Figure"), 8),
        (_("Level"), 20),
        (_("Could be up to"), 20),
        (_("With proof"), 20),
    ]
    figures = ((each.words.name, each.words.figure) for each in report.pillars)
    rows = ((name, number(each.number), each.name, each.up_to, each.proven) for name, each in figures)
    return [
        sheet(_("Levels"), columns, rows),
        sheet(_("What was looked at"), [(_("What"), 28), (_("Says"), SAYS)], _looked_rows(report)),
    ]


def _looked_rows(report: ReportDocument) -> Iterator[tuple[SheetCell, ...]]:
    words = report.words
    for count in words.numbers:
        yield _("Counts"), sentences(count.amount, count.name)
    if words.overall:
        yield _("Overall"), words.overall
    for domain in report.domains:
        yield _("Domain"), domain.words.title
    for law in words.laws:
        yield _("Law in view"), sentences(law.name, law.mark)
    if words.partial_list:
        yield _("Laws"), words.partial_list
    for step in report.method.labels:
        yield _("What a level promises"), f"{step.code} {step.name}. {step.says}"


def who_sheets(report: ReportDocument) -> list[ReportSheet]:
    return [_lines(_("Who answered, who reviewed"), report.facts)]


def limit_sheets(report: ReportDocument) -> list[ReportSheet]:
    closing = (text for *__, text in closing_rows(report) if text)
    return [_lines(_("Limits"), (*report.limits, *closing))]


def _lines(title: str, texts: tuple[str, ...]) -> ReportSheet:
    return sheet(title, [(_("Says"), SAYS)], ((text,) for text in texts))
