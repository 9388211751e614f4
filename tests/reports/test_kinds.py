"""A kind decides which sections a report has and what its document may hold, whatever a format prints."""

from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.audit import Actor
from accounts.models import Organisation, Role, User
from accounts.people_data.erasure import erase_person
from assessments.bank.types import Edition
from assessments.models import Action, ActionState, EditionRow, Result
from reports import services
from reports.document import ReportDocument, build
from reports.document.types import PlanPart, TakenOn
from reports.formats import pdf
from reports.kinds.paper import Paper
from reports.kinds.registry import (
    OWNER,
    PLAN,
    REPORT_KINDS,
    STATEMENT,
    WORKINGS,
    ReportKind,
    UnknownReportKind,
    bundled_kinds,
    report_kind,
)
from reports.kinds.sections import ReportSection
from reports.models import Report
from reports.queries import kinds_for
from reports.taken_on import taken_by_question, taken_on_now
from tests.factories import ConsultancyFactory, member
from tests.reports.clients import result_of
from tests.reports.samples import QUESTIONED, level, mixed, source, stress
from tests.reports.told_prints import said
from tests.runs import NOW

KINDS = pytest.mark.parametrize("kind", REPORT_KINDS.values(), ids=lambda kind: kind.code)


def texts_in(value: Any) -> list[str]:
    """Every text anywhere in plain values."""
    if isinstance(value, dict):
        return [text for item in value.values() for text in texts_in(item)]
    if isinstance(value, list | tuple):
        return [text for item in value for text in texts_in(item)]
    return [value] if isinstance(value, str) else []


def everything_in(document: ReportDocument) -> str:
    return "\n".join(texts_in(asdict(replace(document, kind=WORKINGS))))


@KINDS
def test_a_document_has_the_sections_of_its_kind_in_order(edition: Edition, kind: ReportKind) -> None:
    document = build(stress(edition), kind)
    assert document.kind is kind
    assert [each for each in kind.sections if each in document.sections] == list(document.sections)


def test_sections_without_a_word_are_left_out(edition: Edition) -> None:
    perfect = build(source(edition, otherwise=level(4, evidence="A list")))
    assert {ReportSection.PLAN, ReportSection.MUST_FIX, ReportSection.SINCE}.isdisjoint(perfect.sections)


def test_what_people_typed_is_in_kinds_with_answers_alone(edition: Edition) -> None:
    given = source(edition, answers={"ACCESS-02": level(3, note="Only Luc has it.", evidence="Luc’s list")})
    for kind in REPORT_KINDS.values():
        found = everything_in(build(given, kind))
        assert ["Only Luc has it." in found, "Luc’s list" in found] == [kind.answers] * 2, kind.code


def test_a_statement_names_no_gap_and_quotes_no_answer(edition: Edition) -> None:
    given = stress(edition)
    statement = everything_in(build(given, STATEMENT))
    named = [question.id for question in edition.questions if question.id in statement]
    quoted = [question.text for question in edition.questions if question.text in statement]
    assert (named, quoted) == ([], [])
    words = build(given, WORKINGS).words
    found = [text for part in (words.must_fix, words.on_the_day, words.first, words.strengths) for text in said(part)]
    assert found
    assert [text for text in found if len(text) > 40 and text in statement] == []


def test_each_kind_gives_the_figures_of_the_workings(edition: Edition) -> None:
    given = mixed(edition)
    workings = build(given, WORKINGS)
    figures = [(part.words.figure.number, part.words.figure.name, part.words.counts) for part in workings.pillars]
    for kind in REPORT_KINDS.values():
        document = build(given, kind)
        found = [(part.words.figure.number, part.words.figure.name, part.words.counts) for part in document.pillars]
        assert found == figures
        assert document.words.numbers == workings.words.numbers


