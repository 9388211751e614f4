"""Every domain with its figure, its sum and its answers."""

from django.utils.translation import gettext as _

from reports.document.types import EvidenceClaim, QuestionPart, ReportDocument
from reports.formats.word.body import Body, Cell, Column
from reports.formats.word.chapters.advice import add_signed_texts
from reports.formats.word.chapters.figures import add_domain_figure, add_worked
from reports.formats.word.spans import Span, muted, strong, typed


def add_answers(report: ReportDocument, body: Body) -> None:
    for domain in report.domains:
        body.heading(1, domain.words.title, domain.anchor)
        body.paragraph(muted(domain.words.promise))
        add_domain_figure(domain.words, body)
        add_signed_texts(domain.advice, body)
        add_worked(domain.worked, body)
        for question in domain.questions:
            write_question(question, body)


def write_question(question: QuestionPart, body: Body) -> None:
    body.heading(3, f"{question.id} {question.text}", question.id)
    level = strong(f"{question.level}.") if question.level else ""
    body.paragraph(level, question.answer, style=f"Answer{question.tone.capitalize()}")
    for warning in question.warnings:
        body.paragraph(Span(warning, "Warning"), style="Note")
    body.prose(_("Why not:"), question.reason)
    body.prose(_("Note:"), question.note)
    body.prose(_("Shown by:"), question.evidence)
    body.paragraph(*((strong(_("Review:")), question.review) if question.review else ()), style="Note")
    body.prose("", question.review_note)
    for comment in question.comments:
        body.prose(_("Comment by %(who)s:") % {"who": comment.who}, comment.text)
    citations = (f"{line.kind}: {line.labels}." for line in question.citations)
    body.paragraph(*question.marks, f"{question.weight}.", *citations, style="Small")


def add_evidence(report: ReportDocument, body: Body) -> None:
    proven, unproven = report.evidence.proven, report.evidence.unproven
    title, level = _("What is said to be in place"), Column(_("Level"), 24)
    body.heading(1, _("Proof that was named"), "evidence")
    body.paragraph(
        _(
            "An answer at level 3 or 4 says that something is done, and shown. Here is what was named to show it. "
            "Nobody has checked whether it is there."
        )
    )
    if proven:
        columns = [Column(title, 80), level, Column(_("Shown by"), 60)]
        rows = ([*_claim_row(claim), typed(claim.evidence)] for claim in proven)
        body.table(columns, rows, _("Proof that was named"))
    else:
        body.paragraph(_("No proof has been named yet."))
    if unproven:
        body.heading(1, _("Without proof yet"), "unproven")
        body.paragraph(
            _(
                "These answers count as level 2 in the figures “with proof”. Naming a document, a list or a setting is "
                "enough."
            )
        )
        body.table([Column(title, 140), level], (_claim_row(claim) for claim in unproven), _("Without proof yet"))


def _claim_row(claim: EvidenceClaim) -> list[Cell]:
    return [(claim.asks, muted(f"{claim.domain}, {claim.question}")), claim.level]
