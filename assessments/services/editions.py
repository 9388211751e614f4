"""Storing and publishing bank editions."""

from datetime import datetime
from enum import StrEnum, auto

from django.db import transaction

from assessments.bank import types as bank
from assessments.editions import frame_of, read_edition_rows
from assessments.models import (
    ChecklistItem,
    CitationRow,
    CoverageRow,
    DomainRow,
    DutyRow,
    EditionRow,
    EditionStatus,
    GateRow,
    LevelRow,
    QuestionCitationRow,
    QuestionRow,
)
from assessments.structure import unstructure


class Loaded(StrEnum):
    """What loading did: the edition is new, or it was there with the same content, with other content, as a draft."""

    NEW = auto()
    UNCHANGED = auto()
    KEPT = auto()
    DRAFT = auto()


def load_published(*, edition: bank.Edition, now: datetime) -> Loaded:
    """Store and publish an edition in one transaction, once. What is already here is never touched.

    KEPT says that an edition of this name with other content is published here, DRAFT that someone is
    working on a draft of this name.
    """
    with transaction.atomic():
        present = EditionRow.objects.select_for_update().filter(code=edition.id).first()
        if present is not None and present.status == EditionStatus.DRAFT:
            return Loaded.DRAFT
        if present is not None:
            return Loaded.UNCHANGED if read_edition_rows(present.pk) == edition else Loaded.KEPT
        row = store_draft(edition=edition)
        publish(edition_row=row, now=now)
    return Loaded.NEW


def publish(*, edition_row: EditionRow, now: datetime) -> None:
    edition_row.status = EditionStatus.PUBLISHED
    edition_row.published_at = now
    edition_row.save(update_fields=["status", "published_at"])


@transaction.atomic
def store_draft(*, edition: bank.Edition) -> EditionRow:
    """All rows of an edition, as a draft. The edition is taken as checked."""
    row = EditionRow.objects.create(
        code=edition.id,
        title=edition.title,
        language=edition.language,
        law_status_as_of=edition.law_status_as_of,
        disclaimer=edition.disclaimer,
        frame=frame_of(edition),
    )
    citations = _store_citations(row, edition)
    checklist = _store_checklist(row, edition)
    questions = _store_questions(row, edition)
    _store_parts(edition, questions, citations)
    _store_coverage(edition, questions, checklist)
    return row


def _store_citations(row: EditionRow, edition: bank.Edition) -> dict[str, CitationRow]:
    rows = CitationRow.objects.bulk_create(
        CitationRow(
            edition=row, label=c.label, says=c.says, law=c.law, verification=c.verification.value, source=c.source
        )
        for c in edition.citations.values()
    )
    return {citation.label: citation for citation in rows}


def _store_checklist(row: EditionRow, edition: bank.Edition) -> dict[str, ChecklistItem]:
    rows = ChecklistItem.objects.bulk_create(
        ChecklistItem(edition=row, code=code, order=order, text=text)
        for order, (code, text) in enumerate(edition.checklist.items())
    )
    return {item.code: item for item in rows}


def _store_questions(row: EditionRow, edition: bank.Edition) -> dict[str, QuestionRow]:
    domains = DomainRow.objects.bulk_create(
        DomainRow(
            edition=row,
            code=d.code,
            order=order,
            title=d.title,
            pillar=d.pillar,
            promise=d.promise,
            who_knows=d.who_knows,
        )
        for order, d in enumerate(edition.domains)
    )
    domain_rows = {domain.code: domain for domain in domains}
    rows = QuestionRow.objects.bulk_create(
        _question_row(question, domain_rows[question.domain], order) for order, question in enumerate(edition.questions)
    )
    return {question.code: question for question in rows}


def _question_row(question: bank.Question, domain: DomainRow, order: int) -> QuestionRow:
    return QuestionRow(
        domain=domain,
        code=question.id,
        order=order,
        depth=question.depth.value,
        text=question.text,
        help=question.help,
        weight=question.weight,
        weight_reason=question.weight_reason,
        applies_when=unstructure(question.applies_when),
        not_applicable=question.not_applicable.value,
        not_applicable_hint=question.not_applicable_hint,
        evidence=list(question.evidence),
        first_step=question.first_step,
        effort=question.effort.value,
        ai_lens=question.ai_lens,
    )


def _store_parts(edition: bank.Edition, questions: dict[str, QuestionRow], citations: dict[str, CitationRow]) -> None:
    levels, gates, duties, uses = [], [], [], []
    for question in edition.questions:
        row = questions[question.id]
        levels += [LevelRow(question=row, number=n, text=text) for n, text in enumerate(question.levels)]
        gates += [_gate_row(row, order, gate) for order, gate in enumerate(question.gates)]
        duties += [_duty_row(row, order, duty) for order, duty in enumerate(question.duties)]
        uses += [
            QuestionCitationRow(
                question=row,
                citation=citations[use.label],
                order=order,
                when=unstructure(use.when),
                starts=use.starts,
            )
            for order, use in enumerate(question.citations)
        ]
    LevelRow.objects.bulk_create(levels)
    GateRow.objects.bulk_create(gates)
    DutyRow.objects.bulk_create(duties)
    QuestionCitationRow.objects.bulk_create(uses)


def _gate_row(question: QuestionRow, order: int, gate: bank.Gate) -> GateRow:
    return GateRow(
        question=question,
        order=order,
        kind=gate.kind.value,
        min_level=gate.min_level,
        cap_domain=gate.cap_domain,
        cap_pillar=gate.cap_pillar,
        pillars=list(gate.pillars),
        reason=gate.reason,
        when=unstructure(gate.when),
    )


def _duty_row(question: QuestionRow, order: int, duty: bank.Duty) -> DutyRow:
    return DutyRow(
        question=question,
        order=order,
        law=duty.law,
        level=duty.level,
        says=duty.says,
        citations=list(duty.citations),
        starts=duty.starts,
        when=unstructure(duty.when),
    )


def _store_coverage(
    edition: bank.Edition, questions: dict[str, QuestionRow], checklist: dict[str, ChecklistItem]
) -> None:
    CoverageRow.objects.bulk_create(
        CoverageRow(question=questions[question.id], item=checklist[code], order=order)
        for question in edition.questions
        for order, code in enumerate(question.checklist)
    )
