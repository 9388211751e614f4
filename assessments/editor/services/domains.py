"""Domains of a draft: saved, added, moved, removed."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from assessments.bank.types import Domain
from assessments.editor.errors import EditConflict, GoneMeanwhile, NameTaken, StillInUse
from assessments.editor.services.drafts import hold
from assessments.editor.services.history import DraftEdit
from assessments.editor.services.ordering import Direction, last_place, swap_order
from assessments.editor.services.questions import following, questions_in, rewrite_questions
from assessments.models import ChangedThing, ChangeVerb, DomainRow, EditionRow
from assessments.services.bank_rows import domain_row

DOMAIN = ChangedThing.DOMAIN


def domain_of(row: DomainRow) -> Domain:
    return Domain(row.code, row.title, row.pillar, row.promise, row.who_knows)


@transaction.atomic
def save_domain(*, draft: EditionRow, domain: Domain, seen_version: int, by: User, now: datetime) -> DomainRow:
    """Gates that cap the domain's own pillar follow it to another pillar."""
    pen = DraftEdit(hold(draft), by, now)
    row = _find(pen.draft, domain.code)
    stored = domain_of(row)
    if domain == stored:
        return row
    if row.version != seen_version:
        raise EditConflict(stored, row.version)
    row.title, row.pillar, row.promise, row.who_knows = domain.title, domain.pillar, domain.promise, domain.who_knows
    row.version += 1
    row.save()
    pen.record(ChangeVerb.CHANGED, DOMAIN, domain.code, before=stored, after=domain)
    if stored.pillar != domain.pillar:
        own = questions_in(pen.draft).filter(domain=row)
        rewrite_questions(pen, own, lambda question: following(question, stored.pillar, domain.pillar))
    return row


@transaction.atomic
def add_domain(*, draft: EditionRow, domain: Domain, by: User, now: datetime) -> DomainRow:
    pen = DraftEdit(hold(draft), by, now)
    rows = DomainRow.objects.filter(edition=pen.draft)
    if rows.filter(code=domain.code).exists():
        raise NameTaken(domain.code)
    row = domain_row(pen.draft, domain, last_place(rows))
    row.save()
    pen.record(ChangeVerb.ADDED, DOMAIN, domain.code, after=domain)
    return row


@transaction.atomic
def move_domain(*, draft: EditionRow, code: str, step: Direction, by: User, now: datetime) -> None:
    pen = DraftEdit(hold(draft), by, now)
    rows = DomainRow.objects.filter(edition=pen.draft)
    row = _find(pen.draft, code)
    before = rows.filter(order__lt=row.order).count() + 1
    if swap_order(rows, row, step):
        pen.record(ChangeVerb.MOVED, DOMAIN, code, before={"place": before}, after={"place": before + step})


@transaction.atomic
def remove_domain(*, draft: EditionRow, code: str, by: User, now: datetime) -> None:
    """Only an empty one. A second click finds it gone and changes nothing."""
    pen = DraftEdit(hold(draft), by, now)
    row = DomainRow.objects.filter(edition=pen.draft, code=code).first()
    if row is None:
        return
    users = list(row.questions.values_list("code", flat=True))
    if users:
        raise StillInUse(row.title, users)
    row.delete()
    pen.record(ChangeVerb.RETIRED, DOMAIN, code, before=domain_of(row))


def _find(draft: EditionRow, code: str) -> DomainRow:
    row = DomainRow.objects.filter(edition=draft, code=code).first()
    if row is None:
        raise GoneMeanwhile(code)
    return row
