"""What is published or frozen cannot be changed: every way there is, on the database itself (and again on SQLite)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Model

from accounts.models import Organisation, User
from accounts.people_data.deleting import deleting
from assessments.bank.types import Edition
from assessments.editor.services.history import DraftEdit
from assessments.migrations._never_emptied import FUNCTION, LATER_TABLES, TABLES
from assessments.migrations._offers import COLUMNS as GUARDED_COLUMNS
from assessments.models import (
    Answer,
    Assessment,
    BankChange,
    ChangedThing,
    ChangeVerb,
    ChecklistItem,
    CitationRow,
    CoverageRow,
    DefaultBank,
    DomainRow,
    DutyRow,
    EditionRow,
    EditionStatus,
    GateRow,
    LevelRow,
    QuestionCitationRow,
    QuestionRow,
    Result,
)
from assessments.scoring.stored import FORMAT
from assessments.services.editions import store_draft
from tests.bank.making import duty, gate, question
from tests.bank.making import edition as bank
from tests.factories import OrganisationFactory, UserFactory
from tests.runs import NOW, answered_run, finish, finished_run

pytestmark = pytest.mark.django_db

# A column of each kind of row that takes any text or number.
COLUMNS: dict[type[Model], tuple[str, Any]] = {
    DomainRow: ("title", "Changed"),
    CitationRow: ("says", "Changed"),
    ChecklistItem: ("text", "Changed"),
    QuestionRow: ("help", "Changed"),
    LevelRow: ("text", "Changed"),
    GateRow: ("reason", "Changed"),
    DutyRow: ("says", "Changed"),
    QuestionCitationRow: ("order", 9),
    CoverageRow: ("order", 9),
}
PARTS = list(COLUMNS)
PUBLISHED = "is published and cannot be changed"
IN_USE = "referenced through restricted foreign keys"


@contextmanager
def refused(saying: str = PUBLISHED) -> Iterator[None]:
    with pytest.raises(IntegrityError, match=saying), transaction.atomic():
        yield


def small() -> Edition:
    return bank(question("DATA-01", 3, gates=(gate(),), duties=(duty(),)))


@pytest.fixture
def draft(db: None) -> EditionRow:
    return store_draft(edition=small())


@pytest.fixture
def published(draft: EditionRow) -> EditionRow:
    """With everyone that an edition can have."""
    draft.predecessor = store_draft(edition=bank(id="before"))
    draft.drafted_by, draft.drafted_at = UserFactory.create(), NOW
    draft.save()
    EditionRow.objects.filter(pk=draft.pk).update(
        status=EditionStatus.PUBLISHED,
        published_at=NOW,
        published_by=UserFactory.create(),
        approved_by=UserFactory.create(),
    )
    draft.refresh_from_db()
    return draft


def rows_of(edition: EditionRow, model: type[Model]) -> Any:
    path = {DomainRow: "edition", CitationRow: "edition", ChecklistItem: "edition", QuestionRow: "domain__edition"}
    return model._default_manager.filter(**{path.get(model, "question__domain__edition"): edition})


def save(row: Model, column: str, value: object) -> None:
    setattr(row, column, value)
    row.save()


def copy(row: Any) -> Model:
    row.pk = None
    row._state.adding = True
    return row  # type: ignore[no-any-return]


def raw(sql: str, *values: str | int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


Change = Callable[[Any, type[Model], str, Any], object]
CHANGES: dict[str, Change] = {
    "save": lambda rows, model, column, value: save(rows.first(), column, value),
    "update": lambda rows, model, column, value: rows.update(**{column: value}),
    "update to itself": lambda rows, model, column, value: rows.update(**{column: F(column)}),
    "bulk_update": lambda rows, model, column, value: model._default_manager.bulk_update(list(rows), [column]),
    "delete a row": lambda rows, model, column, value: rows.first().delete(),
    "delete rows": lambda rows, model, column, value: rows.delete(),
    "delete without cascade": lambda rows, model, column, value: rows._raw_delete(rows.db),
    "insert": lambda rows, model, column, value: copy(rows.first()).save(),
    "bulk_create": lambda rows, model, column, value: model._default_manager.bulk_create([copy(rows.first())]),
    "raw update": lambda rows, model, column, value: raw(
        f'UPDATE {model._meta.db_table} SET "{column}" = %s WHERE id = %s',  # noqa: S608
        value,
        rows.first().pk,
    ),
    "raw delete": lambda rows, model, column, value: raw(
        f"DELETE FROM {model._meta.db_table} WHERE id = %s",  # noqa: S608
        rows.first().pk,
    ),
}


@pytest.mark.parametrize("way", CHANGES)
@pytest.mark.parametrize("model", PARTS)
def test_no_part_of_a_published_edition_can_be_changed(published: EditionRow, model: type[Model], way: str) -> None:
    column, value = COLUMNS[model]
    before = list(rows_of(published, model).order_by("pk").values())
    with refused(f"{PUBLISHED}|{IN_USE}"):
        CHANGES[way](rows_of(published, model), model, column, value)
    assert list(rows_of(published, model).order_by("pk").values()) == before


@pytest.mark.parametrize("model", PARTS)
def test_every_part_of_a_draft_can_be_changed(draft: EditionRow, model: type[Model]) -> None:
    column, value = COLUMNS[model]
    row = rows_of(draft, model).first()
    save(row, column, value)
    assert rows_of(draft, model).filter(**{column: value, "pk": row.pk}).exists()


def test_the_guards_know_every_kind_of_bank_row() -> None:
    """Models around an edition (history, requests, runs) are in other modules."""
    below = {relation.related_model for relation in _relations_below(EditionRow)}
    modules = {EditionRow.__module__, LevelRow.__module__}
    assert {model for model in below if model.__module__ in modules} - {EditionRow} == set(PARTS)


def _relations_below(model: Any) -> Iterator[Any]:
    for relation in model._meta.related_objects:
        yield relation
        if relation.related_model not in (Assessment, model):
            yield from _relations_below(relation.related_model)


def test_a_part_cannot_be_moved_into_or_out_of_a_published_edition(published: EditionRow) -> None:
    with transaction.atomic():
        other = store_draft(edition=bank(question("DATA-01", 3, gates=(gate(),), duties=(duty(),)), id="other"))
    there, here = rows_of(published, QuestionRow).get(), rows_of(other, QuestionRow).get()
    with refused():
        rows_of(other, LevelRow).update(question=there)
    with refused():
        rows_of(published, GateRow).update(question=here, order=7)
    with refused():
        rows_of(published, DomainRow).update(edition=other, code="MOVED", order=7)


@pytest.mark.parametrize(
    "change",
    [
        {"code": "other"},
        {"title": "Changed"},
        {"language": "fr"},
        {"law_status_as_of": "2020-01-01"},
        {"disclaimer": "Changed"},
        {"frame": {}},
        {"published_at": NOW.replace(year=2030)},
        {"status": EditionStatus.DRAFT, "published_at": None},
        {"status": EditionStatus.DRAFT},
        {"predecessor": None},
        {"drafted_by": None, "drafted_at": None},
        {"drafted_at": NOW.replace(year=2030)},
        {"published_by": None, "approved_by": None},
        {"approved_by": None},
        {"version": 9},
    ],
)
def test_a_published_edition_keeps_every_value(published: EditionRow, change: dict[str, Any]) -> None:
    with refused():
        EditionRow.objects.filter(pk=published.pk).update(**change)


def test_every_column_of_an_edition_is_guarded(published: EditionRow) -> None:
    free = {"id", "status", "offered_at", "withdrawn_at", "withdrawn_reason"}
    assert {field.column for field in EditionRow._meta.concrete_fields} - set(GUARDED_COLUMNS) == free


def test_a_published_edition_can_be_retired_and_nothing_else(published: EditionRow) -> None:
    row = EditionRow.objects.filter(pk=published.pk)
    row.update(status=EditionStatus.RETIRED)
    for status in (EditionStatus.PUBLISHED, EditionStatus.DRAFT):
        with refused():
            row.update(status=status)
    with refused():
        rows_of(published, LevelRow).update(text="Changed")


def test_a_draft_is_not_retired(draft: EditionRow) -> None:
    with refused("Only a published edition can be retired"):
        EditionRow.objects.filter(pk=draft.pk).update(status=EditionStatus.RETIRED, published_at=NOW)


@pytest.mark.parametrize("delete", [lambda row: row.delete(), lambda row: type(row).objects.filter(pk=row.pk).delete()])
def test_a_published_edition_cannot_be_deleted(published: EditionRow, delete: Callable[[Model], None]) -> None:
    with refused():
        delete(published)
    assert rows_of(published, LevelRow).count() == 5


def test_a_draft_can_be_deleted_whole(draft: EditionRow) -> None:
    EditionRow.objects.get(pk=draft.pk).delete()
    assert not any(rows_of(draft, model).exists() for model in PARTS)
    assert not EditionRow.objects.filter(code="test").exists()


# No row guard sees a whole table being emptied.
GUARDED: list[type[Model]] = [EditionRow, *PARTS, BankChange, DefaultBank, Result, Answer]


@pytest.fixture
def guards_against_emptying() -> None:
    """The test database lets Django empty its tables between tests; until the end of this one it does not."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    for table in (*TABLES, *LATER_TABLES):
        raw(f"ALTER TABLE assessments_{table} ENABLE TRIGGER {FUNCTION}")


