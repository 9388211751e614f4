"""The page on which anybody checks a report: what it says, and that nothing breaks it or is kept by it."""

import json
from dataclasses import replace

import pytest
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse

from assessments.models import EditionRow, Result
from assessments.signed_assessment import data as data_module
from assessments.signed_assessment.canonical import canonical
from assessments.signed_assessment.data import read_edition_of
from assessments.signed_assessment.signing import SigningKey
from config.rate_limits import RATE_LIMITS
from reports.models import Report
from reports.signing import page as page_module
from reports.signing.forms import MOST_REPORT, MOST_SIGNED
from reports.signing.keys import signing_key
from tests.factories import OrganisationFactory
from tests.reports.signing.signed_reports import CONTENT, ready_report, sent, signed_file
from tests.runs import finished_run
from tests.signed_assessment.making_files import REPORT, SMALL, edited, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(edition_row: EditionRow) -> Report:
    result: Result = finished_run(OrganisationFactory.create(name="Boulangerie Lumière"))
    return ready_report(result)


def test_an_unchanged_report_is_called_so(report: Report) -> None:
    page = sent(signed_file(report), CONTENT)

    assert page.status_code == 200
    text = page.content.decode()
    assert "Nothing was changed, and it is known who signed it." in text
    assert "notice--success" in text
    assert "the result is the same." in text
    assert "Not proven" not in text
    assert "Boulangerie Lumière" in text
    assert "no-store" in page["Cache-Control"]


def test_without_the_report_nothing_is_said_about_it(report: Report) -> None:
    text = sent(signed_file(report, "signature")).content.decode()

    assert "The signed file is as it was signed. Add the report to see whether that was changed." in text
    assert "notice--success" not in text


def test_our_own_edition_is_not_read_again(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading one takes half a second, which a stranger could ask for again and again."""
    content = signed_file(report)
    monkeypatch.setattr(data_module, "read_json", None)

    assert "the result is the same." in sent(content).content.decode()


def test_a_changed_report_and_changed_answers_are_told(report: Report) -> None:
    content = signed_file(report)
    other = sent(content, CONTENT + b" ").content.decode()
    answers = sent(edited(content, "data", "answers", 0, "level", to=4), CONTENT).content.decode()

    assert "Something is not as it was signed." in other
    assert "The report is not the one that was signed" in other
    assert "Something is not as it was signed." in answers
    assert "The facts, answers or figures in it are not those that were signed." in answers


@pytest.fixture
def known_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on an installation that has the edition of the file."""
    monkeypatch.setattr(page_module, "own_edition_in", read_edition_of)


@pytest.mark.usefixtures("known_edition")
def test_the_file_of_another_installation_is_counted_and_its_signer_left_open() -> None:
    text = sent(signed(), REPORT).content.decode()

    assert "Who signed it is not proven." in text
    assert "https://check.example.org/.well-known/evenkeel-signing-keys.json" in text
    assert 'href="https://check.example.org' not in text
    assert "the result is the same." in text


@pytest.mark.usefixtures("known_edition")
def test_a_result_that_we_would_sign_but_not_count_so_is_not_relied_on() -> None:
    found = json.loads(json.dumps(SMALL.result))
    found["asked"] = 99
    page = sent(signed(replace(SMALL, result=found), key=signing_key()), REPORT)

    assert "Something is not as it was signed. Do not rely on it." in page.content.decode()


def test_a_name_that_is_markup_is_shown_as_text() -> None:
    name = '<script>alert(1)</script>\u202e"'
    text = sent(signed(replace(SMALL, organisation=name))).content.decode()

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;[U+202E]" in text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is no valid JSON"),
        (b"%PDF-1.7", "This is a report."),
        (b"\x00" * 100, "The file is no valid JSON"),
        (b"[" * 200_000, "nested more deeply"),
        (b'{"a":1,"a":1}', "A key appears twice"),
        (b'{"a":NaN}', "the number NaN"),
        (b'{"format":"evenkeel signed assessment","version":9}', "another version"),
        (b" " * (MOST_SIGNED + 1), "larger than 3 MB"),
    ],
    ids=range(8),
)
def test_what_is_no_signed_file_is_refused_beside_its_field(content: bytes, sentence: str) -> None:
    page = sent(content)

    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert 'href="#id_signed"' in page.content.decode()


def test_files_are_needed_and_a_report_has_a_size() -> None:
    assert "Choose the signed file." in Client().post(reverse("verify")).content.decode()
    assert "larger than 7 MB" in sent(signed(), b"x" * (MOST_REPORT + 1)).content.decode()


@pytest.mark.parametrize("inside", [None, {"id": "2026.3\0", "questions": [{"id": {}}]}, {"id": "2026.3"}])
def test_nothing_is_counted_by_an_edition_from_elsewhere(
    inside: object, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process keeps what it works out about an edition: strangers would fill it, one after the other."""
    monkeypatch.setattr(data_module, "read_json", None)
    content = json.loads(signed(key=SigningKey("a key of somebody else, which is long enough for that")))
    if inside is not None:
        content["data"]["edition"] = inside
    text = sent(canonical(content)).content.decode()

    assert "This site does not have the questions that it was answered under" in text
    assert "the result is the same." not in text


def test_it_costs_two_statements_at_most_and_keeps_nothing(
    report: Report, django_assert_max_num_queries: object
) -> None:
    content = signed_file(report)
    sent(content)
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        sent(content, CONTENT)


def test_somebody_who_sends_one_after_the_other_has_to_wait() -> None:
    cache.clear()
    with override_settings(ACCOUNT_RATE_LIMITS={"verify_file": RATE_LIMITS["verify_file"]}):
        found = [sent(b"{}").status_code for _ in range(11)]
        read = Client().get(reverse("verify")).status_code
    cache.clear()

    assert found == [422] * 10 + [429]
    assert read == 200


def test_the_status_page_offers_the_signed_file(report: Report) -> None:
    client = Client()
    client.force_login(report.result.finished_by)
    text = client.get(reverse("report", args=[report.pk])).content.decode()

    assert f'action="{reverse("signed_report", args=[report.pk])}"' in text
    assert text.count('name="content"') == 3
