"""Rows made from the values of the bank; `assessments/editions/stored.py` is the way back."""

from collections.abc import Iterable
from typing import Any

from assessments.bank import types as bank
from assessments.bank.laws import Citation
from assessments.models import (
    ChecklistItem,
    CitationRow,
    CoverageRow,
    DomainRow,
    DutyRow,
    EditionRow,
    GateRow,
    LevelRow,
    QuestionCitationRow,
    QuestionRow,
)
from assessments.results.json_values import unstructure


def domain_row(edition: EditionRow, domain: bank.Domain, order: int) -> DomainRow:
    """Not saved; `order` is its place in the edition, from 0."""
    return DomainRow(
        edition=edition,
        code=domain.code,
        order=order,
        title=domain.title,
        pillar=domain.pillar,
        promise=domain.promise,
        who_knows=domain.who_knows,
    )


def citation_row(edition: EditionRow, citation: Citation) -> CitationRow:
    """Not saved."""
    return CitationRow(
        edition=edition,
        label=citation.label,
        says=citation.says,
        law=citation.law,
        verification=citation.verification.value,
        source=citation.source,
        unsettled=citation.unsettled,
    )


def checklist_row(edition: EditionRow, entry: bank.ChecklistEntry, order: int) -> ChecklistItem:
    """Not saved; `order` is its place in the edition, from 0."""
    return ChecklistItem(
        edition=edition, code=entry.id, order=order, text=entry.text, concerns=unstructure(entry.concerns)
    )


def question_row(question: bank.Question, domain: DomainRow, order: int) -> QuestionRow:
    """Not saved, and without its parts, which `store_parts` stores; `order` is its place in the edition, from 0."""
    return QuestionRow(domain=domain, code=question.id, order=order, **question_columns(question))


def question_columns(question: bank.Question) -> dict[str, Any]:
    """The columns of a question's own row, except its id and place."""
    return {
        "depth": question.depth.value,
        "text": question.text,
        "help": question.help,
        "weight": question.weight,
        "weight_reason": question.weight_reason,
        "applies_when": unstructure(question.applies_when),
        "not_applicable": question.not_applicable.value,
        "not_applicable_hint": question.not_applicable_hint,
        "evidence": list(question.evidence),
        "steps": unstructure(question.steps),
        "find_out": unstructure(question.find_out),
        "usual": question.usual,
        "first_step": question.first_step,
        "effort": question.effort.value if question.effort else "",
        "ai_lens": question.ai_lens,
    }


def store_parts(
    questions: Iterable[tuple[bank.Question, QuestionRow]],
    citations: Iterable[CitationRow],
    checklist: Iterable[ChecklistItem],
) -> None:
    """Store the rows below each question. What a question cites and covers must be among the rows given."""
    by_label = {citation.label: citation for citation in citations}
    by_code = {item.code: item for item in checklist}
    levels, gates, duties, uses, coverage = [], [], [], [], []
    for question, row in questions:
        levels += [LevelRow(question=row, number=n, text=text) for n, text in enumerate(question.levels)]
        gates += [_gate_row(row, order, gate) for order, gate in enumerate(question.gates)]
        duties += [_duty_row(row, order, duty) for order, duty in enumerate(question.duties)]
        uses += [_use_row(row, order, use, by_label[use.label]) for order, use in enumerate(question.citations)]
        coverage += [
            CoverageRow(question=row, item=by_code[code], order=order) for order, code in enumerate(question.checklist)
        ]
    LevelRow.objects.bulk_create(levels)
    GateRow.objects.bulk_create(gates)
    DutyRow.objects.bulk_create(duties)
    QuestionCitationRow.objects.bulk_create(uses)
    CoverageRow.objects.bulk_create(coverage)


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
        severity=gate.severity,
        starts=gate.starts,
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
        finding=duty.finding.value,
        unsettled=duty.unsettled,
    )


def _use_row(
    question: QuestionRow, order: int, use: bank.QuestionCitation, citation: CitationRow
) -> QuestionCitationRow:
    return QuestionCitationRow(
        question=question, citation=citation, order=order, when=unstructure(use.when), starts=use.starts
    )
