"""The answers of a finished assessment can be read, and two results of one day have different names."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from assessments.bank.types import Depth
from assessments.editions.stored import edition_of
from assessments.models import AnswerKind, Assessment
from assessments.results.run_names import place_in_day, run_name, run_names
from assessments.services.runs import finish_assessment
from tests.collaboration import consultant
from tests.factories import OrganisationFactory
from tests.pages import parse, text_of
from tests.runs import NOW, answered_run, asked_questions, finish, finished_run, give

pytestmark = pytest.mark.django_db


def url_of(run: Assessment, query: str = "") -> str:
    return f"/assessments/{run.pk}/result/answers/{query}"


def test_every_answer_can_be_read_with_who_gave_it(owner: User, signed_in: Client) -> None:
    run = answered_run(owner.memberships.get().organisation, by=owner, levels={})
    give(run, "ACCESS-02", 3, note="Since <May>\nfor all", evidence="Screenshot")
    tags = frozenset(run.tags)
    left_out = next(q.id for q in asked_questions(run) if q.offers_not_applicable(tags) and q.id != "ACCESS-02")
    give(run, left_out, kind=AnswerKind.NOT_APPLICABLE, reason="We have no <b>door</b>")
    give(run, "STORE-05", kind=AnswerKind.UNKNOWN)
    give(run, "DEFEND-01", 1, by=consultant(run))
    edition = edition_of(run.edition)
    finish(run)

    shown = text_of(parse(signed_in.get(url_of(run))))

    assert "3 Complete" in shown
    assert " ".join(edition.question["ACCESS-02"].levels[3].split()) in shown
    assert "Since <May> for all" in " ".join(shown.split())
    assert "Proof: Screenshot" in shown
    assert "We have no <b>door</b>" in shown
    assert "Amélie (The business itself)" in shown
    assert "(Its consultancy)" in shown
    assert all(question.text in shown for question in asked_questions(run))


def test_a_long_run_comes_in_pages_with_the_same_number_of_queries(owner: User, signed_in: Client) -> None:
    organisation = owner.memberships.get().organisation
    short = finished_run(organisation, by=owner).assessment
    long = finished_run(organisation, Depth.FULL, by=owner).assessment

    def queries(run: Assessment) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert signed_in.get(url_of(run)).status_code == 200
        return len(captured)

    queries(long)
    assert queries(short) == queries(long)
    pages = [text_of(parse(signed_in.get(url_of(long, f"?page={number}")))) for number in (1, 2, 3)]
    asked = asked_questions(long)
    assert len(asked) > 40
    assert all(sum(f"({question.id})" in page for page in pages) == 1 for question in asked)


def test_only_a_finished_assessment_has_this_page(run: Assessment, signed_in: Client) -> None:
    assert signed_in.get(url_of(run)).status_code == 404


def test_two_results_of_one_day_have_different_names(owner: User, signed_in: Client) -> None:
    organisation = owner.memberships.get().organisation
    runs = []
    for hours in (0, 1, 2, 24):
        run = answered_run(organisation, by=owner)
        moment = NOW + timedelta(hours=hours)
        finish_assessment(assessment=run, edition=edition_of(run.edition), finished_by=owner, now=moment)
        runs.append(run)
    finished_run(OrganisationFactory.create())

    names = ["21 November 2026", "21 November 2026, second", "21 November 2026, third", "22 November 2026"]
    assert [run_name(run) for run in runs] == names
    assert [place_in_day(run) for run in runs] == [1, 2, 3, 1]
    with CaptureQueriesContext(connection) as captured:
        named = run_names(runs)
    assert [named[run.pk] for run in runs] == names
    assert len(captured) == 1
    listed = text_of(parse(signed_in.get(f"/organisations/{organisation.pk}/")))
    assert all(f"Result of {name}" in listed for name in names)
    for run, name in zip(runs, names, strict=True):
        assert f"Result of {name}," in text_of(parse(signed_in.get(f"/assessments/{run.pk}/result/")))
        assert f"Result of {name}" in text_of(parse(signed_in.get(url_of(run))))
        assert f"The result of {name}," in text_of(parse(signed_in.get(f"/assessments/{run.pk}/result/delete/")))


def test_what_applies_and_the_answers_are_linked_from_the_result(owner: User, signed_in: Client) -> None:
    run = finished_run(owner.memberships.get().organisation, by=owner).assessment
    page = signed_in.get(f"/assessments/{run.pk}/result/").content.decode()
    for path in ("result/answers/", "scope/"):
        assert f'href="/assessments/{run.pk}/{path}"' in page
        assert signed_in.get(f"/assessments/{run.pk}/{path}").status_code == 200
