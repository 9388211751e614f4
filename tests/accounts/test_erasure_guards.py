"""What the guards let through for an erasure, and that nothing else passes: as the owner of the tables and as a role
that may only read and write rows."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Func, JSONField, Model, Value
from django.utils import timezone

from accounts.audit import Actor, record
from accounts.models import AuditEvent, AuditKind, Brand, Deletion, ErasureText, User
from accounts.people_data.without_text import FORMER_MEMBER, without_signature_json, without_text, without_text_json
from assessments.models import Answer, Comment, EditionRow, Result
from tests.collaboration import colleague, commented
from tests.factories import BrandFactory
from tests.runs import answered_run, finish

pytestmark = pytest.mark.django_db
NAME = "Zoë O'Quartz"
ROLE = "evenkeel_rows_only"


@pytest.fixture
def person(edition_row: EditionRow) -> User:
    """Wrote a comment in a finished run, is named in a look and is in the trail."""
    run = answered_run()
    person = colleague(run, name=NAME)
    commented(run, f"Ask {NAME}!", author=person, in_report=True)
    finish(run)
    BrandFactory.create(contact=f"{NAME}\nLyon", made_by=person)
    by = Actor(person, "192.0.2.7")
    record(by=by, kind=AuditKind.LEFT, organisation=run.organisation, subject=f"for {NAME}", before="viewer")
    return person


@pytest.fixture(params=["owner", "rows only"])
def as_role(request: pytest.FixtureRequest, person: User) -> Iterator[None]:
    """PostgreSQL alone has roles; the test's transaction takes this one back."""
    if request.param == "owner":
        yield
        return
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no roles")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE}")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {ROLE}")
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        yield
        cursor.execute("RESET ROLE")


@pytest.fixture
def erasing(person: User, as_role: None) -> str:
    ErasureText.objects.create(person=person, text=NAME)
    return NAME


def without(column: str, text: str, function: str = "without_text") -> Func:
    output: Any = JSONField() if function.endswith("json") else None
    return Func(F(column), Value(text), function=function, output_field=output)


