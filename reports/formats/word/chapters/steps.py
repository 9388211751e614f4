"""The plan: the first steps in full, the others in a table; and what stands before the next labels."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from assessments.wording.plan import LaterStepWords, PlanStepWords, StepWords
from reports.document.types import PlanEntry, ReportDocument
from reports.formats.word.body import Body, Cell, Column
from reports.formats.word.spans import Piece, Span, link, muted, strong

Paragraph = Sequence[Piece]


def add_plan(report: ReportDocument, body: Body) -> None:
    words = report.words
    body.heading(1, _("The plan"), "plan")
    if not words.first:
        body.paragraph(_("There is no step to plan."), words.in_short)
        return
    body.paragraph(
        _("First what cannot wait, then what does most for the least work. Each step says how you see that it is done.")
    )
    assigned = report.kind.assigned
    if assigned:
        body.paragraph(_("Write down who does it and by when: what has a name and a date gets done."))
    body.paragraph(words.firmness)
    body.heading(2, words.headings.first.title)
    for entry in report.plan.first:
        _add_step(entry.step, body)
        if assigned:
            _add_assigned(entry, body)
    if words.later:
        body.heading(2, words.headings.later.title)
        _add_later(report, body)


def _add_assigned(entry: PlanEntry, body: Body) -> None:
    """Cells to write in, where nobody has taken it on."""
    says = _("Who does step %(number)d, and by when") % {"number": entry.step.number}
    columns = [Column(_("Who"), 100), Column(_("By"), 64)]
    body.table(columns, [[Span(entry.who, typed=True), entry.by]], says)


def _add_later(report: ReportDocument, body: Body) -> None:
    title = report.words.headings.later.title
    if not report.kind.assigned:
        columns = [Column(_("No."), 10), Column(_("Step"), 84), Column(_("Work and effect"), 50), Column(_("For"), 20)]
        body.table(columns, (_later_row(entry.step) for entry in report.plan.later), title)
        return
    columns = [Column(_("No."), 10), Column(_("Step"), 58), Column(_("Work and effect"), 36), Column(_("For"), 20)]
    columns += [Column(_("Who"), 22), Column(_("By"), 18)]
    rows = ([*_later_row(each.step), Span(each.who, typed=True), each.by] for each in report.plan.later)
    body.table(columns, rows, title)


def _add_step(step: PlanStepWords, body: Body) -> None:
    body.heading(3, f"{step.number}. {step.step.text}", f"step-{step.number}")
    for pieces in _how(step.step):
        body.paragraph(*pieces, style="Note")
    if step.then:
        body.paragraph(strong(step.more), style="Note")
    for part in step.then:
        body.paragraph(part.text, style="ListBullet")
        for pieces in _how(part):
            body.paragraph(*pieces, style="ListContinue")
    gate = strong(f"{step.gate}.") if step.gate else ""
    body.paragraph(
        strong(step.promise), step.change, step.work, step.who, gate, step.reason if step.gate else "", step.law
    )
    body.paragraph(link(step.question), step.asks, Span(step.mark, "Tag"), style="Small")


def _how(step: StepWords) -> list[Paragraph]:
    """How one sees that it is done, how much work it is, and where that is."""
    links = [(f"{each.name}:", Span(each.place, to=each.code)) for each in step.links]
    return [(step.done,), (muted(step.facts),), *links]


def _later_row(step: LaterStepWords) -> list[Cell]:
    gate = strong(f"{step.gate}.") if step.gate else ""
    return [
        str(step.number),
        (step.step, muted(step.more)),
        (step.work, step.promise),
        (link(step.question), gate, Span(step.mark, "Tag")),
    ]


def add_next_labels(report: ReportDocument, body: Body) -> None:
    heading = report.words.headings.next_labels
    body.heading(1, heading.title, "next")
    body.paragraph(heading.lead)
    for pillar in report.pillars:
        following = pillar.words.next
        if following:
            body.heading(2, pillar.words.name)
            body.paragraph(following.lead)
            body.bullets(
                (link(rise.question), rise.asks, muted(rise.change), Span(rise.mark, "Tag")) for rise in following.rises
            )
