"""Questions of a draft: saved, added, moved, retired, brought back."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from assessments.bank.types import Question
from assessments.editions.stored import question_of, with_parts
from assessments.editor.errors import EditConflict, GoneMeanwhile, NameTaken, NotThere
from assessments.editor.services.drafts import hold
from assessments.editor.services.history import DraftEdit
from assessments.editor.services.ordering import Direction, last_place, swap_order
from assessments.models import BankChange, ChangedThing, ChangeVerb, DomainRow, EditionRow, QuestionRow
from assessments.results.json_values import structure
from assessments.services.bank_rows import question_columns, question_row, store_parts

QUESTION = ChangedThing.QUESTION
MOST_OF_A_DOMAIN = 99


@transaction.atomic
def save_question(
    *, draft: EditionRow, question: Question, meaning: str = "", seen_version: int, by: User, now: datetime
) -> QuestionRow:
    """`meaning` is what the editor decided about the change; "" leaves it to the default rule.

    Saving what is stored already changes nothing, whatever the version. Raises EditConflict if someone saved another.
    """
    edit = DraftEdit(hold(draft, by), by, now)
    row = _find(edit.draft, question.id)
    stored = question_of(row)
    if question == stored and meaning == row.meaning:
        return row
    if row.version != seen_version:
        raise EditConflict(stored, row.version)
    return _write(edit, row, stored, question, meaning)


@transaction.atomic
def add_question(
    *,
    draft: EditionRow,
    question: Question,
    verb: ChangeVerb = ChangeVerb.ADDED,
    by: User,
    now: datetime,
) -> QuestionRow:
    """At the end of its domain. Without an id it gets the next unused one, unless the last question there is the same:
    then the form was sent twice, and the first one is returned. Raises NameTaken for a used id.
    """
    edit = DraftEdit(hold(draft, by), by, now)
    if not question.id:
        last = _rows(edit.draft).filter(domain__code=question.domain).order_by("order").last()
        if last is not None and question_of(last) == replace(question, id=last.code):
            return last
        question = replace(question, id=next_id(question.domain))
    elif id_was_used(question.id):
        raise NameTaken(question.id)
    return _insert(edit, question, verb)


@transaction.atomic
def retire_question(*, draft: EditionRow, code: str, seen_version: int, by: User, now: datetime) -> None:
    """Its id is never given to another question. A second click finds it gone and changes nothing."""
    edit = DraftEdit(hold(draft, by), by, now)
    row = _rows(edit.draft).filter(code=code).first()
    if row is None:
        return
    stored = question_of(row)
    if row.version != seen_version:
        raise EditConflict(stored, row.version)
    row.delete()
    edit.record(ChangeVerb.RETIRED, QUESTION, code, before=stored)


@transaction.atomic
def move_question(*, draft: EditionRow, code: str, step: Direction, by: User, now: datetime) -> None:
    """One place up or down within its domain."""
    edit = DraftEdit(hold(draft, by), by, now)
    row = _find(edit.draft, code)
    siblings = QuestionRow.objects.filter(domain=row.domain)
    before = siblings.filter(order__lt=row.order).count() + 1
    if swap_order(siblings, row, step):
        edit.record(ChangeVerb.MOVED, QUESTION, code, before={"place": before}, after={"place": before + step})


@transaction.atomic
def move_to_domain(
    *, draft: EditionRow, code: str, domain: str, seen_version: int, by: User, now: datetime
) -> QuestionRow:
    """To the end of another domain, under the same id. Gates that cap the old domain's pillar follow it."""
    edit = DraftEdit(hold(draft, by), by, now)
    row = _find(edit.draft, code)
    stored = question_of(row)
    if stored.domain == domain:
        return row
    if row.version != seen_version:
        raise EditConflict(stored, row.version)
    pillar = _domain(edit.draft, domain).pillar
    moved = following(replace(stored, domain=domain), row.domain.pillar, pillar)
    return _write(edit, row, stored, moved, row.meaning, ChangeVerb.MOVED)


def following(question: Question, old: str, new: str) -> Question:
    """Gates that cap the pillar of the question's own domain follow it to another."""
    gates = tuple(replace(gate, pillars=(new,)) if gate.pillars == (old,) else gate for gate in question.gates)
    return replace(question, gates=gates)


@transaction.atomic
def restore_question(
    *, draft: EditionRow, change: BankChange, seen_version: int, by: User, now: datetime
) -> QuestionRow:
    """Restores the question as it was before a change, as a new change. A retired one comes back with its id."""
    edit = DraftEdit(hold(draft, by), by, now)
    question = structure(change.before, Question)
    row = _rows(edit.draft).filter(code=question.id).first()
    if row is None:
        return _insert(edit, question, ChangeVerb.RESTORED)
    stored = question_of(row)
    if question == stored:
        return row
    if row.version != seen_version:
        raise EditConflict(stored, row.version)
    return _write(edit, row, stored, question, row.meaning, ChangeVerb.RESTORED)


