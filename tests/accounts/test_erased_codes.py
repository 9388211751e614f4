"""Codes that the program stores are nobody's name: whoever calls themselves like one takes nothing along.

tests/assessments/test_on_sqlite.py runs this file again on SQLite.
"""

import json
from typing import Any

import pytest
from django.db import connection

from accounts.audit import Actor
from accounts.models import Role, User
from accounts.people_data.erasure import erase_person
from accounts.people_data.without_text import FORMER_MEMBER, without_text_json
from assessments.editions.stored import edition_of
from assessments.models import Assessment, EditionRow, Result
from assessments.queries import load_scored_result
from tests.accounts.known import called
from tests.factories import member
from tests.runs import answered_run, asked_questions, finish, give

pytestmark = pytest.mark.django_db
NAMES = ("Not Applicable", "Ai Lens", "Own Software", "Responsible Ai", "On The Day")


def left_out_question(run: Assessment) -> str:
    return next(each.id for each in asked_questions(run) if each.offers_not_applicable(frozenset(run.tags)))


def test_a_result_can_be_read_whatever_somebody_called_themselves(edition_row: EditionRow) -> None:
    run = answered_run()
    give(run, left_out_question(run), None, kind="not_applicable", reason="Not Applicable, says Ann.")
    run.facts = {**run.facts, "setup": {"options": ["own_software"], "not_sure": False}}
    run.save(update_fields=["facts"])
    result = finish(run)
    before = Result.objects.values("outcome", "answers").get(pk=result.pk)
    person = called(member(run.organisation, Role.VIEWER), *NAMES)
    erase_person(person=User.objects.get(pk=person.pk), by=Actor(None))
    after = Result.objects.values("outcome", "answers").get(pk=result.pk)
    said = json.dumps(before).replace("Not Applicable, says", f"{FORMER_MEMBER}, says")
    assert json.loads(said) == after
    assert load_scored_result(edition_of(run.edition), Result.objects.get(pk=result.pk)).left_out
    assert Assessment.objects.get(pk=run.pk).facts == run.facts


DOCUMENTS: list[Any] = [
    {"kind": "not_applicable", "note": "not_applicable", "other": "Not Applicable here"},
    {"list": ["not_applicable", "NOT_APPLICABLE", "Not  Applicable", {"name": "not_applicable"}]},
    {"tag": "tag:not_applicable", "by": "Not Applicable", "deep": {"reason": "_Not_Applicable_"}},
    {"reason": {"kind": "not_applicable"}, "text": ["not_applicable"]},
    {"from": "ann@example.org", "text": "ann@example.org", "list": ["ann@example.org"]},
    "not_applicable",
    ["a not_applicable b"],
]


@pytest.mark.parametrize("needle", ["Not Applicable", "ann@example.org"])
@pytest.mark.parametrize("document", DOCUMENTS)
def test_both_databases_leave_the_same(document: Any, needle: str) -> None:
    expected = json.loads(without_text_json(json.dumps(document), needle) or "null")
    with connection.cursor() as cursor:
        kind = "" if connection.vendor == "sqlite" else "::jsonb"
        cursor.execute(f"SELECT without_text_json(%s{kind}, %s)", [json.dumps(document), needle])
        found = cursor.fetchone()[0]
    assert (json.loads(found) if isinstance(found, str) else found) == expected


def test_what_people_type_is_found_under_its_key_and_in_sentences() -> None:
    found = json.loads(without_text_json(json.dumps(DOCUMENTS[0]), "Not Applicable") or "")
    assert found == {"kind": "not_applicable", "note": FORMER_MEMBER, "other": f"{FORMER_MEMBER} here"}
