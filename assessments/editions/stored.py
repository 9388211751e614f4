"""Bank editions between rows and the pure types. The rows are the truth; a published one is read once per process."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import QuerySet

from assessments.bank import types as bank
from assessments.models import EditionRow, EditionStatus, GateRow, QuestionRow
from assessments.results.json_values import structure, unstructure

NEWEST_LAST = ("law_status_as_of", "published_at", "pk")
UNREAD = ("edition__frame", "edition__disclaimer")


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of an edition that is kept as one JSON value."""

    scale: tuple[bank.ScaleEntry, ...]
    labels: tuple[bank.ScaleEntry, ...]
    efforts: tuple[bank.ScaleEntry, ...]
    gate_kinds: tuple[bank.ScaleEntry, ...]
    pillars: tuple[bank.Pillar, ...]
    laws: tuple[bank.Law, ...]
    raised_target_tags: tuple[str, ...]
    dates: tuple[bank.KeyDate, ...]
    scope: bank.Scope


def edition_of(row: EditionRow) -> bank.Edition:
    """The pure edition. A published one never changes, so each process reads it once."""
    if row.published_at is None:
        return read_edition_rows(row.pk)
    return _read_once(row.pk, row.published_at)


def published() -> QuerySet[EditionRow]:
    return EditionRow.objects.filter(status=EditionStatus.PUBLISHED).defer("frame")


def newest_published() -> EditionRow:
    """What a new run starts on: the edition published last among those with the latest state of the law.

    Raises EditionRow.DoesNotExist while nothing is published.
    """
    return published().latest(*NEWEST_LAST)


def newest_published_or_none() -> EditionRow | None:
    """Like `newest_published`, but None while nothing is published."""
    return published().order_by(*NEWEST_LAST).last()


@lru_cache(maxsize=8)
def _read_once(pk: int, published_at: datetime) -> bank.Edition:
    """`published_at` only tells apart editions that had the same key in different databases."""
    return read_edition_rows(pk)


def read_edition_rows(pk: int) -> bank.Edition:
    """One edition from its rows, in a fixed number of queries."""
    row = EditionRow.objects.get(pk=pk)
    frame = structure(row.frame, Frame)
    return bank.Edition(
        id=row.code,
        title=row.title,
        language=row.language,
        law_status_as_of=row.law_status_as_of,
        disclaimer=row.disclaimer,
        scale=frame.scale,
        labels=frame.labels,
        efforts=frame.efforts,
        gate_kinds=frame.gate_kinds,
        pillars=frame.pillars,
        domains=tuple(bank.Domain(d.code, d.title, d.pillar, d.promise, d.who_knows) for d in row.domains.all()),
        laws=frame.laws,
        raised_target_tags=frozenset(frame.raised_target_tags),
        dates=frame.dates,
        scope=frame.scope,
        citations={
            c.label: bank.Citation(c.label, c.says, c.law, bank.Verification(c.verification), c.source)
            for c in row.citations.all()
        },
        checklist={item.code: item.text for item in row.checklist.all()},
        questions=tuple(question_of(q) for q in with_parts(QuestionRow.objects.filter(domain__edition=row))),
    )


def frame_of(edition: bank.Edition) -> object:
    """The JSON value for `EditionRow.frame`: everything that has no rows of its own."""
    return unstructure(
        Frame(
            scale=edition.scale,
            labels=edition.labels,
            efforts=edition.efforts,
            gate_kinds=edition.gate_kinds,
            pillars=edition.pillars,
            laws=edition.laws,
            raised_target_tags=tuple(sorted(edition.raised_target_tags)),
            dates=edition.dates,
            scope=edition.scope,
        )
    )


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
            bank.QuestionCitation(use.citation.label, structure(use.when, bank.Condition), use.starts)
            for use in row.citations.all()
        ),
        evidence=tuple(row.evidence),
        first_step=row.first_step,
        effort=bank.Effort(row.effort),
        checklist=tuple(covered.item.code for covered in row.coverage.all()),
        gates=tuple(_gate(gate) for gate in row.gates.all()),
        duties=tuple(
            bank.Duty(d.law, d.level, d.says, tuple(d.citations), d.starts, structure(d.when, bank.Condition))
            for d in row.duties.all()
        ),
        applies_when=structure(row.applies_when, bank.Condition),
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
        when=structure(row.when, bank.Condition),
    )
