"""Deleting a result, an organisation and an account, and renaming an organisation: who, how, and what stays."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.audit import Actor, audit_trail_of
from accounts.models import AuditEvent, AuditKind, Organisation, Role, User
from accounts.people_data.organisations import (
    TIME_TO_UNDO,
    WrongName,
    ask_deletion,
    delete_due_organisations,
    rename_organisation,
)
from assessments.models import Answer, Assessment, EditionRow, NewestResult, Result
from reports.models import Report, ReportState
from tests.access.site import ready_report
from tests.accounts.confirming import confirm_lately
from tests.accounts.erasing import carry_out_orders
from tests.factories import PASSWORD, EngagementFactory, OrganisationFactory, UserFactory, member
from tests.runs import finished_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def result(edition_row: EditionRow) -> Result:
    return finished_run(OrganisationFactory.create(name="Boulangerie Lumière"))


@pytest.fixture
def owner(result: Result) -> User:
    return result.finished_by


@pytest.fixture
def page(owner: User) -> Client:
    return confirmed(owner)


def confirmed(person: User) -> Client:
    """Signed in, with the password confirmed just now."""
    client = Client()
    client.force_login(person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def kinds(organisation: Organisation) -> list[str]:
    return [event.kind for event in audit_trail_of(organisation)]


# A finished result.


def test_an_owner_deletes_a_result_with_its_answers_and_files(
    page: Client, result: Result, django_capture_on_commit_callbacks: Any
) -> None:
    organisation = result.assessment.organisation
    report = ready_report(result)
    address = reverse("result_delete", args=[result.assessment_id])
    assert "cannot be undone" in page.get(address).text
    with django_capture_on_commit_callbacks(execute=True):
        assert page.post(address)["Location"] == reverse("organisation", args=[organisation.pk])
    assert not Result.objects.exists()
    assert not Assessment.objects.exists()
    assert not Answer.objects.exists()
    assert not default_storage.exists(report.file)
    assert kinds(organisation) == [AuditKind.ASSESSMENT_DELETED]
    assert audit_trail_of(organisation)[0].subject == result.finished_at.date().isoformat()


def test_the_one_before_is_the_newest_again(page: Client, result: Result, owner: User) -> None:
    organisation = result.assessment.organisation
    later = finished_run(organisation, levels=4, by=owner)
    newest = NewestResult.objects.get()
    assert newest.summary.result_id == later.pk
    page.post(reverse("result_delete", args=[later.assessment_id]))
    newest = NewestResult.objects.get()
    assert newest.summary.result_id == result.pk
    assert newest.lowest == newest.summary.lowest


# An organisation.


def test_an_organisation_goes_after_seven_days_and_not_before(
    page: Client, result: Result, django_capture_on_commit_callbacks: Any
) -> None:
    organisation, report = result.assessment.organisation, ready_report(result)
    address = reverse("organisation_delete", args=[organisation.pk])
    assert page.post(address, {"name": "Boulangerie"}).status_code == 422
    assert page.post(address, {"name": " boulangerie  lumière "}).status_code == 302
    organisation.refresh_from_db()
    assert organisation.deletion_due_at is not None
    assert delete_due_organisations(now=organisation.deletion_due_at - timedelta(seconds=1)) == 0
    assert Organisation.objects.filter(pk=organisation.pk).exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert delete_due_organisations(now=organisation.deletion_due_at) == 1
    assert not Organisation.objects.filter(pk=organisation.pk).exists()
    assert not Result.objects.exists()
    assert not default_storage.exists(report.file)
    assert kinds(organisation) == [AuditKind.ORGANISATION_DELETED, AuditKind.DELETION_ASKED]


def test_every_page_of_it_says_so_until_an_owner_keeps_it(page: Client, result: Result) -> None:
    organisation = result.assessment.organisation
    viewer = Client()
    viewer.force_login(member(organisation, Role.VIEWER))
    pages = [
        reverse("organisation", args=[organisation.pk]),
        reverse("result", args=[result.assessment_id]),
        reverse("organisation_keep", args=[organisation.pk]),
    ]
    says = "This organisation will be deleted"
    assert not any(says in viewer.get(each).text for each in pages)
    page.post(reverse("organisation_delete", args=[organisation.pk]), {"name": organisation.name})
    assert all(says in viewer.get(each).text for each in pages)
    assert "Ask one of them" in viewer.get(pages[2]).text
    page.post(pages[2])
    assert not any(says in viewer.get(each).text for each in pages)
    assert kinds(organisation) == [AuditKind.DELETION_UNDONE, AuditKind.DELETION_ASKED]
    assert delete_due_organisations(now=timezone.now() + 2 * TIME_TO_UNDO) == 0


def test_asked_twice_the_first_time_counts(owner: User, result: Result) -> None:
    organisation, now = result.assessment.organisation, timezone.now()
    ask = {"organisation": organisation, "typed": organisation.name, "by": Actor(owner)}
    first = ask_deletion(**ask, now=now)  # type: ignore[arg-type]
    assert ask_deletion(**ask, now=now + timedelta(days=3)) == first == now + TIME_TO_UNDO  # type: ignore[arg-type]
    with pytest.raises(WrongName):
        ask_deletion(**{**ask, "typed": "Another"}, now=now)  # type: ignore[arg-type]


def test_the_other_side_of_an_engagement_is_told_by_its_trail(owner: User, result: Result) -> None:
    organisation = result.assessment.organisation
    engagement = EngagementFactory.create(client=organisation)
    ask_deletion(organisation=organisation, typed=organisation.name, by=Actor(owner), now=timezone.now())
    delete_due_organisations(now=timezone.now() + TIME_TO_UNDO)
    assert kinds(engagement.consultancy) == [AuditKind.ACCESS_ENDED]


# A new name.


def test_a_renamed_organisation_is_in_the_trail_and_in_new_reports(
    page: Client, result: Result, django_capture_on_commit_callbacks: Any
) -> None:
    organisation, report = result.assessment.organisation, ready_report(result)
    address = reverse("organisation_rename", args=[organisation.pk])
    assert page.post(address, {"name": "\u202eEvil"}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        assert page.post(address, {"name": "  Backhaus   Licht "}).status_code == 302
    assert Organisation.objects.get(pk=organisation.pk).name == "Backhaus Licht"
    [event] = AuditEvent.objects.filter(kind=AuditKind.ORGANISATION_RENAMED)
    assert event.details == {"before": "Boulangerie Lumière", "after": "Backhaus Licht"}
    page.get(reverse("report_download", args=[report.pk]))
    assert Report.objects.get(pk=report.pk).state == ReportState.QUEUED


def test_the_same_name_changes_nothing(owner: User, result: Result) -> None:
    organisation, report = result.assessment.organisation, ready_report(result)
    rename_organisation(organisation=organisation, name=" Boulangerie Lumière", by=Actor(owner))
    assert default_storage.exists(report.file)
    assert kinds(organisation) == []


# One's own account.


def test_somebody_deletes_their_own_account(page: Client, owner: User, result: Result) -> None:
    colleague = member(result.assessment.organisation, Role.EDITOR, name="Ann Lee")
    client = confirmed(colleague)
    address = reverse("account_delete")
    assert client.post(address, {"email": owner.email}).status_code == 422
    done = client.post(address, {"email": f" {colleague.email.upper()} "}, follow=True)
    assert "Your account is being deleted" in done.text
    assert carry_out_orders() == 1
    assert User.objects.get(pk=colleague.pk).erased_at
    assert client.get(reverse("settings")).status_code == 302


def test_the_only_owner_is_led_to_handing_over_or_deleting(page: Client, owner: User, result: Result) -> None:
    organisation = result.assessment.organisation
    shown = page.get(reverse("account_delete")).text
    assert reverse("people", args=[organisation.pk]) in shown
    assert reverse("organisation_delete", args=[organisation.pk]) in shown
    assert page.post(reverse("account_delete"), {"email": owner.email}).status_code == 409
    assert User.objects.get(pk=owner.pk).erased_at is None
    page.post(reverse("organisation_delete", args=[organisation.pk]), {"name": organisation.name})
    assert page.post(reverse("account_delete"), {"email": owner.email}).status_code == 302
    carry_out_orders()
    assert User.objects.get(pk=owner.pk).erased_at


def test_the_password_is_asked_for_first() -> None:
    person = UserFactory.create()
    client = Client()
    client.force_login(person)
    address = reverse("account_delete")
    asked = client.post(address, {"email": person.email})
    assert asked["Location"] == f"{reverse('account_reauthenticate')}?next={quote(address, safe='')}"
    assert User.objects.get(pk=person.pk).erased_at is None
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.post(address, {"email": person.email}).status_code == 302
    carry_out_orders()
    assert User.objects.get(pk=person.pk).erased_at


def test_an_administrator_erases_by_the_same_service(result: Result) -> None:
    person = member(result.assessment.organisation, Role.EDITOR, name="Ann Lee")
    client, administrator = Client(), UserFactory.create(is_staff=True, is_superuser=True)
    client.force_login(administrator)
    confirm_lately(client, administrator)
    address = reverse("admin:accounts_user_delete", args=[person.pk])
    assert "former member" in client.get(address).text
    assert "is being deleted" in client.post(address, {"post": "yes"}, follow=True).text
    carry_out_orders()
    assert User.objects.get(pk=person.pk).erased_at
    assert client.get(reverse("admin:accounts_user_change", args=[person.pk])).status_code == 302
