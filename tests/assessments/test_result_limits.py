"""How many results one organisation, and one person, may make."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Organisation, User
from assessments.models import Assessment, AssessmentState, EditionRow, Result
from assessments.services import result_limits
from assessments.services.result_limits import TooManyResults, refuse_too_many_results
from tests.factories import OrganisationFactory, UserFactory, member
from tests.runs import NOW, answered_run, finish

pytestmark = pytest.mark.django_db


def results(organisation: Organisation, by: User, count: int, edition: EditionRow, *, days: int = 0) -> None:
    at = NOW - timedelta(days=days)
    runs = Assessment.objects.bulk_create(
        Assessment(
            organisation=organisation,
            edition=edition,
            started_by=by,
            state=AssessmentState.FINISHED,
            depth="quick",
            finished_at=at,
        )
        for _ in range(count)
    )
    Result.objects.bulk_create(
        Result(assessment=run, outcome={}, answers=[], finished_at=at, finished_by=by) for run in runs
    )


def may(organisation: Organisation, by: User) -> bool:
    try:
        refuse_too_many_results(organisation=organisation, by=by, now=NOW)
    except TooManyResults:
        return False
    return True


def test_an_organisation_makes_so_many_in_a_day(edition_row: EditionRow) -> None:
    organisation, other = OrganisationFactory.create(), OrganisationFactory.create()
    by = UserFactory.create()
    results(organisation, by, result_limits.MOST_IN_A_DAY - 1, edition_row)
    results(organisation, by, 5, edition_row, days=2)
    assert may(organisation, by)
    results(organisation, by, 1, edition_row)
    assert not may(organisation, UserFactory.create())
    assert may(other, by)


def test_a_person_makes_so_many_in_a_day_whatever_for(edition_row: EditionRow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result_limits, "MOST_OF_A_PERSON_IN_A_DAY", 3)
    by = UserFactory.create()
    for _ in range(3):
        results(OrganisationFactory.create(), by, 1, edition_row)
    assert not may(OrganisationFactory.create(), by)
    assert may(OrganisationFactory.create(), UserFactory.create())


def test_an_organisation_keeps_so_many(edition_row: EditionRow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result_limits, "MOST_EVER", 4)
    organisation, by = OrganisationFactory.create(), UserFactory.create()
    results(organisation, by, 3, edition_row, days=400)
    assert may(organisation, by)
    results(organisation, by, 1, edition_row, days=300)
    assert not may(organisation, by)


def test_whoever_finishes_one_too_many_is_told_and_loses_nothing(
    edition_row: EditionRow, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(result_limits, "MOST_EVER", 1)
    organisation = OrganisationFactory.create()
    owner = member(organisation)
    finish(answered_run(organisation, by=owner))
    run = answered_run(organisation, by=owner)
    client.force_login(owner)
    answer = client.post(reverse("assessment_finish", args=[run.pk]))
    assert answer.status_code == 409
    assert "has 1 results. Delete an old one" in answer.content.decode()
    run.refresh_from_db()
    assert not run.is_finished
