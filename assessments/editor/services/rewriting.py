"""Rewriting a draft to hold another edition: only what differs is written, with its history."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from assessments.bank.diff.editions import SectionDiff, compare_editions
from assessments.bank.errors import Problem
from assessments.bank.types import Edition
from assessments.editions.frame import frame_of
from assessments.editor.services.history import DraftEdit
from assessments.editor.services.questions import delete_question, import_question
from assessments.models import ChangedThing, ChangeVerb, ChecklistItem, CitationRow, DomainRow, EditionRow, QuestionRow
from assessments.services.bank_rows import checklist_row, citation_row, domain_row, question_row

# Rows are moved aside by this much before each gets its own place.
ASIDE = 10_000
COLUMNS = {
    DomainRow: ("title", "pillar", "promise", "who_knows"),
    CitationRow: ("says", "law", "verification", "source", "unsettled"),
    ChecklistItem: ("text", "concerns"),
}


def rewrite(edit: DraftEdit, old: Edition, new: Edition) -> None:
    """`old` is the content of the locked draft. What questions refer to is added before them and removed after them."""
    diff = compare_editions(old, new)
    _frame(edit, old, new)
    parts: tuple[tuple[SectionDiff[Any], ChangedThing, str, type[models.Model], Callable[[Any], models.Model]], ...] = (
        (diff.citations, ChangedThing.CITATION, "label", CitationRow, lambda item: citation_row(edit.draft, item)),
        (diff.checklist, ChangedThing.CHECKLIST, "code", ChecklistItem, lambda item: _item_row(edit.draft, item)),
        (diff.domains, ChangedThing.DOMAIN, "code", DomainRow, lambda item: domain_row(edit.draft, item, ASIDE)),
    )
    for section, what, key, model, make in parts:
        _write(edit, section, what, key, model, make)
    for whole in diff.questions.removed:
        delete_question(edit, whole.item)
    for changed in diff.questions.changed:
        import_question(edit, changed.after)
    for whole in diff.questions.added:
        import_question(edit, whole.item)
    for section, what, key, model, _make in parts:
        for whole in section.removed:
            model._default_manager.filter(edition=edit.draft, **{key: whole.key}).delete()
            edit.record(ChangeVerb.RETIRED, what, whole.key, before=whole.item)
    _places(edit.draft, new)


def _frame(edit: DraftEdit, old: Edition, new: Edition) -> None:
    row = edit.draft
    after = {name: getattr(new, name) for name in ("title", "language", "law_status_as_of", "disclaimer")}
    before = {name: getattr(old, name) for name in after}
    if after == before and frame_of(old) == frame_of(new):
        return
    for name, value in after.items():
        setattr(row, name, value)
    row.frame = frame_of(new)
    row.version += 1
    row.save(update_fields=[*after, "frame", "version"])
    edit.record(ChangeVerb.IMPORTED, ChangedThing.EDITION, "", before=before, after=after)


def _write(
    edit: DraftEdit,
    section: SectionDiff[Any],
    what: ChangedThing,
    key: str,
    model: type[models.Model],
    make: Callable[[Any], models.Model],
) -> None:
    """New domains get temporary places until all are written."""
    for number, whole in enumerate(section.added):
        row = make(whole.item)
        if hasattr(row, "order"):
            row.order = ASIDE + ASIDE // 2 + number
        row.save()
        edit.record(ChangeVerb.IMPORTED, what, whole.key, after=whole.item)
    for changed in section.changed:
        made = make(changed.after)
        values = {name: getattr(made, name) for name in COLUMNS[model]}
        rows = model._default_manager.filter(edition=edit.draft, **{key: changed.key})
        rows.update(**values, version=models.F("version") + 1)
        edit.record(ChangeVerb.IMPORTED, what, changed.key, before=changed.before, after=changed.after)


def _item_row(draft: EditionRow, item: Any) -> ChecklistItem:
    return checklist_row(draft, item, ASIDE)


def _places(draft: EditionRow, new: Edition) -> None:
    _place(DomainRow.objects.filter(edition=draft), [domain.code for domain in new.domains])
    _place(ChecklistItem.objects.filter(edition=draft), list(new.checklist))
    for code, questions in new.by_domain.items():
        rows = QuestionRow.objects.filter(domain__edition=draft, domain__code=code)
        _place(rows, [question.id for question in questions])


def _place(rows: models.QuerySet[Any], codes: Sequence[str]) -> None:
    if list(rows.order_by("order").values_list("code", flat=True)) == list(codes):
        return
    keys = dict(rows.values_list("code", "pk"))
    for shift in (2 * ASIDE, 0):
        for place, code in enumerate(codes):
            rows.filter(pk=keys[code]).update(order=place + shift)


def misfits(edition: Edition) -> tuple[Problem, ...]:
    """What no row of the database can hold: a text that is too long, an unknown pillar or law."""
    draft, domain = EditionRow(), DomainRow()
    rows: list[tuple[str, models.Model]] = [
        *((f"domains {item.code}", domain_row(draft, item, 0)) for item in edition.domains),
        *((f"citations {item.label}", citation_row(draft, item)) for item in edition.citations.values()),
        *((f"checklist {code}", checklist_row(draft, entry, 0)) for code, entry in edition.checklist.items()),
        *((f"questions {item.id}", question_row(item, domain, 0)) for item in edition.questions),
    ]
    return tuple(problem for place, row in rows for problem in _misfits(place, row))


def _misfits(place: str, row: models.Model) -> list[Problem]:
    try:
        row.clean_fields(exclude=["edition", "domain"])
    except ValidationError as error:
        return [Problem(f"{place}, {name}", " ".join(messages)) for name, messages in error.message_dict.items()]
    return []
