"""Storing and publishing bank editions."""

from datetime import datetime
from enum import StrEnum, auto

from django.db import transaction

from accounts.models import User
from assessments.bank import types as bank
from assessments.bank.diff.editions import Meaning
from assessments.bank.document.carry_over import CarryOver, Predecessor
from assessments.editions.frame import frame_of
from assessments.editions.losses import check_offer
from assessments.editions.stored import read_edition_rows
from assessments.models import ChecklistItem, CitationRow, DomainRow, EditionRow, EditionStatus, QuestionRow
from assessments.services.bank_rows import checklist_row, citation_row, domain_row, question_row, store_parts
from assessments.services.banks import bank_of, hold_bank


class LoadOutcome(StrEnum):
    """What loading found: no such edition, one with the same content, one with other content, or a draft.

    NOT_OFFERED: there was none, but too much of what is asked today is not in it.
    """

    NEW = auto()
    NOT_OFFERED = auto()
    UNCHANGED = auto()
    KEPT = auto()
    DRAFT = auto()


def load_published(*, edition: bank.Edition, now: datetime, carry_over: CarryOver | None = None) -> LoadOutcome:
    """Store and publish an edition in one transaction, once. Nothing that is already stored is changed.

    Of the editions that `carry_over` names, the first that is published here, or was, becomes the predecessor.
    KEPT: an edition of this name is already published with other content. DRAFT: someone is working on a draft of
    this name.
    """
    with transaction.atomic():
        present = EditionRow.objects.select_for_update().filter(code=edition.id).first()
        if present is not None and present.status == EditionStatus.DRAFT:
            return LoadOutcome.DRAFT
        if present is not None:
            return LoadOutcome.UNCHANGED if read_edition_rows(present.pk) == edition else LoadOutcome.KEPT
        row = store_draft(edition=edition)
        if carry_over:
            _follow(row, carry_over)
        publish_edition(edition_row=row, now=now)
    return LoadOutcome.NEW if row.offered_at else LoadOutcome.NOT_OFFERED


def _follow(row: EditionRow, carry_over: CarryOver) -> None:
    """Says of every question that both editions ask whether it means the same, so that no rule has to guess."""
    found = _predecessor(carry_over)
    if found is None:
        return
    before, told = found
    row.predecessor = before
    row.save(update_fields=["predecessor"])
    asked = QuestionRow.objects.filter(domain__edition=before).values_list("code", flat=True)
    shared = list(QuestionRow.objects.filter(domain__edition=row, code__in=asked))
    for question in shared:
        question.meaning_reason = told.changed.get(question.code, "")
        question.meaning = (Meaning.CHANGED if question.meaning_reason else Meaning.SAME).value
    QuestionRow.objects.bulk_update(shared, ["meaning", "meaning_reason"])


def _predecessor(carry_over: CarryOver) -> tuple[EditionRow, Predecessor] | None:
    names = [told.id for told in carry_over.follows]
    here = {row.code: row for row in EditionRow.objects.filter(code__in=names).exclude(status=EditionStatus.DRAFT)}
    return next(((here[told.id], told) for told in carry_over.follows if told.id in here), None)


@transaction.atomic
def publish_edition(
    *, edition_row: EditionRow, now: datetime, published_by: User | None = None, approved_by: User | None = None
) -> None:
    """For good: from then on the database refuses every change to its rows. A shipped edition has no people.

    New assessments start on it, if it is the newest of the default bank, unless much of what they are asked today is
    gone; then it is offered in a step of its own.
    """
    hold_bank(edition_row.bank_id)
    edition_row.offered_at = now if check_offer(edition_row).offers_itself else None
    edition_row.status, edition_row.published_at = EditionStatus.PUBLISHED, now
    edition_row.published_by, edition_row.approved_by = published_by, approved_by
    edition_row.save(update_fields=["status", "published_at", "published_by", "approved_by", "offered_at"])


@transaction.atomic
def store_draft(*, edition: bank.Edition) -> EditionRow:
    """Store all rows of an edition, as a draft. The edition must have been checked."""
    row = EditionRow.objects.create(
        bank=bank_of(edition),
        code=edition.id,
        title=edition.title,
        language=edition.language,
        law_status_as_of=edition.law_status_as_of,
        disclaimer=edition.disclaimer,
        frame=frame_of(edition),
    )
    citations = CitationRow.objects.bulk_create(citation_row(row, c) for c in edition.citations.values())
    checklist = ChecklistItem.objects.bulk_create(
        checklist_row(row, entry, order) for order, entry in enumerate(edition.checklist.values())
    )
    domains = DomainRow.objects.bulk_create(domain_row(row, d, order) for order, d in enumerate(edition.domains))
    by_code = {domain.code: domain for domain in domains}
    questions = QuestionRow.objects.bulk_create(
        question_row(question, by_code[question.domain], order) for order, question in enumerate(edition.questions)
    )
    store_parts(zip(edition.questions, questions, strict=True), citations, checklist)
    return row
