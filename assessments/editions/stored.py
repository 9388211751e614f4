"""Bank editions between rows and the pure types. The rows are the truth; a published one is read once per process."""

from datetime import datetime
from functools import lru_cache

from django.db.models import QuerySet

from assessments.bank import types as bank
from assessments.bank.conditions import Condition
from assessments.bank.laws import Citation, Verification
from assessments.bank.steps import Effort, FindOutHint, Step
from assessments.editions.frame import read_frame
from assessments.models import ChecklistItem, CitationRow, EditionRow, GateRow, QuestionRow
from assessments.results.json_values import structure

UNREAD = ("edition__frame", "edition__disclaimer")


def edition_of(row: EditionRow) -> bank.Edition:
    """The pure edition. A published one never changes, so each process reads it once."""
    if row.published_at is None:
        return read_edition_rows(row.pk)
    return _read_once(row.pk, row.published_at)


@lru_cache(maxsize=8)
def _read_once(pk: int, published_at: datetime) -> bank.Edition:
    """`published_at` only tells apart editions that had the same key in different databases."""
    return read_edition_rows(pk)


def read_edition_rows(pk: int) -> bank.Edition:
    """One edition from its rows, in a fixed number of queries."""
    row = EditionRow.objects.select_related("bank").get(pk=pk)
    frame = read_frame(row.frame)
    return bank.Edition(
        id=row.code,
        bank=row.bank.slug,
        title=row.title,
        language=row.language,
        law_status_as_of=row.law_status_as_of,
        disclaimer=row.disclaimer,
        domains=tuple(bank.Domain(d.code, d.title, d.pillar, d.promise, d.who_knows) for d in row.domains.all()),
        citations={citation.label: citation_of(citation) for citation in row.citations.all()},
        checklist={item.code: checklist_entry_of(item) for item in row.checklist.all()},
        questions=tuple(question_of(q) for q in with_parts(QuestionRow.objects.filter(domain__edition=row))),
        **frame.of_edition(),
    )


def citation_of(row: CitationRow) -> Citation:
    """The pure entry of the registry."""
    return Citation(row.label, row.says, row.law, Verification(row.verification), row.source, row.unsettled)


def checklist_entry_of(row: ChecklistItem) -> bank.ChecklistEntry:
    """The pure entry of the checklist."""
    return bank.ChecklistEntry(row.code, row.text, structure(row.concerns, Condition))


def with_parts(rows: QuerySet[QuestionRow]) -> QuerySet[QuestionRow]:
    """Each with everything that `question_of` reads."""
    return rows.select_related("domain").prefetch_related(
        "levels", "gates", "duties", "citations__citation", "coverage__item"
    )


def question_of(row: QuestionRow) -> bank.Question:
    """The pure question. Load the row `with_parts`, or each part costs a query."""
    return bank.Question(
        id=row.code,
        domain=row.domain.code,
        depth=bank.Depth(row.depth),
        text=row.text,
        help=row.help,
        levels=tuple(level.text for level in row.levels.all()),
        weight=row.weight,
        weight_reason=row.weight_reason,
        citations=tuple(
            bank.QuestionCitation(use.citation.label, structure(use.when, Condition), use.starts)
            for use in row.citations.all()
        ),
        evidence=tuple(row.evidence),
        checklist=tuple(covered.item.code for covered in row.coverage.all()),
        steps=structure(row.steps, tuple[Step, ...]),
        find_out=structure(row.find_out, FindOutHint) if row.find_out else None,
        usual=row.usual,
        first_step=row.first_step,
        effort=Effort(row.effort) if row.effort else None,
        gates=tuple(_gate(gate) for gate in row.gates.all()),
        duties=tuple(
            bank.Duty(
                law=d.law,
                level=d.level,
                says=d.says,
                citations=tuple(d.citations),
                starts=d.starts,
                when=structure(d.when, Condition),
                finding=bank.FindingKind(d.finding),
                unsettled=d.unsettled,
            )
            for d in row.duties.all()
        ),
        applies_when=structure(row.applies_when, Condition),
        not_applicable=bank.NotApplicable(row.not_applicable),
        not_applicable_hint=row.not_applicable_hint,
        ai_lens=row.ai_lens,
    )


def _gate(row: GateRow) -> bank.Gate:
    return bank.Gate(
        kind=bank.GateKind(row.kind),
        min_level=row.min_level,
        cap_domain=row.cap_domain,
        cap_pillar=row.cap_pillar,
        pillars=tuple(row.pillars),
        reason=row.reason,
        when=structure(row.when, Condition),
        severity=row.severity,
        starts=row.starts,
    )