def test_every_table_with_something_fixed_is_guarded_against_emptying() -> None:
    assert sorted(f"assessments_{table}" for table in (*TABLES, *LATER_TABLES)) == sorted(
        model._meta.db_table for model in GUARDED
    )


@pytest.mark.parametrize("model", GUARDED)
@pytest.mark.parametrize("sql", ["TRUNCATE {table} CASCADE", "TRUNCATE ONLY {table} RESTART IDENTITY CASCADE"])
def test_no_table_is_emptied(guards_against_emptying: None, model: type[Model], sql: str) -> None:
    with refused("is never emptied"):
        raw(sql.format(table=model._meta.db_table))


@pytest.mark.parametrize("model", [Organisation, User, Assessment])
def test_no_table_is_emptied_through_another(guards_against_emptying: None, model: type[Model]) -> None:
    with refused("is never emptied"):
        raw(f"TRUNCATE {model._meta.db_table} CASCADE")


# SQLite's OR REPLACE deletes the row that is in the way, by default without firing its triggers.


def replaced(fixed: Model, by: Model) -> None:
    """One row replaces the other, in both ways there are."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no OR REPLACE")
    table, fields = fixed._meta.db_table, fixed._meta.concrete_fields
    keys = [fields[0].get_db_prep_value(row.pk, connection) for row in (fixed, by)]
    columns = ", ".join(f'"{field.column}"' for field in fields[1:])
    before = type(fixed)._default_manager.values().get(pk=fixed.pk)
    with refused("cannot be changed"):
        raw(f"INSERT OR REPLACE INTO {table} (id, {columns}) SELECT %s, {columns} FROM {table} WHERE id = %s", *keys)  # noqa: S608
    with refused("cannot be changed"):
        raw(f"UPDATE OR REPLACE {table} SET id = %s WHERE id = %s", *keys)  # noqa: S608
    assert type(fixed)._default_manager.values().get(pk=fixed.pk) == before


@pytest.mark.parametrize("model", PARTS)
def test_no_part_of_a_published_edition_is_replaced(published: EditionRow, model: type[Model]) -> None:
    with transaction.atomic():
        draft = store_draft(edition=replace(small(), id="other"))
    replaced(rows_of(published, model).first(), rows_of(draft, model).first())


def test_no_published_edition_is_replaced(published: EditionRow) -> None:
    replaced(published, store_draft(edition=bank(id="other")))


def test_no_history_is_replaced(draft: EditionRow) -> None:
    pen = DraftEdit(draft, UserFactory.create(), NOW)
    for code in ("DATA-01", "DATA-02"):
        pen.record(ChangeVerb.RETIRED, ChangedThing.QUESTION, code)
    replaced(*BankChange.objects.all())


def test_nothing_of_a_finished_run_is_replaced(edition_row: EditionRow) -> None:
    first, second, run = finished_run(), finished_run(), answered_run()
    replaced(first, second)
    replaced(first.assessment, run)
    replaced(first.assessment.answers.all()[0], run.answers.all()[0])


# What is frozen with a result.


@pytest.fixture
def result(edition_row: EditionRow) -> Result:
    return finished_run()


FROZEN = "frozen and cannot be changed"
FINISHED = "finished; its answers cannot be changed"


@pytest.mark.parametrize("change", [{"outcome": {}}, {"answers": []}, {"finished_at": NOW.replace(year=2030)}])
def test_a_result_keeps_every_value(result: Result, change: dict[str, Any]) -> None:
    with refused(FROZEN):
        Result.objects.filter(pk=result.pk).update(**change)
    with refused(FROZEN):
        save(result, *next(iter(change.items())))


def test_a_result_refuses_raw_sql(result: Result) -> None:
    with refused(FROZEN):
        raw("UPDATE assessments_result SET outcome = '{}'")


@pytest.mark.parametrize("change", [{"level": 4}, {"note": "later"}, {"version": 9}])
def test_answers_of_a_finished_run_keep_every_value(result: Result, change: dict[str, Any]) -> None:
    answers = Answer.objects.filter(assessment=result.assessment)
    with refused(FINISHED):
        answers.update(**change)
    with refused(FINISHED):
        save(answers[0], *next(iter(change.items())))


def test_no_answer_is_added_to_a_finished_run(result: Result) -> None:
    answer = Answer.objects.filter(assessment=result.assessment).latest("pk")
    answer.question = "NEW-01"
    with refused(FINISHED):
        copy(answer).save()


def test_an_answer_cannot_be_moved_into_a_finished_run(result: Result) -> None:
    run = answered_run(OrganisationFactory.create())
    with refused(FINISHED):
        Answer.objects.filter(assessment=run).update(assessment=result.assessment)


@pytest.mark.parametrize(
    "change",
    [
        {"state": "answering", "finished_at": None},
        {"state": "scoping", "finished_at": None},
        {"depth": "full"},
        {"facts": {}},
        {"tags": []},
        {"provisional": ["gdpr"]},
        {"finished_at": NOW.replace(year=2030)},
    ],
)
def test_a_finished_run_keeps_what_its_result_rests_on(result: Result, change: dict[str, Any]) -> None:
    with refused(FINISHED):
        Assessment.objects.filter(pk=result.assessment_id).update(**change)


def test_a_finished_run_stays_on_its_edition_and_with_its_organisation(result: Result, draft: EditionRow) -> None:
    run = Assessment.objects.filter(pk=result.assessment_id)
    for change in ({"edition": draft}, {"organisation": OrganisationFactory.create()}):
        with refused(FINISHED):
            run.update(**change)


def test_a_finished_run_goes_with_its_organisation(result: Result) -> None:
    """An organisation can be deleted with everything in it; only changes are refused."""
    organisation = result.assessment.organisation
    with deleting(organisation.pk):
        organisation.delete()
    assert not Result.objects.filter(pk=result.pk).exists()


def test_an_open_run_can_be_changed(edition_row: EditionRow) -> None:
    run = answered_run()
    assert Answer.objects.filter(assessment=run).update(note="later") > 0
    assert Assessment.objects.filter(pk=run.pk).update(depth="full") == 1
    assert finish(run).outcome["format"] == FORMAT
