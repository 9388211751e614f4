"""What is unlawful now, what the law asks, what would be missed on the day, and what nobody has looked at."""

from django.utils.translation import gettext as _

from assessments.wording.findings import DutyWords, LawWords
from assessments.wording.headings import PartHeading
from reports.document.types import ReportDocument
from reports.formats.word.body import Body
from reports.formats.word.spans import Span, link, muted, strong


def add_must_fix(report: ReportDocument, body: Body) -> None:
    _add_head(body, 1, report.words.headings.must_fix, "fix")
    for item in report.words.must_fix:
        kind = Span(f"{item.kind}.", "Strong" if item.in_part else "Urgent")
        body.paragraph(kind, item.asks, link(item.question), style="ListBullet")
        body.paragraph(item.reason, item.unsettled, style="ListContinue")
        body.paragraph(link(item.step, item.code) if item.code else item.step, style="ListContinue")


def add_duties(report: ReportDocument, body: Body) -> None:
    words = report.words
    body.heading(1, words.headings.laws.title, "duties")
    body.paragraph(
        words.headings.laws.lead,
        words.partial_list,
        _(
            "Open means that the answer is below the level at which the duty counts as met. Laws are not scored as "
            "percentages. Duties whose questions nobody could answer are in the list of what to find out."
        ),
    )
    for law in words.laws:
        _add_law(law, body)
    if not words.laws:
        body.paragraph(_("From what you said about your business, none of the laws in view applies."))
    if words.starting_soon:
        _add_head(body, 2, words.headings.starting_soon, "soon")
        for item in words.starting_soon:
            of_law = f"({item.law}):" if item.law else ""
            day = strong(item.day if of_law else f"{item.day}:")
            body.paragraph(day, of_law, item.says, style="ListBullet")
            body.paragraph(item.level, item.unsettled, link(item.question), item.asks, style="ListContinue")
    if report.changes:
        body.heading(2, _("What changes soon"), "changes")
        body.bullets(
            (strong(f"{each.day}."), f"{each.law}:" if each.law else "", each.text, Span(each.mark, "Tag"))
            for each in report.changes
        )


def _add_law(law: LawWords, body: Body) -> None:
    body.heading(2, f"{law.name} {law.mark}".strip(), f"law-{law.code}")
    body.paragraph(muted(law.says), muted(law.note))
    body.paragraph(*(muted(fact) for fact in law.facts))
    for text in law.unsettled:
        body.paragraph(text, style="Note")
    for duty in law.duties:
        _add_duty(duty, body)
    body.paragraph(law.nothing_open if not law.duties else "")


def _add_duty(duty: DutyWords, body: Body) -> None:
    body.paragraph(strong(duty.says), duty.citations, Span(duty.part, "Tag"), style="ListBullet")
    body.paragraph(
        duty.level,
        duty.starts,
        duty.unsettled,
        link(duty.step, duty.code) if duty.code else duty.step,
        link(duty.question),
        duty.asks,
        style="ListContinue",
    )


def add_on_the_day(report: ReportDocument, body: Body) -> None:
    _add_head(body, 1, report.words.headings.on_the_day, "day")
    for item in report.words.on_the_day:
        body.paragraph(strong(item.asks), link(item.question), style="ListBullet")
        for text in (item.reason, *item.duties):
            body.paragraph(text, style="ListContinue")
        body.paragraph(link(item.step, item.code) if item.code else item.step, style="ListContinue")


def add_find_out(report: ReportDocument, body: Body) -> None:
    words, headings = report.words, report.words.headings
    body.heading(1, headings.find_out.title, "find-out")
    if words.find_out:
        body.paragraph(headings.find_out.lead)
    for asked in words.find_out:
        body.paragraph(link(asked.question), asked.asks, style="ListBullet")
        body.paragraph(asked.how, style="ListContinue")
        body.paragraph(muted(asked.who), muted(asked.why), muted(asked.settle), style="ListContinue")
    if words.not_looked_at:
        _add_head(body, 2, headings.not_looked_at, "looked")
    for looked in words.not_looked_at:
        body.paragraph(link(looked.question), looked.asks, style="ListBullet")
        body.paragraph(looked.how, style="ListContinue")
        body.paragraph(muted(looked.who), muted(looked.why), style="ListContinue")
    if words.to_check:
        _add_head(body, 2, headings.to_check, "check")
    for checked in words.to_check:
        body.paragraph(link(checked.question), checked.asks, style="ListBullet")
        body.paragraph(checked.settle, style="ListContinue")
        body.paragraph(muted(checked.why), style="ListContinue")


def _add_head(body: Body, level: int, heading: PartHeading, anchor: str) -> None:
    body.heading(level, heading.title, anchor)
    body.paragraph(heading.lead)
