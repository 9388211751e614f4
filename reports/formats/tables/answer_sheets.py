"""Every answer, one question a row."""

from django.utils.translation import gettext as _

from reports.document.types import QuestionPart, ReportDocument
from reports.formats.tables.advice_sheets import domain_text_sheets
from reports.formats.tables.sheets import ReportSheet, SheetCell, level_cell, lines, prose_lines, sheet


def answer_sheets(report: ReportDocument) -> list[ReportSheet]:
    columns = [
        (_("Domain"), 28),
        (_("Question"), 14),
        (_("Asks"), 60),
        (_("Level"), 8),
        (_("Target"), 8),
        (_("Name of the level"), 20),
        (_("Answer"), 60),
        (_("Note"), 60),
        (_("Shown by"), 40),
        (_("Why not"), 40),
        (_("How it counts"), 44),
        (_("Review"), 44),
        (_("Comments"), 44),
        (_("Weight"), 12),
        (_("Rests on"), 70),
    ]
    rows = (_row(domain.words.title, question) for domain in report.domains for question in domain.questions)
    return [sheet(_("Answers"), columns, rows), *domain_text_sheets(report)]


def _row(domain: str, question: QuestionPart) -> list[SheetCell]:
    comments = (f"{comment.who}: {prose_lines(comment.text)}" for comment in question.comments)
    citations = (f"{line.kind}: {line.labels}." for line in question.citations)
    return [
        domain,
        question.id,
        question.text,
        level_cell(question.value),
        level_cell(question.target),
        question.level.removeprefix(f"{question.value} "),
        question.answer,
        prose_lines(question.note),
        prose_lines(question.evidence),
        prose_lines(question.reason),
        lines(*question.marks, *question.warnings),
        lines(question.review, prose_lines(question.review_note)),
        lines(*comments),
        question.weight,
        lines(*citations),
    ]


def evidence_sheets(report: ReportDocument) -> list[ReportSheet]:
    columns = [
        (_("Domain"), 28),
        (_("Question"), 14),
        (_("What is said to be in place"), 60),
        (_("Level"), 24),
        (_("Shown by"), 60),
        (_("Proof"), 20),
    ]
    proven = ((claim, _("Named")) for claim in report.evidence.proven)
    unproven = ((claim, _("None yet")) for claim in report.evidence.unproven)
    rows = (
        (claim.domain, claim.question, claim.asks, claim.level, prose_lines(claim.evidence), proof)
        for claim, proof in (*proven, *unproven)
    )
    return [sheet(_("Evidence"), columns, rows)]
