"""What goes into a signed file, who gets one, and that it says what the report rests on."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, AuditKind, Role
from assessments.bank.types import Depth
from assessments.editions.stored import edition_of
from assessments.models import EditionRow, Result
from assessments.results.assessment_files import assessment_file_of
from assessments.scoring.types import ScoredAnswerKind
from assessments.signed_assessment.checking import CheckVerdict, check_file
from assessments.signed_assessment.envelope import read_keys
from assessments.signed_assessment.recount import recount_result
from assessments.signed_assessment.signing import key_id
from assessments.standing.services import make_interim_result
from reports import services, storage
from reports.models import Report
from reports.signing.keys import own_public_keys, published_keys, signing_key
from reports.signing.services import FileContent, sign_report
from tests.factories import OrganisationFactory, member
from tests.reports.signing.signed_reports import CONTENT, NAME, client_of, ready_report, signed_file
from tests.runs import answer_again, answered_run, asked_questions, finish, give

pytestmark = pytest.mark.django_db
NOTE, PROOF, REASON = "a note that nobody else should read", "the folder in the office", "we have no shop"
FORMER = "ab" * 32


@pytest.fixture
def result(edition_row: EditionRow) -> Result:
    """Of a run with a note, a proof, a "don't know" and a reason, and a question that is left open."""
    run = answered_run(OrganisationFactory.create(name="Boulangerie Lumière"), Depth.STANDARD, 2)
    asked = asked_questions(run)
    give(run, asked[0].id, 3, note=NOTE, evidence=PROOF)
    give(run, asked[1].id, kind="unknown")
    out = next(own for own in asked[2:] if own.not_applicable.value == "always")
    give(run, out.id, kind="not_applicable", reason=REASON)
    return finish(run)


@pytest.fixture
def report(result: Result) -> Report:
    return ready_report(result)


@pytest.mark.parametrize("content", ["answers", "texts"])
def test_a_signed_file_is_unchanged_known_and_recounts_as_equal(report: Report, content: str) -> None:
    check = check_file(signed_file(report, content), known=own_public_keys(), report=CONTENT, now=timezone.now())

    assert (check.signature.verdict, check.unreadable) == (CheckVerdict.PROVEN, "")
    assert check.recount is not None
    assert (check.recount.differences, check.recount.why_not) == ((), "")
    assert check.file is not None
    kinds = {answer.kind for answer in check.file.answers}
    assert kinds == set(ScoredAnswerKind)


def test_an_interim_result_recounts_as_equal_with_its_answers_taken_over(result: Result) -> None:
    basis, first = result.assessment, result.answers[3]["question"]
    answer_again(basis, first, 4, by=result.finished_by)
    interim = make_interim_result(
        basis=basis, edition=edition_of(basis.edition), by=result.finished_by, now=timezone.now()
    )
    assert interim
    file = assessment_file_of(interim, with_texts=False)

    assert recount_result(file, edition_of(basis.edition)).is_equal
    assert file.interim
    days = {own.question: own.taken_over_from for own in file.answers}
    assert (days.pop(first), set(days.values())) == ("", {"2026-11-21"})


def test_notes_and_proof_go_in_only_where_the_owner_says_so(report: Report) -> None:
    alone, answers, texts = (signed_file(report, each).decode() for each in ("signature", "answers", "texts"))

    assert [NOTE in texts, PROOF in texts, REASON in texts] == [True, True, True]
    assert [NOTE in answers, PROOF in answers, REASON in answers] == [False, False, True]
    assert REASON not in alone
    assert "data" not in json.loads(alone)


def test_without_a_choice_no_answer_goes_in(report: Report) -> None:
    answer = client_of(report.result).get(reverse("signed_report", args=[report.pk]))

    assert "data" not in answer.json()
    assert answer.json()["attested"]["report"]["sha256"] == report.sha256
    assert answer.json()["attested"]["issuer"] == "https://localhost"


def test_its_name_is_that_of_the_report_and_the_trail_has_it(report: Report) -> None:
    client = client_of(report.result)
    url = reverse("signed_report", args=[report.pk])
    client.head(url)
    answer = client.get(url, {"content": "texts"})

    assert "Boulangerie%20Lumi%C3%A8re-assessment-2026-11-21.evenkeel.json" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    event = AuditEvent.objects.get(kind=AuditKind.REPORT_DOWNLOADED)
    assert event.subject == NAME.replace(".pdf", ".evenkeel.json")
    assert event.details == {"report": str(report.pk), "inside": "texts"}


def test_who_may_download_the_report_gets_it_and_a_stranger_does_not(report: Report) -> None:
    viewer, stranger = Client(), Client()
    viewer.force_login(member(report.result.assessment.organisation, Role.VIEWER))
    stranger.force_login(member(OrganisationFactory.create()))
    url = reverse("signed_report", args=[report.pk])

    assert (viewer.get(url).status_code, stranger.get(url).status_code) == (200, 404)


def test_a_report_that_is_not_ready_leads_to_its_page_and_other_contents_are_unknown(result: Result) -> None:
    waiting = services.request_report(
        result=result, requested_by=result.finished_by, language="en-gb", now=timezone.now()
    )
    client, url = client_of(result), reverse("signed_report", args=[waiting.pk])

    assert client.get(url).headers["Location"] == reverse("report", args=[waiting.pk])
    assert client.get(url, {"content": "everything"}).status_code == 404


def test_at_the_same_moment_the_same_file_is_made(report: Report) -> None:
    now = timezone.now()
    made = [sign_report(report=report, content=FileContent.TEXTS, now=now) for _ in range(2)]

    assert made[0] == made[1]
    assert made[0] != sign_report(report=report, content=FileContent.TEXTS, now=now + timedelta(seconds=1))


def test_each_note_stands_at_its_answer(result: Result) -> None:
    first = next(own for own in result.answers if own["note"])
    texts = {own.question: own for own in assessment_file_of(result, with_texts=True).answers}

    assert texts[first["question"]].note == first["note"]
    assert all(not own.note for own in assessment_file_of(result, with_texts=False).answers)


def test_public_keys_are_at_an_address_for_everybody() -> None:
    with override_settings(FORMER_PUBLIC_KEYS=[FORMER]):
        answer = Client().get(reverse("signing_keys"))
        keys = read_keys(answer.content)

    assert "max-age=300" in answer["Cache-Control"]
    assert keys == {signing_key().public_key: "https://localhost", FORMER: "https://localhost"}
    assert published_keys()["keys"][0]["id"] == key_id(signing_key().public_key)


def test_what_a_former_key_signed_stays_known(report: Report) -> None:
    signed, former = signed_file(report), signing_key().public_key
    with override_settings(SIGNING_KEY="another secret" * 5, FORMER_PUBLIC_KEYS=[former]):
        assert signing_key().public_key != former
        check = check_file(signed, known=own_public_keys(), report=None, now=timezone.now())
    assert check.signature.verdict is CheckVerdict.PROVEN

    with override_settings(SIGNING_KEY="another secret" * 5):
        check = check_file(signed, known=own_public_keys(), report=None, now=timezone.now())
    assert check.signature.verdict is CheckVerdict.UNCHANGED


def test_a_process_without_the_key_signs_nothing(report: Report) -> None:
    with override_settings(SIGNING_KEY=""), pytest.raises(ValueError, match="This process has no SIGNING_KEY"):
        sign_report(report=report, content=FileContent.SIGNATURE, now=timezone.now())


@override_settings(SITE_URL="https://prüfung.example.org:8443/")
def test_an_address_in_other_letters_is_named_so_that_none_can_be_mistaken() -> None:
    assert published_keys()["issuer"] == "https://xn--prfung-4ya.example.org:8443"


def test_a_file_that_is_not_the_one_of_its_row_is_not_signed(report: Report) -> None:
    with default_storage.open(report.file, "wb") as file:
        file.write(b"%PDF-1.7 everything is excellent")
    refused = client_of(report.result).get(reverse("signed_report", args=[report.pk]), {"content": "signature"})
    assert refused.status_code == 409
    assert "missing or damaged" in refused.content.decode()
    storage.delete_file(report.file)
    assert (
        client_of(report.result).get(reverse("signed_report", args=[report.pk]), {"content": "signature"}).status_code
        == 409
    )


def test_what_is_signed_is_read_from_the_file(report: Report) -> None:
    signed = json.loads(signed_file(report, "signature"))
    assert hashlib.sha256(CONTENT).hexdigest() in json.dumps(signed)