@pytest.mark.parametrize(
    ("country", "paper"),
    [("us_tx", Paper.LETTER), ("us_other", Paper.LETTER), ("fr", Paper.A4), ("gb_eng", Paper.A4), ("other", Paper.A4)],
)
def test_paper_is_that_of_the_country(edition: Edition, country: str, paper: Paper) -> None:
    assert build(source(edition, facts={"country": country})).paper is paper


def test_nobody_sure_of_the_country_gets_a4(edition: Edition) -> None:
    assert build(replace(source(edition), facts={})).paper is Paper.A4


@pytest.mark.parametrize(
    ("reviewed", "sentence"), [(True, "A review reads the answers"), (False, "nobody has checked")]
)
def test_limits_know_of_a_review(edition: Edition, reviewed: bool, sentence: str) -> None:
    given = source(edition, answers={"ACCESS-02": replace(level(1), review=QUESTIONED if reviewed else None)})
    assert sentence in " ".join(build(given, STATEMENT).limits)


@KINDS
def test_the_same_result_makes_the_same_page(edition: Edition, kind: ReportKind) -> None:
    assert pdf.html_of(build(mixed(edition), kind)) == pdf.html_of(build(mixed(edition), kind))


def test_every_kind_has_a_code_of_its_own_and_a_word_for_its_file() -> None:
    assert REPORT_KINDS["owner"] is OWNER is report_kind("owner")
    assert all(code == each.code for code, each in REPORT_KINDS.items())
    assert len({each.file_word for each in REPORT_KINDS.values()}) == len(REPORT_KINDS)
    with pytest.raises(UnknownReportKind):
        report_kind("poem")