def rewrite_questions(edit: DraftEdit, rows: Iterable[QuestionRow], change: Callable[[Question], Question]) -> None:
    """Rewrites questions that follow a change elsewhere, such as the new label of a citation."""
    for row in rows:
        stored = question_of(row)
        question = change(stored)
        if question != stored:
            _write(edit, row, stored, question, row.meaning)


def import_question(edit: DraftEdit, question: Question) -> None:
    """Writes a question of an imported file: over the one with its id, in whichever domain, or as a new one."""
    row = _rows(edit.draft).filter(code=question.id).first()
    if row is None:
        _insert(edit, question, ChangeVerb.IMPORTED)
        return
    stored = question_of(row)
    if question != stored:
        _write(edit, row, stored, question, row.meaning, ChangeVerb.IMPORTED)


def delete_question(edit: DraftEdit, question: Question) -> None:
    """Removes a question that an imported file does not have."""
    _rows(edit.draft).filter(code=question.id).delete()
    edit.record(ChangeVerb.RETIRED, QUESTION, question.id, before=question)


def questions_in(draft: EditionRow) -> QuerySet[QuestionRow]:
    return with_parts(QuestionRow.objects.filter(domain__edition=draft))


def next_id(domain: str) -> str:
    """Numbers only grow: an unused lower one may have been retired before this product recorded it."""
    numbers = [int(code.rpartition("-")[2]) for code in _ids_of(domain)]
    number = max(numbers, default=0) + 1
    if number > MOST_OF_A_DOMAIN:
        raise NameTaken(f"{domain}-{number:02}")
    return f"{domain}-{number:02}"


def id_was_used(code: str) -> bool:
    return code in _ids_of(code.partition("-")[0])


def _ids_of(domain: str) -> set[str]:
    """Every id that a question of this domain has or ever had, in any edition."""
    there = QuestionRow.objects.filter(code__startswith=f"{domain}-").values_list("code", flat=True)
    changed = BankChange.objects.filter(what=QUESTION, code__startswith=f"{domain}-").values_list("code", flat=True)
    return set(there) | set(changed)


def _rows(draft: EditionRow) -> QuerySet[QuestionRow]:
    return questions_in(draft)


def _find(draft: EditionRow, code: str) -> QuestionRow:
    row = _rows(draft).filter(code=code).first()
    if row is None:
        raise GoneMeanwhile(code)
    return row


def _insert(edit: DraftEdit, question: Question, verb: ChangeVerb) -> QuestionRow:
    domain = _domain(edit.draft, question.domain)
    row = question_row(question, domain, last_place(QuestionRow.objects.filter(domain=domain)))
    row.save()
    _store_parts(edit.draft, question, row)
    edit.record(verb, QUESTION, question.id, after=question)
    return row


def _domain(draft: EditionRow, code: str) -> DomainRow:
    domain = DomainRow.objects.filter(edition=draft, code=code).first()
    if domain is None:
        raise NotThere([code])
    return domain


def _write(
    edit: DraftEdit,
    row: QuestionRow,
    stored: Question,
    question: Question,
    meaning: str,
    verb: ChangeVerb = ChangeVerb.CHANGED,
) -> QuestionRow:
    if question.domain != stored.domain:
        row.domain = _domain(edit.draft, question.domain)
        row.order = last_place(QuestionRow.objects.filter(domain=row.domain))
    for name, value in question_columns(question).items():
        setattr(row, name, value)
    row.meaning = meaning
    row.version += 1
    row.save()
    for parts in (row.levels, row.gates, row.duties, row.citations, row.coverage):
        parts.all().delete()
    _store_parts(edit.draft, question, row)
    edit.record(verb, QUESTION, question.id, before=stored, after=question, meaning=meaning)
    return row


def _store_parts(draft: EditionRow, question: Question, row: QuestionRow) -> None:
    labels = {use.label for use in question.citations}
    cited = {label for duty in question.duties for label in duty.citations}
    citations = list(draft.citations.filter(label__in=labels | cited))
    items = list(draft.checklist.filter(code__in=question.checklist))
    missing = (labels | cited) - {citation.label for citation in citations}
    missing |= set(question.checklist) - {item.code for item in items}
    if missing:
        raise NotThere(sorted(missing))
    store_parts([(question, row)], citations, items)
