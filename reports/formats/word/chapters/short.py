"""The short sections of an owner's report and of a statement."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from reports.document.types import LawTableRow, ReportDocument, StepInDays
from reports.formats.word.body import Body, Cell, Column
from reports.formats.word.chapters.figures import add_counts, add_pillar_table
from reports.formats.word.spans import Span, muted, strong


def add_ninety_days(report: ReportDocument, body: Body) -> None:
    days = report.ninety_days
    body.heading(1, _("The next 90 days"), "plan")
    body.paragraph(
        _(
            "First what cannot wait, then what does most for the least work. Write down who does it and by when: what "
            "has a name and a date gets done."
        )
    )
    body.heading(2, _("Days 1 to 30"))
    _add_steps(body, _("What to do, and how you see that it is done"), days.first, _("Days 1 to 30"))
    if days.next:
        body.heading(2, _("Days 31 to 90"))
        _add_steps(body, _("What to do"), days.next, _("Days 31 to 90"))
    body.paragraph(days.more, style="Small")


def _add_steps(body: Body, title: str, steps: Iterable[StepInDays], says: str) -> None:
    columns = [Column(_("Step"), 12), Column(title, 100), Column(_("Who"), 28), Column(_("By"), 24)]
    body.table(columns, (_step_row(step) for step in steps), says)


def _step_row(step: StepInDays) -> list[Cell]:
    what = (strong(step.text), Span(step.mark, "Tag"), Span(f"\n{step.done}") if step.done else "", muted(step.facts))
    return [str(step.number), what, Span(step.who, typed=True), step.by]


def add_duty_table(report: ReportDocument, body: Body) -> None:
    words = report.words
    body.heading(1, words.headings.laws.title, "duties")
    body.paragraph(words.headings.laws.lead, words.partial_list)
    columns = [Column(_("Law"), 36), Column(_("What is open"), 96), Column(_("Settled by"), 32)]
    if report.duty_rows:
        body.table(columns, (_duty_row(row) for row in report.duty_rows), words.headings.laws.title)
    else:
        body.paragraph(_("From what you said about your business, none of the laws in view applies."))


def _duty_row(row: LawTableRow) -> list[Cell]:
    return [(strong(row.law), Span(row.mark, "Tag")), (row.says, muted(row.when)), row.step]


def add_open_points(report: ReportDocument, body: Body) -> None:
    body.heading(1, _("What is open"), "open")
    for each in report.open_lists:
        body.heading(2, f"{each.title} ({each.count})")
        body.bullets((point.asks, muted(point.next)) for point in each.points)
        body.paragraph(muted(each.more), style="ListContinue")


def add_levels(report: ReportDocument, body: Body) -> None:
    words = report.words
    add_counts(report, body)
    body.heading(2, words.headings.pillars.title, "levels")
    add_pillar_table(report, body)
    body.paragraph(
        words.overall,
        _(
            "Figures run from 0 to 4; the whole part is the level. “With proof” counts an answer of 3 or 4 as 2 where "
            "no evidence was named."
        ),
        style="Small",
    )
    body.bullets((strong(f"{step.code} {step.name}."), step.says) for step in report.method.labels)
    body.heading(2, _("What was looked at"))
    body.paragraph(f"{'; '.join(domain.words.title for domain in report.domains)}.")
    if words.laws:
        names = "; ".join(f"{law.name} {law.mark}".strip() for law in words.laws)
        body.paragraph(_("Laws in view:"), f"{names}.", words.partial_list)


def add_who(report: ReportDocument, body: Body) -> None:
    body.heading(1, _("Who answered, who reviewed"), "who")
    body.paragraph(*report.facts)