class TestAsking:
    pytestmark = pytest.mark.django_db

    @pytest.fixture(autouse=True)
    def _no_broker(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(services, "notify_worker", lambda report_id: True)

    @pytest.fixture
    def consultancy(self, edition_row: EditionRow) -> Organisation:
        return ConsultancyFactory.create(name="Haddad Advice")

    @pytest.fixture
    def result(self, consultancy: Organisation) -> Result:
        return result_of(consultancy, "Bakery")

    def test_without_a_kind_it_is_the_owners_report(self, client: Client, result: Result) -> None:
        client.force_login(result.finished_by)
        url = reverse("report_request", args=[result.assessment_id])
        client.post(url)
        client.post(url, {"kind": "workings"})
        client.post(url, {"kind": "workings"})
        assert sorted(Report.objects.values_list("kind", flat=True)) == ["owner", "workings"]

    @pytest.mark.parametrize("kind", ["poem", "since", ""])
    def test_a_kind_that_is_not_offered_is_missing(self, client: Client, result: Result, kind: str) -> None:
        client.force_login(result.finished_by)
        url = reverse("report_request", args=[result.assessment_id])
        assert client.post(url, {"kind": kind}).status_code == 404
        assert not Report.objects.exists()

    def test_a_first_result_is_compared_with_nothing(self, result: Result) -> None:
        offered = [each.code for each in kinds_for(result.assessment.organisation_id, result)]
        assert offered == ["owner", "workings", "statement", "plan", "evidence"]

    def test_a_bundle_takes_a_kind(self, client: Client, consultancy: Organisation, result: Result) -> None:
        client.force_login(member(consultancy))
        url, clients = reverse("bundle_request", args=[consultancy.pk]), [result.assessment.organisation_id]
        client.post(url, {"client": clients, "kind": "workings"})
        client.post(url, {"client": clients})
        assert sorted(Report.objects.values_list("kind", flat=True)) == ["owner", "workings"]
        assert client.post(url, {"client": clients, "kind": "statement"}).status_code == 404
        assert "statement" not in {each.code for each in bundled_kinds()}

    def test_each_kind_is_a_report_of_its_own(self, result: Result) -> None:
        asked = {
            kind.code: services.request_report(
                result=result, requested_by=result.finished_by, language="en-gb", now=NOW, kind=kind
            )
            for kind in REPORT_KINDS.values()
        }
        assert {code: report.report_kind.code for code, report in asked.items()} == {code: code for code in asked}
        assert len({report.pk for report in asked.values()}) == len(REPORT_KINDS)

    def test_who_does_what_is_fixed_when_it_is_asked_for(self, result: Result) -> None:
        def asked(kind: ReportKind = OWNER) -> Report:
            return services.request_report(
                result=result, requested_by=result.finished_by, language="en-gb", now=NOW, kind=kind
            )

        nobody, workings = asked(), asked(WORKINGS)
        action = taken(result, "ACCESS-02", assignee_name="Luc")
        luc = asked()
        action.due = date(2026, 12, 24)
        action.save()
        dated = asked()
        assert len({nobody.pk, luc.pk, dated.pk}) == 3
        assert (asked().pk, asked(WORKINGS).pk) == (dated.pk, workings.pk)
        assert (nobody.taken_on, luc.taken_on) == ([], [["ACCESS-02", 2, "Luc", None]])
        assert taken_by_question(luc.taken_on) == {"ACCESS-02": TakenOn("Luc", None)}
        assert dated.taken_on == [["ACCESS-02", 2, "Luc", "2026-12-24"]]

    def test_what_is_done_or_nobodys_is_not_printed(self, result: Result) -> None:
        taken(result, "ACCESS-02", assignee_name="Luc", state=ActionState.DONE, finished_at=NOW)
        taken(result, "STORE-04")
        assert taken_on_now(result.assessment.organisation_id) == []

    def test_an_erased_persons_name_goes_from_the_row(self, result: Result) -> None:
        person = member(result.assessment.organisation, Role.EDITOR, name="Zélie Marchand-Okonkwo")
        User.objects.filter(pk=person.pk).update(date_joined=NOW - timedelta(days=400))
        person.memberships.update(created_at=NOW - timedelta(days=400))
        taken(result, "ACCESS-02", assignee=person)
        report = services.request_report(
            result=result, requested_by=result.finished_by, language="en-gb", now=NOW, kind=OWNER
        )
        assert report.taken_on[0][2] == person.name
        erase_person(person=person, by=Actor(None))
        report.refresh_from_db()
        assert person.name not in str(report.taken_on)


def taken(result: Result, question: str, **more: Any) -> Action:
    organisation, by = result.assessment.organisation, result.finished_by
    when = {"created_at": NOW, "changed_at": NOW, "created_by": by}
    return Action.objects.create(
        organisation=organisation, question=question, level=2, title="Do it.", **{**when, **more}
    )


def test_who_does_a_step_stands_beside_it(edition: Edition) -> None:
    given = mixed(edition)
    first, second, *_ = build(given, OWNER).words.first
    names = {first.question: TakenOn("Luc", date(2026, 12, 24)), second.question: TakenOn("", date(2027, 1, 7))}
    steps = build(replace(given, taken=names), OWNER).ninety_days.first
    assert [(step.who, step.by) for step in steps[:3]] == [
        ("Luc", "24 December 2026"),
        ("", "7 January 2027"),
        ("", ""),
    ]


def test_the_plan_says_it_of_every_step_and_the_workings_of_none(edition: Edition) -> None:
    given = stress(edition)
    words = build(given, PLAN).words
    last = build(given, PLAN).plan.entries[-1].step
    source = replace(given, taken={last.question: TakenOn("Luc\nand Bo", date(2026, 12, 24))})
    plan = build(source, PLAN).plan
    assert [entry.step for entry in plan.first] == list(words.first)
    assert [entry.step for entry in plan.later] == list(words.later)
    assert (plan.entries[-1].who, plan.entries[-1].by) == ("Luc and Bo", "24 December 2026")
    assert {(entry.who, entry.by) for entry in plan.entries[:-1]} == {("", "")}
    assert not WORKINGS.assigned
    assert build(source, STATEMENT).plan == PlanPart((), ())