def refused(change: Callable[[], object]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


FROZEN: dict[type[Model], tuple[str, str]] = {
    Result: ("answers", "without_text_json"),
    Comment: ("text", "without_text"),
    Brand: ("contact", "without_text"),
    AuditEvent: ("subject", "without_text"),
}


@pytest.mark.parametrize("model", FROZEN)
def test_the_text_alone_goes_and_only_in_an_erasure(person: User, as_role: None, model: type[Model]) -> None:
    column, function = FROZEN[model]
    rows = model._default_manager.all()
    new = {column: without(column, NAME, function)}
    refused(lambda: rows.update(**new))
    ErasureText.objects.create(person=person, text=NAME)
    rows.update(**new)
    assert FORMER_MEMBER in str(list(rows.values_list(column, flat=True)))
    ErasureText.objects.all().delete()
    refused(lambda: rows.update(**{column: F(column)}))


OTHERS: dict[type[Model], list[dict[str, Any]]] = {
    Result: [
        {"answers": []},
        {"outcome": {}},
        {"finished_at": timezone.now()},
        {"answers": without("answers", "Which", "without_text_json"), "outcome": {"format": 9}},
    ],
    Comment: [{"text": "Something else"}, {"text": FORMER_MEMBER}, {"in_report": False}, {"question": "DATA-01"}],
    Answer: [{"level": 0}, {"note": FORMER_MEMBER}],
    Brand: [{"contact": FORMER_MEMBER}, {"closing": ""}, {"colour": ""}],
    AuditEvent: [
        {"subject": FORMER_MEMBER},
        {"subject": ""},
        {"actor_email": ""},
        {"kind": AuditKind.JOINED},
        {"at": timezone.now()},
        {"actor": None},
        {"details": {}, "subject": "for nobody"},
        {"actor": 1, "actor_email": "", "subject": "", "ip_address": None, "details": {}},
    ],
    EditionRow: [{"title": FORMER_MEMBER}, {"status": "draft"}],
}


@pytest.mark.parametrize(("model", "change"), [(model, change) for model in OTHERS for change in OTHERS[model]])
def test_nothing_else_passes_during_an_erasure(erasing: str, model: type[Model], change: dict[str, Any]) -> None:
    rows = model._default_manager.all()
    before = list(rows.order_by("pk").values())
    refused(lambda: rows.update(**change))
    assert list(rows.order_by("pk").values()) == before


def test_only_texts_of_the_person_are_erased(person: User, as_role: None) -> None:
    refused(lambda: ErasureText.objects.create(person=person, text="which phones"))
    refused(lambda: ErasureText.objects.create(person=person, text=""))
    row = ErasureText.objects.create(person=person, text=person.email)
    refused(lambda: ErasureText.objects.filter(pk=row.pk).update(text="which phones"))


def test_network_addresses_of_others_stay(erasing: str, person: User) -> None:
    other = record(by=Actor(None, "198.51.100.9"), kind=AuditKind.JOINED)
    refused(lambda: AuditEvent.objects.filter(pk=other.pk).update(ip_address=None))
    assert AuditEvent.objects.filter(actor=person.pk, ip_address="192.0.2.7").update(ip_address=None) == 1


def test_a_table_of_ones_own_opens_no_guard(person: User, as_role: None) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("whoever opens SQLite's file can do anything with it")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE accounts_erasuretext (person_id bigint, text text)")
        cursor.execute("INSERT INTO accounts_erasuretext VALUES (%s, 'which phones')", [person.pk])
        cursor.execute("CREATE TEMPORARY TABLE accounts_deletion (key uuid)")
        cursor.execute("INSERT INTO accounts_deletion SELECT assessment_id FROM assessments_result")
        cursor.execute("CREATE TEMPORARY TABLE assessments_assessment (id uuid, state text)")
    refused(lambda: Result.objects.update(answers=without("answers", "which phones", "without_text_json")))
    refused(lambda: Result.objects.all()._raw_delete("default"))
    refused(lambda: Answer.objects.update(note="x"))


PLAIN: list[type[Model]] = [Result, Answer, Comment]


@pytest.mark.parametrize("model", PLAIN)
def test_what_is_frozen_is_not_deleted(person: User, as_role: None, model: type[Model]) -> None:
    count = model._default_manager.count()
    refused(lambda: model._default_manager.all()._raw_delete("default"))
    refused(lambda: model._default_manager.all().delete())
    assert model._default_manager.count() == count > 0


def test_it_is_deleted_with_its_assessment_alone(person: User, as_role: None) -> None:
    result = Result.objects.get()
    other = finish(answered_run())
    Deletion.objects.create(key=other.assessment_id)
    refused(lambda: Result.objects.filter(pk=result.pk)._raw_delete("default"))
    other.assessment.delete()
    assert list(Result.objects.all()) == [result]


def test_an_old_event_loses_all_personal_data_or_none(person: User, as_role: None) -> None:
    event = AuditEvent.objects.filter(actor=person.pk)[0]
    rows = AuditEvent.objects.filter(pk=event.pk)
    emptied: dict[str, Any] = {
        "actor": None,
        "actor_email": "",
        "subject": "",
        "details": {},
        "ip_address": None,
        "pseudonymised_at": timezone.now(),
    }
    for name in emptied:
        without_one = {key: value for key, value in emptied.items() if key != name}
        refused(partial(rows.update, **without_one))
    refused(lambda: rows.update(**emptied, kind=AuditKind.JOINED))
    rows.update(**emptied)
    assert AuditEvent.objects.values_list("kind", "at").get(pk=event.pk) == (event.kind, event.at)
    refused(lambda: rows.update(**{**emptied, "pseudonymised_at": None}))
    refused(lambda: rows.update(**emptied))


SENTENCES = [
    ("Zoë O'Quartz", "Zoë O'Quartz came.", f"{FORMER_MEMBER} came."),
    ("Zoë O'Quartz", "ZOË O'QUARTZ", FORMER_MEMBER),
    ("Zoë O'Quartz", "Zoë O'Quartzberg, AZoë O'Quartz, Zoë", "Zoë O'Quartzberg, AZoë O'Quartz, Zoë"),
    ("Zoë", "Zoë came.", "Zoë came."),
    ("A. (B) *", "A. (B) * and A. B", f"{FORMER_MEMBER} * and A. B"),
    ("* * ab", *["ab * * ab"] * 2),
    ("_a_ *b*", "*a* _b_ a b", f"*{FORMER_MEMBER}_ {FORMER_MEMBER}"),
    ("Ann_Lee", "Ann Lee", FORMER_MEMBER),
    ("_ann_lee@ex.org", "ann lee@ex.org _ann_lee@ex.org", f"ann lee@ex.org {FORMER_MEMBER}"),
    ("* * * * * * * * ab cd", *["ab " + "*" * 900 + " ef"] * 2),
    ("ab * * * * * * * * cd", "ab " + "*" * 900 + " cd", FORMER_MEMBER),
    ("ab * * * * * * * * cd", *["ab " + "* " * 900] * 2),
    ("z.q+a@ex.org", "mailto:z.q+a@ex.org, Z.Q+A@EX.ORG.", f"mailto:{FORMER_MEMBER}, {FORMER_MEMBER}."),
    ("q@ex.org", *["z.q@ex.org z-q@ex.org q@ex.org.au q@ex.org-a.com"] * 2),
    ("q@ex.org", "...q@ex.org- -q@ex.org", f"...{FORMER_MEMBER}- -{FORMER_MEMBER}"),
    ("Ann Lee", "x\nAnn Lee\n", f"x\n{FORMER_MEMBER}\n"),
    (
        "Ann Lee",
        "Ann\nLee, Ann\u00a0Lee, ann \t  LEE; Ann\u202f\u2009Lee",
        ", ".join([FORMER_MEMBER] * 3) + f"; {FORMER_MEMBER}",
    ),
    ("Ann\u00a0Lee", "Ann Lee", FORMER_MEMBER),
    ("Ann  Lee ", "Ann Lee", FORMER_MEMBER),
    ("Ann Lee", "_Ann Lee_ *Ann Lee* **Ann** Lee", f"_{FORMER_MEMBER}_ *{FORMER_MEMBER}* **{FORMER_MEMBER}"),
    ("Ann Lee", "Ann_Lee __Ann__ __Lee__", f"{FORMER_MEMBER} __{FORMER_MEMBER}__"),
    ("Ann Lee", *["Annika Lee, Ann Leeson, Ann, Lee, Ann-Lee, xAnn Lee, Ann Lee2, AnnLee"] * 2),
    ("Zoë Straße", "Zoe\u0308 Straße, ZOË STRAßE", f"{FORMER_MEMBER}, {FORMER_MEMBER}"),
    ("Zoe\u0308 Straße", "Zoë\r\nStraße", FORMER_MEMBER),
    ("Андрей Ким", "Спросите: андреи\u0306\nким.", f"Спросите: {FORMER_MEMBER}."),
    ("김 민수", "김\n민수", FORMER_MEMBER),
    ("Éa Öy", "E\u0301A o\u0308Y", FORMER_MEMBER),
    ("李 明", "李\u3000明 李明", f"{FORMER_MEMBER} 李明"),
    ("q@ex.org", "_q@ex.org_ __q@ex.org__ *q@ex.org*", f"_{FORMER_MEMBER}_ __{FORMER_MEMBER}__ *{FORMER_MEMBER}*"),
    ("q@ex.org", "_q@ex.org x_q@ex.org_ q@ex.org_", f"_q@ex.org x_q@ex.org_ {FORMER_MEMBER}_"),
]


@pytest.mark.parametrize(("text", "before", "after"), SENTENCES)
def test_both_databases_find_the_same(db: None, text: str, before: str, after: str) -> None:
    assert without_text(before, text) == after
    with connection.cursor() as cursor:
        cursor.execute("SELECT without_text(%s, %s)", [before, text])
        assert cursor.fetchone() == (after,)


def test_in_json_names_of_one_word_are_names_only_where_a_name_stands(db: None) -> None:
    document = '{"by": "Zoë", "text": "Zoë", "deep": [{"by": "Zoë"}, {"by": "Zoë O"}, 1, null, true, {}, []]}'
    after = {
        "by": FORMER_MEMBER,
        "text": "Zoë",
        "deep": [{"by": FORMER_MEMBER}, {"by": "Zoë O"}, 1, None, True, {}, []],
    }
    assert json_of(without_text_json(document, "Zoë")) == after
    with connection.cursor() as cursor:
        cursor.execute("SELECT without_text_json(%s, %s)", [document, "Zoë"])
        (found,) = cursor.fetchone()
    assert json_of(found) == after


SIGNED = {
    "text": "Ann Lee said so",
    "by": "Ann Leeson",
    "deep": [{"by": "Ann Lee", "text": "I, Ann Lee", "consultancy": "Ann Lee", "more": {"text": "Ann Lee"}}],
    "notes": ["Ann Lee", {"by": "ann lee", "text": "Ann Lee"}, {}, None, 1],
}
UNSIGNED = {
    **SIGNED,
    "deep": [
        {"by": FORMER_MEMBER, "text": f"I, {FORMER_MEMBER}", "consultancy": "Ann Lee", "more": {"text": "Ann Lee"}}
    ],
}


def test_a_signature_goes_alone_with_what_it_signs(db: None) -> None:
    assert json_of(without_signature_json(json.dumps(SIGNED), "Ann Lee")) == UNSIGNED
    with connection.cursor() as cursor:
        kind = "" if connection.vendor == "sqlite" else "::jsonb"
        cursor.execute(f"SELECT without_signature_json(%s{kind}, %s)", [json.dumps(SIGNED), "Ann Lee"])
        (found,) = cursor.fetchone()
    assert json_of(found) == UNSIGNED


def json_of(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
