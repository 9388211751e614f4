"""A report has the words that were there when somebody asked for it, and keeps them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.audit import Actor
from accounts.models import Engagement, Organisation, User
from accounts.people_data.erasure import erase_person
from assessments.models import Result
from reports import services
from reports.kinds.registry import EVIDENCE, OWNER, PLAN, SINCE, STATEMENT, WORKINGS, ReportKind
from reports.models import ConsultantText, Report
from reports.worker.rendering import document_of
from tests.collaboration import consultant
from tests.reports.clients import result_of
from tests.reports.consultant_words.conftest import DOMAIN, Write
from tests.runs import NOW

pytestmark = pytest.mark.django_db


def asked_for(result: Result, by: User, kind: ReportKind = OWNER) -> Report:
    return services.request_report(result=result, requested_by=by, language="en-gb", now=NOW, kind=kind)


def texts(report: Report) -> list[str]:
    return [row["title"] or row["text"] for row in report.words]


@pytest.mark.parametrize(
    ("kind", "held"),
    [
        (OWNER, ["A tidy shop.", "A visit"]),
        (WORKINGS, ["A tidy shop.", "Keys first.", "A visit"]),
        (PLAN, ["A visit"]),
        (STATEMENT, []),
        (EVIDENCE, []),
        (SINCE, []),
    ],
    ids=lambda value: value.code if isinstance(value, ReportKind) else "",
)
def test_what_each_kind_holds(
    result: Result, write: Write, step: ConsultantText, kind: ReportKind, held: list[str]
) -> None:
    write("A tidy shop.")
    write("Keys first.", DOMAIN)
    report = asked_for(result, result.finished_by, kind)
    assert sorted(texts(report)) == sorted(held)
    assert bool(report.words_digest) is bool(held)
    document = document_of(report)
    about = [text.text.lines for domain in document.domains for text in domain.advice]
    assert [text.text.lines for text in document.advice] == ([("A tidy shop.",)] if "A tidy shop." in held else [])
    assert about == ([("Keys first.",)] if "Keys first." in held else [])
    assert bool(document.own_steps) is ("A visit" in held)


def test_a_report_keeps_its_words_and_a_changed_text_makes_a_new_one(result: Result, write: Write) -> None:
    write("A tidy shop.")
    first = asked_for(result, result.finished_by)
    assert asked_for(result, result.finished_by) == first
    write("A very tidy shop.")
    second = asked_for(result, result.finished_by)
    first.refresh_from_db()
    assert (texts(first), texts(second)) == (["A tidy shop."], ["A very tidy shop."])
    write("A tidy shop.")
    assert asked_for(result, result.finished_by) == first, "the same words are the same report"


def test_a_text_about_a_domain_makes_no_new_owners_report(result: Result, write: Write) -> None:
    first = asked_for(result, result.finished_by)
    write("Keys first.", DOMAIN)
    assert asked_for(result, result.finished_by) == first


def test_whoever_asks_gets_the_same(result: Result, adviser: User, write: Write) -> None:
    write("A tidy shop.")
    assert asked_for(result, adviser) == asked_for(result, result.finished_by)


def test_a_report_of_before_has_none(result: Result, write: Write) -> None:
    before = asked_for(result, result.finished_by)
    write("A tidy shop.")
    before.refresh_from_db()
    assert (before.words, before.words_digest) == ([], "")
    assert document_of(before).advice == ()


def test_after_the_access_has_ended_the_client_keeps_the_words(
    result: Result, engagement: Engagement, write: Write
) -> None:
    write("A tidy shop.")
    report = asked_for(result, result.finished_by)
    engagement.ended_at = NOW
    engagement.save()
    assert asked_for(result, result.finished_by) == report
    assert document_of(report).advice[0].signed.startswith("In the words of Noor Haddad, Haddad Advice, ")


def test_words_of_several_consultancies_are_signed_apart(result: Result, write: Write) -> None:
    other = consultant(result.assessment, name="Ida Berg")
    write("A tidy shop.")
    write("I agree.", by=other)
    document = document_of(asked_for(result, result.finished_by))
    assert [text.entry.by for text in document.advice] in (["Noor Haddad", "Ida Berg"], ["Ida Berg", "Noor Haddad"])


def test_an_erased_consultant_is_a_former_member_in_every_report(result: Result, adviser: User, write: Write) -> None:
    write("A tidy shop.")
    report = asked_for(result, result.finished_by)
    adviser.memberships.all().delete()
    erase_person(person=adviser, by=Actor(adviser), now=NOW + timedelta(days=1))
    report.refresh_from_db()
    assert [row["by"] for row in report.words] == ["former member"]
    assert "former member" in document_of(report).advice[0].signed
    assert str(ConsultantText.objects.select_related("written_by").get().written_by) == "former member"


def test_reports_in_a_bundle_have_them_in_a_fixed_number_of_statements(
    result: Result, adviser: User, consultancy: Organisation, write: Write
) -> None:
    write("A tidy shop.")

    def made(results: list[Result]) -> tuple[list[Report], int]:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            rows = services.report_rows(results=results, brand=None, requested_by=adviser, language="en-gb", now=NOW)
        return rows, len(asked)

    others = [result_of(consultancy, f"Client {number}") for number in range(3)]
    [first], statements = made([result])
    assert texts(first) == ["A tidy shop."]
    rows, more = made([result, *others])
    assert (len(rows), first in rows, more) == (4, True, statements)
    write("A very tidy shop.")
    again, _count = made([result, *others])
    assert (len(again), first in again) == (4, False)
