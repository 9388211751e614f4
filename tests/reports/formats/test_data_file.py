"""JSON files, and their schema at an address of ours."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from jsonschema import Draft202012Validator

from assessments.bank.types import Edition
from assessments.presentation.as_json import told_as_json
from reports.document import build
from reports.document.types import TakenOn
from reports.formats.data_file.render import FORMAT, render_json, report_as_json, schema_address
from reports.formats.data_file.schema import FILE, SCHEMA_PATH, data_schema, schema_text
from reports.kinds.registry import EVIDENCE, OWNER, REPORT_KINDS, SINCE, STATEMENT, WORKINGS, ReportKind
from tests.reports.formats.reading import data
from tests.reports.formats.samples import LONG_NOTE, NASTY, nasty_document
from tests.reports.samples import mixed, stored_in_2026_1, stress
from tests.reports.test_template_version import fixed_source
from tests.reports.test_told_alike import SAMPLES
from tests.reports.told_samples import told

OLD = "The schema changed: run python -m reports.formats.data_file.schema with DJANGO_SETTINGS_MODULE=config.settings"
KINDS = pytest.mark.parametrize("kind", REPORT_KINDS.values(), ids=lambda kind: kind.code)


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = data_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_the_published_schema_is_that_of_the_types() -> None:
    assert FILE.read_text("utf-8") == schema_text(), OLD


@KINDS
@pytest.mark.parametrize("name", SAMPLES)
def test_every_file_keeps_to_the_schema(
    edition: Edition, validator: Draft202012Validator, name: str, kind: ReportKind
) -> None:
    content = render_json(build(SAMPLES[name](edition), kind)).content
    assert [error.message for error in validator.iter_errors(data(content))] == []


def test_older_results_and_comparisons_keep_to_it(validator: Draft202012Validator) -> None:
    for document in (build(stored_in_2026_1()), build(fixed_source()), build(fixed_source(), SINCE)):
        assert [error.message for error in validator.iter_errors(data(render_json(document).content))] == []


def test_the_schema_notices_what_is_wrong(edition: Edition, validator: Draft202012Validator) -> None:
    whole = data(render_json(build(mixed(edition))).content)
    for broken in ({**whole, "answers": None}, {**whole, "told": {}}, {k: v for k, v in whole.items() if k != "cover"}):
        assert not validator.is_valid(broken)
    whole["told"]["pillars"][0]["figure"]["low"]["figure"]["tenths"] = "five"
    assert not validator.is_valid(whole)


def test_every_part_of_the_schema_is_described(validator: Draft202012Validator) -> None:
    schema = data_schema()
    assert schema["description"]
    assert [name for name, each in schema["$defs"].items() if not each["description"]] == []


@pytest.mark.django_db
def test_the_schema_is_public(client: Client) -> None:
    answer = client.get(reverse("report_schema"))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/schema+json"
    assert json.loads(answer.content) == data_schema()


def test_a_file_names_its_schema_and_form(edition: Edition, settings: object) -> None:
    settings.SITE_URL = "https://check.example.org/"  # type: ignore[attr-defined]
    found = report_as_json(build(mixed(edition)))
    assert found["$schema"] == schema_address() == f"https://check.example.org/{SCHEMA_PATH}"
    assert (found["format"], found["report"]) == (FORMAT, "workings")
    assert found["sections"][0] == "cover"


def test_workings_have_all_that_was_told(edition: Edition) -> None:
    given = stress(edition)
    every = told_as_json(told(given))
    found = report_as_json(build(given, WORKINGS))["told"]
    assert found == {name: each for name, each in every.items() if name in found}
    assert {"plan", "laws", "sums", "domains", "find_out"} <= set(found)


def test_a_statement_tells_levels_and_counts_alone(edition: Edition) -> None:
    found = report_as_json(build(stress(edition), STATEMENT))
    assert {"plan", "strengths", "must_fix", "find_out", "sums", "left_out", "domains"}.isdisjoint(found["told"])
    assert found["told"]["pillars"][0]["figure"]["low"]["figure"]["number"]
    assert (found["answers"], found["evidence"]) == ([], [])
    assert found["looked_at"]


def test_a_list_of_evidence_has_claims_and_no_other_answers(edition: Edition) -> None:
    document = build(stress(edition), EVIDENCE)
    found = report_as_json(document)
    assert found["answers"] == []
    assert len(found["evidence"]) == len(document.evidence.proven) + len(document.evidence.unproven) > 0
    assert "plan" not in found["told"]


def test_who_does_a_step_by_when_is_in_the_owner_s_report(edition: Edition) -> None:
    given = stress(edition)
    first = build(given, OWNER).words.first[0]
    taken = replace(given, taken={first.question: TakenOn("=Luc", date(2027, 1, 15))})
    assert report_as_json(build(taken, OWNER))["taken_steps"] == [
        {"number": first.number, "who": "=Luc", "by": "15 January 2027"}
    ]
    assert report_as_json(build(taken, STATEMENT))["taken_steps"] == []


def test_what_has_changed_is_told(edition: Edition) -> None:
    since = report_as_json(build(fixed_source(), SINCE))["since"]
    assert since["lead"]
    assert {each["name"] for each in since["figures"]}
    assert report_as_json(build(mixed(edition)))["since"] is None


def test_every_typed_text_arrives(edition: Edition) -> None:
    found = report_as_json(nasty_document(edition))
    notes = {answer["question"]: answer["note"] for answer in found["answers"]}
    assert notes["ACCESS-02"] == LONG_NOTE
    assert {text for text in NASTY if text.isprintable() and text.isascii()} <= set(notes.values())
    assert data(render_json(nasty_document(edition)).content) == json.loads(json.dumps(found))
