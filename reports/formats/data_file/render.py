"""From a document to JSON, in a fixed order of fields."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings

from assessments.presentation.as_json import json_value
from reports.document import ReportDocument
from reports.document.types import Prose, QuestionPart, SincePart
from reports.formats.data_file.schema import SCHEMA_PATH
from reports.formats.data_file.told_fields import told_fields
from reports.formats.data_file.types import (
    AnswerData,
    CitationData,
    ClaimData,
    CommentData,
    ConsultantTextData,
    CountData,
    CoverData,
    FigureData,
    ReportData,
    SinceData,
    TakenStepData,
)
from reports.formats.renderer import ProgressListener, RenderedReport
from reports.kinds.sections import ReportSection
from reports.models import ReportStep

FORMAT = 1


def render_json(document: ReportDocument, listener: ProgressListener | None = None) -> RenderedReport:
    """UTF-8 with a line end, indented, so that two files can be compared line by line."""
    if listener is not None:
        listener.show(50, ReportStep.DRAWING)
    text = json.dumps(report_as_json(document), ensure_ascii=False, indent=1)
    return RenderedReport(f"{text}\n".encode(), pages=None)


def report_as_json(document: ReportDocument) -> dict[str, Any]:
    """Plain values that keep to the schema, which `$schema` names."""
    return {"$schema": schema_address(), **json_value(_data(document))}


def schema_address() -> str:
    """Of this installation."""
    return f"{settings.SITE_URL.rstrip('/')}/{SCHEMA_PATH}"


def _data(document: ReportDocument) -> ReportData:
    return ReportData(
        format=FORMAT,
        report=document.kind.code,
        sections=tuple(section.value for section in document.sections),
        language=document.language,
        title=document.title,
        created=document.created,
        disclaimer=document.disclaimer,
        cover=_cover(document),
        told=told_fields(document),
        answers=tuple(_answers(document)) if ReportSection.ANSWERS in document.sections else (),
        evidence=tuple(_claims(document)) if ReportSection.EVIDENCE in document.sections else (),
        taken_steps=tuple(_taken(document)),
        since=_since(document.since) if document.since and ReportSection.SINCE in document.sections else None,
        looked_at=tuple(domain.words.title for domain in document.domains),
        consultant_texts=tuple(_consultant_texts(document)),
        limits=document.limits,
    )


def _answers(document: ReportDocument) -> Iterator[AnswerData]:
    for domain in document.domains:
        for question in domain.questions:
            yield _answer(domain.words.code, question)


def _consultant_texts(document: ReportDocument) -> Iterator[ConsultantTextData]:
    own = (step for group in document.own_steps for step in group.steps)
    of_domains = (text for domain in document.domains for text in domain.advice)
    for signed in (*document.advice, *own, *of_domains):
        entry = signed.entry
        yield ConsultantTextData(
            place=entry.place,
            domain=entry.domain,
            title=_text(signed.title),
            text=_text(signed.text),
            by=entry.by,
            consultancy=entry.consultancy,
            on=date.fromisoformat(entry.on),
        )


def _taken(document: ReportDocument) -> Iterator[TakenStepData]:
    """Of the steps that the report prints."""
    if ReportSection.NINETY_DAYS in document.sections:
        days = document.ninety_days
        steps = [(step.number, step.who, step.by) for step in (*days.first, *days.next)]
    elif ReportSection.PLAN in document.sections and document.kind.assigned:
        steps = [(entry.step.number, entry.who, entry.by) for entry in document.plan.entries]
    else:
        steps = []
    for number, who, by in steps:
        if who or by:
            yield TakenStepData(number, who, by)


def _claims(document: ReportDocument) -> Iterator[ClaimData]:
    for claim in (*document.evidence.proven, *document.evidence.unproven):
        yield ClaimData(claim.domain, claim.question, claim.asks, claim.level, _text(claim.evidence))


def _cover(document: ReportDocument) -> CoverData:
    cover = document.cover
    return CoverData(
        organisation=_text(cover.organisation),
        date=cover.date,
        depth=cover.depth,
        edition=cover.edition,
        law_status=cover.law_status,
        questions=cover.questions,
        answers=cover.reviewed,
        advised_by=document.brand.name if document.brand else "",
    )


def _answer(domain: str, question: QuestionPart) -> AnswerData:
    return AnswerData(
        domain=domain,
        question=question.id,
        asks=question.text,
        state="level" if question.value is not None else question.tone,
        level=question.value,
        target=question.target,
        answer=question.answer,
        reason=_text(question.reason),
        note=_text(question.note),
        evidence=_text(question.evidence),
        marks=(*question.marks, *question.warnings),
        review=question.review,
        review_note=_text(question.review_note),
        comments=tuple(CommentData(comment.who, _text(comment.text)) for comment in question.comments),
        citations=tuple(CitationData(line.kind, line.labels) for line in question.citations),
    )


def _since(since: SincePart) -> SinceData:
    return SinceData(
        lead=since.lead,
        counts=tuple(CountData(each.name, str(each.before), str(each.after)) for each in since.counts),
        figures=tuple(FigureData(each.name, each.before, each.after, each.verdict) for each in since.figures),
    )


def _text(prose: Prose) -> str:
    return "\n".join(prose.lines)
