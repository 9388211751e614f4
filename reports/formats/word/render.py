"""From a document to a Word file: each section in the order of the document."""

from collections.abc import Callable, Mapping

from reports.document import ReportDocument
from reports.formats.renderer import ProgressListener, RenderedReport
from reports.formats.word.body import Body
from reports.formats.word.chapters import advice, answers, back, figures, findings, front, short, steps
from reports.formats.word.package import bytes_of, empty_document
from reports.kinds.sections import ReportSection
from reports.models import ReportStep

SectionWriter = Callable[[ReportDocument, Body], None]


def render_docx(document: ReportDocument, listener: ProgressListener | None = None) -> RenderedReport:
    word = empty_document(document)
    body = Body(word)
    for number, section in enumerate(document.sections):
        if listener is not None:
            listener.show(10 + 75 * number // len(document.sections), ReportStep.LAYING_OUT)
        SECTIONS[section](document, body)
    body.finish()
    if listener is not None:
        listener.show(90, ReportStep.DRAWING)
    return RenderedReport(bytes_of(word), pages=None)


SECTIONS: Mapping[ReportSection, SectionWriter] = {
    ReportSection.COVER: front.add_cover,
    ReportSection.MASTHEAD: front.add_masthead,
    ReportSection.SUMMARY: front.add_summary,
    ReportSection.ADVICE: advice.add_advice,
    ReportSection.CONTENTS: front.add_contents,
    ReportSection.SINCE: figures.add_since,
    ReportSection.NINETY_DAYS: short.add_ninety_days,
    ReportSection.PLAN: steps.add_plan,
    ReportSection.OWN_STEPS: advice.add_own_steps,
    ReportSection.MUST_FIX: findings.add_must_fix,
    ReportSection.DUTIES: findings.add_duties,
    ReportSection.DUTY_TABLE: short.add_duty_table,
    ReportSection.ON_THE_DAY: findings.add_on_the_day,
    ReportSection.FIND_OUT: findings.add_find_out,
    ReportSection.OPEN_POINTS: short.add_open_points,
    ReportSection.NEXT: steps.add_next_labels,
    ReportSection.SCORES: figures.add_scores,
    ReportSection.LEVELS: short.add_levels,
    ReportSection.ANSWERS: answers.add_answers,
    ReportSection.EVIDENCE: answers.add_evidence,
    ReportSection.SCOPE: back.add_scope,
    ReportSection.METHOD: back.add_method,
    ReportSection.WHO: short.add_who,
    ReportSection.LIMITS: back.add_limits,
}
