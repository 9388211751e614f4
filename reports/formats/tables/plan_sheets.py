"""The plan, one entry a row, and what stands before the next labels."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from assessments.wording.plan import PlanStepWords, StepWords
from reports.document.types import ReportDocument, SignedText
from reports.formats.tables.advice_sheets import added_steps
from reports.formats.tables.sheets import ReportSheet, SheetCell, lines, prose_lines, sentences, sheet


def plan_sheets(report: ReportDocument) -> list[ReportSheet]:
    columns = [
        (_("No."), 6),
        (_("When"), 18),
        (_("Question"), 14),
        (_("Step"), 60),
        (_("How"), 60),
        (_("Then"), 70),
        (_("What it moves"), 50),
        (_("Work"), 34),
        (_("Who knows"), 30),
        (_("Why"), 50),
        (_("Asks"), 50),
    ]
    if report.kind.assigned:
        columns += [(_("Who"), 20), (_("By"), 16)]
    return [sheet(_("Plan"), columns, (row[: len(columns)] for row in _plan_rows(report)))]


def with_own_steps(plan: ReportSheet, report: ReportDocument) -> ReportSheet:
    """The plan's table with the steps that consultants add, which have no number, each with whose words they are."""
    rows = (
        ("", _("Added by a consultant"), "", *_own_step(step), "", "", "", step.signed, "", "")
        for step in added_steps(report)
    )
    return replace(plan, rows=(*plan.rows, *rows))


def _own_step(step: SignedText) -> tuple[str, str]:
    return prose_lines(step.title), prose_lines(step.text)


def _plan_rows(report: ReportDocument) -> Iterator[list[SheetCell]]:
    """Who and by when stand last."""
    words = report.words
    for entry in report.plan.first:
        yield [*_full_row(entry.step, words.headings.first.title), entry.who, entry.by]
    if not words.first:
        yield ["", "", "", sentences(_("There is no step to plan."), words.in_short), *[""] * 9]
    for each in report.plan.later:
        later = each.step
        yield [
            later.number,
            words.headings.later.title,
            later.question,
            later.step,
            "",
            later.more,
            later.promise,
            later.work,
            "",
            sentences(f"{later.gate}." if later.gate else "", later.mark),
            "",
            each.who,
            each.by,
        ]
    if words.firmness:
        yield ["", "", "", words.firmness, *[""] * 9]


def _full_row(step: PlanStepWords, when: str) -> list[SheetCell]:
    gate = sentences(f"{step.gate}.", step.reason) if step.gate else ""
    return [
        step.number,
        when,
        step.question,
        step.step.text,
        _how(step.step),
        lines(step.more, *(lines(f"• {part.text}", _how(part)) for part in step.then)),
        sentences(step.promise, step.change),
        step.work,
        step.who,
        lines(gate, step.law, step.mark),
        step.asks,
    ]


def _how(step: StepWords) -> str:
    links = (f"{each.name}: {each.code or each.place}" for each in step.links)
    return lines(step.done, step.facts, *links)


def next_sheets(report: ReportDocument) -> list[ReportSheet]:
    columns = [(_("Pillar"), 20), (_("What stands before it"), 44), (_("Question"), 14), (_("Asks"), 60)]
    more = [(_("Change"), 40), (_("Note"), 18)]
    rows = (
        (pillar.words.name, pillar.words.next.lead, rise.question, rise.asks, rise.change, rise.mark)
        for pillar in report.pillars
        if pillar.words.next
        for rise in pillar.words.next.rises
    )
    return [sheet(_("Next levels"), columns + more, rows)]
