"""Finished results go by their term, with everything that belongs to them; the newest one after a notice."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from accounts.audit import Actor
from accounts.models import AuditEvent, AuditKind, Organisation, OrganisationTerms, User
from accounts.own_terms.choices import CODES
from accounts.own_terms.services import choose_terms
from accounts.people_data.organisations import delete_organisation
from accounts.people_data.terms import NOTICE_BEFORE_DELETION
from accounts.services.locks import lock_organisation
from accounts.services.retention import delete_outlived
from accounts.wording import audit_trail_lines
from assessments.editions.stored import edition_of
from assessments.models import Answer, Assessment, EditionRow, NewestResult, Result
from assessments.services import outlived
from assessments.services.runs import finish_assessment
from reports.models import Report
from tests.access.site import ready_report
from tests.factories import OrganisationFactory, member
from tests.runs import NOW, answered_run, finished_run

pytestmark = pytest.mark.django_db
YEAR, DAY = timedelta(days=365), timedelta(days=1)


@pytest.fixture
def organisation(edition_row: EditionRow) -> Organisation:
    return OrganisationFactory.create(name="Boulangerie Lumière")


@pytest.fixture
def owner(organisation: Organisation) -> User:
    return member(organisation)


@pytest.fixture
def old(organisation: Organisation, owner: User) -> Result:
    """Of NOW, the day on which every run of the tests is finished."""
    return finished_run(organisation, by=owner)


def choose(owner: User, years: int | None, now: datetime = NOW) -> None:
    organisation = owner.memberships.get().organisation
    chosen = {**dict.fromkeys(CODES), "results": None if years is None else 365 * years}
    choose_terms(organisation=organisation, chosen=chosen, by=Actor(owner), now=now)


def run_at(now: datetime) -> None:
    """The hourly deletion; nobody has become idle by then."""
    User.objects.update(last_login=now)
    delete_outlived(now=now)


def until(organisation: Organisation) -> datetime | None:
    return Organisation.objects.get(pk=organisation.pk).newest_result_until


def finished_at(organisation: Organisation, owner: User, now: datetime) -> Result:
    run = answered_run(organisation, by=owner)
    return finish_assessment(assessment=run, edition=edition_of(run.edition), finished_by=owner, now=now)


def test_an_older_result_goes_with_its_answers_and_reports_on_its_day(
    organisation: Organisation, owner: User, old: Result, django_capture_on_commit_callbacks: Any
) -> None:
    report = ready_report(old)
    new = finished_at(organisation, owner, NOW + YEAR)
    choose(owner, 2)
    run_at(NOW + 2 * YEAR)
    assert Result.objects.count() == 2, "the term is over after that moment"
    with django_capture_on_commit_callbacks(execute=True):
        run_at(NOW + 2 * YEAR + DAY)
    assert list(Result.objects.all()) == [new]
    assert list(Assessment.objects.all()) == [new.assessment]
    assert set(Answer.objects.values_list("assessment", flat=True)) == {new.assessment_id}
    assert not Report.objects.exists()
    assert not default_storage.exists(report.file)
    event = AuditEvent.objects.get(kind=AuditKind.ASSESSMENT_DELETED)
    assert (event.actor, event.subject) == (None, f"{NOW:%Y-%m-%d}")
    assert [line.change for line in audit_trail_lines([event])] == ["its time was over"]
    assert NewestResult.objects.get().summary.result_id == new.pk


def test_the_newest_result_goes_after_owners_were_told(
    organisation: Organisation,
    owner: User,
    old: Result,
    settings: LazySettings,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.MAIL_CONFIGURED = True
    choose(owner, 1)
    run_at(NOW + YEAR - NOTICE_BEFORE_DELETION)
    assert until(organisation) is None
    with django_capture_on_commit_callbacks(execute=True):
        run_at(NOW + YEAR - NOTICE_BEFORE_DELETION + DAY)
        run_at(NOW + YEAR - NOTICE_BEFORE_DELETION + 2 * DAY)
    [message] = mail.outbox
    assert message.to == [owner.email]
    assert f"{NOW + YEAR + DAY:%Y-%m-%d}" in message.body
    assert reverse("organisation_terms", args=[organisation.pk]) in message.body
    run_at(NOW + YEAR + DAY - timedelta(hours=1))
    assert Result.objects.exists()
    run_at(NOW + YEAR + DAY)
    assert not Result.objects.exists()
    run_at(NOW + YEAR + 2 * DAY)
    assert until(organisation) is None


def test_a_term_that_is_long_over_still_waits_for_the_notice(
    organisation: Organisation, owner: User, old: Result, settings: LazySettings
) -> None:
    """As after a change of the setting, or of a server that stood still."""
    settings.RETENTION_DAYS = {"RETENTION_RESULTS_DAYS": 365}
    run_at(NOW + 5 * YEAR)
    assert until(organisation) == NOW + 5 * YEAR + NOTICE_BEFORE_DELETION
    run_at(NOW + 5 * YEAR + NOTICE_BEFORE_DELETION - DAY)
    assert Result.objects.exists()
    run_at(NOW + 5 * YEAR + NOTICE_BEFORE_DELETION)
    assert not Result.objects.exists()


def test_a_choice_that_takes_effect_soon_is_told_at_once(organisation: Organisation, owner: User, old: Result) -> None:
    now = NOW + 2 * YEAR
    choose(owner, 1, now)
    run_at(now + timedelta(hours=1))
    assert until(organisation) == now + timedelta(hours=1) + NOTICE_BEFORE_DELETION


def test_whoever_finishes_another_or_chooses_more_time_loses_nothing_unawares(
    organisation: Organisation, owner: User, old: Result
) -> None:
    choose(owner, 1)
    run_at(NOW + YEAR)
    assert until(organisation) is not None
    choose(owner, 3, NOW + YEAR)
    run_at(NOW + YEAR + DAY)
    assert until(organisation) is None
    choose(owner, 1, NOW + YEAR + DAY)
    new = finished_at(organisation, owner, NOW + YEAR + DAY)
    run_at(NOW + YEAR + 9 * DAY)
    assert list(Result.objects.all()) == [new]
    assert until(organisation) is None


def test_results_of_others_and_without_a_term_stay(organisation: Organisation, owner: User, old: Result) -> None:
    theirs = finished_run(OrganisationFactory.create())
    choose(owner, 1)
    for days in (0, 31):
        run_at(NOW + 9 * YEAR + days * DAY)
    assert list(Result.objects.all()) == [theirs]
    assert OrganisationTerms.objects.count() == 1


def test_every_page_says_until_when_it_is_kept(organisation: Organisation, owner: User, old: Result) -> None:
    client = Client()
    client.force_login(owner)
    pages = [reverse("organisation", args=[organisation.pk]), reverse("result", args=[old.assessment_id])]
    says = "The newest result is kept until 4 March 2030"
    assert not any(says in client.get(each).text for each in pages)
    Organisation.objects.update(newest_result_until=datetime(2030, 3, 4, 12, tzinfo=NOW.tzinfo))
    assert all(says in client.get(each).text for each in pages)


def test_the_check_counts_results_and_files(organisation: Organisation, owner: User, old: Result) -> None:
    client = Client()
    client.force_login(owner)
    long_ago = finished_at(organisation, owner, NOW - 3 * YEAR)
    address = reverse("organisation_terms", args=[organisation.pk])
    shown = client.post(address, {"results": "365", "step": "check"}).text
    assert "1 result from before" in shown
    assert long_ago.pk in Result.objects.values_list("pk", flat=True)


def test_an_organisation_that_goes_meanwhile_stops_nothing(
    organisation: Organisation, owner: User, old: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its owners delete it after the list of what is over was read."""
    other = member(OrganisationFactory.create())
    for person in (owner, other):
        theirs = person.memberships.get().organisation
        finished_at(theirs, person, NOW + timedelta(hours=1))
        finished_at(theirs, person, NOW + 3 * YEAR)
        choose(person, 1)

    def goes_first(pk: UUID, by: User | None) -> Organisation:
        for organisation in Organisation.objects.exclude(pk=pk):
            delete_organisation(organisation=organisation, by=Actor(None))
        return lock_organisation(pk, by)

    monkeypatch.setattr(outlived, "lock_organisation", goes_first)
    run_at(NOW + 3 * YEAR + 8 * DAY)
    assert Result.objects.count() == 1
