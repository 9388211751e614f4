"""What is deleted once it is no longer needed, and what stays."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from celery import current_app
from django.conf import LazySettings, settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone

from accounts.audit import Actor, record
from accounts.models import (
    AuditEvent,
    AuditKind,
    Invitation,
    OperatorRecord,
    Organisation,
    Role,
    SignInEvent,
    SignInLink,
    User,
)
from accounts.people_data.terms import NOTICE_BEFORE_DELETION, RETENTION, kept_for
from accounts.services.retention import DELETIONS, delete_outlived
from accounts.sign_in.links import create_sign_in_link
from accounts.wording import audit_trail_lines
from assessments.models import Result
from config.env import retention_days
from reports.bundles.services import delete_outlived_bundles
from reports.models import Bundle, PortfolioFile
from reports.portfolio.services import delete_outlived_portfolios
from tests.access.site import make_site
from tests.accounts.inviting import aged, invited
from tests.accounts.test_sign_in import sign_in
from tests.factories import EngagementFactory, OrganisationFactory, UserFactory, member
from tests.personas import OWNER

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def owner() -> User:
    return member(OrganisationFactory.create())


def test_sessions_that_are_over_go_with_their_devices_and_others_stay(owner: User) -> None:
    over, running = Client(headers={"user-agent": "Old phone"}), Client(headers={"user-agent": "Laptop"})
    for client in (over, running):
        sign_in(client, owner.email)
    Session.objects.filter(session_key=over.session.session_key).update(expire_date=timezone.now() - DAY)
    UserSession.objects.update(created_at=timezone.now() - DAY)
    delete_outlived(now=timezone.now())
    assert [each.session_key for each in Session.objects.all()] == [running.session.session_key]
    assert [each.user_agent for each in UserSession.objects.all()] == ["Laptop"]
    assert running.get("/settings/").status_code == 200


def test_a_device_whose_session_is_being_stored_stays(owner: User) -> None:
    client = Client()
    sign_in(client, owner.email)
    Session.objects.all().delete()
    delete_outlived(now=timezone.now())
    assert UserSession.objects.count() == 1


def test_expired_sign_in_links_go(owner: User) -> None:
    create_sign_in_link(user=owner, lifetime=DAY)
    delete_outlived(now=timezone.now())
    assert SignInLink.objects.count() == 1
    delete_outlived(now=timezone.now() + 2 * DAY)
    assert SignInLink.objects.count() == 0


def test_invitations_can_be_sent_again_for_a_while_after_they_expired(owner: User) -> None:
    organisation = owner.memberships.get().organisation
    kept = aged(invited(organisation, owner, "bo@example.org").invitation, days=kept_for("invitations").days)
    aged(invited(organisation, owner, "cy@example.org").invitation, days=kept_for("invitations").days + 8)
    delete_outlived(now=timezone.now())
    assert list(Invitation.objects.all()) == [kept]


def test_every_scheduled_task_exists() -> None:
    current_app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert "accounts.delete_outlived" in scheduled
    assert scheduled <= set(current_app.tasks)


# Everything whose time is over.

TEN_YEARS = timedelta(days=3653)


def test_ten_years_later_only_what_the_table_says_is_left(edition_row: object) -> None:
    site = make_site()
    for person in site.people.values():
        User.objects.filter(pk=person.pk).update(last_login=timezone.now())
    LogEntry.objects.create(user=site.person(OWNER), action_flag=CHANGE, object_repr="something")
    create_sign_in_link(user=site.person(OWNER), lifetime=DAY)
    unconfirmed(OrganisationFactory.create())
    later = timezone.now() + TEN_YEARS
    delete_outlived(now=later)
    delete_outlived_bundles(now=later)
    delete_outlived_portfolios(now=later)
    assert Organisation.objects.exists(), "owners are told first"
    delete_outlived(now=later + NOTICE_BEFORE_DELETION)
    gone_by_then = (Organisation, Result, Invitation, SignInLink, SignInEvent, LogEntry, Session, UserSession, Bundle)
    for gone in (*gone_by_then, OperatorRecord, PortfolioFile):
        assert not gone._default_manager.exists(), gone
    assert not AuditEvent.objects.exclude(at__gt=later - kept_for("trail"), pseudonymised_at=None).exclude(
        actor=None, actor_email="", subject="", details={}, ip_address=None
    )
    left = User.objects.filter(erased_at=None)
    assert all(each.is_staff or each.edits_bank for each in left), "who has rights of the site stays"
    assert set(DELETIONS) == {term.code for term in RETENTION}


def unconfirmed(organisation: Organisation, **more: Any) -> User:
    person = member(organisation, **more)
    EmailAddress.objects.create(user=person, email=person.email, primary=True)
    return person


def test_an_account_that_nobody_confirmed_goes_with_its_organisation() -> None:
    ours, theirs = OrganisationFactory.create(), OrganisationFactory.create()
    person, confirmed, used = unconfirmed(ours), unconfirmed(theirs), unconfirmed(OrganisationFactory.create())
    EmailAddress.objects.filter(user=confirmed).update(verified=True)
    User.objects.filter(pk=used.pk).update(last_login=timezone.now())
    delete_outlived(now=timezone.now() + kept_for("unconfirmed_accounts") - DAY)
    assert User.objects.filter(pk=person.pk).exists()
    delete_outlived(now=timezone.now() + kept_for("unconfirmed_accounts") + DAY)
    assert set(User.objects.filter(pk__in=[person.pk, confirmed.pk, used.pk])) == {confirmed, used}
    assert not Organisation.objects.filter(pk=ours.pk).exists()
    assert Organisation.objects.filter(pk=theirs.pk).exists()


def test_an_unconfirmed_member_of_anothers_organisation_goes_alone(owner: User) -> None:
    organisation = owner.memberships.get().organisation
    person = unconfirmed(organisation, role=Role.VIEWER)
    delete_outlived(now=timezone.now() + kept_for("unconfirmed_accounts") + DAY)
    assert not User.objects.filter(pk=person.pk).exists()
    assert [each.user for each in organisation.memberships.all()] == [owner]


def test_the_trail_keeps_what_happened_and_loses_who(owner: User) -> None:
    organisation = owner.memberships.get().organisation
    term = kept_for("trail")
    old = AuditEvent.objects.create(
        kind="left",
        organisation=organisation.pk,
        organisation_name=organisation.name,
        actor=owner.pk,
        actor_email=owner.email,
        subject=owner.email,
        ip_address="192.0.2.7",
        at=timezone.now() - term - DAY,
    )
    new = record(by=Actor(owner, "192.0.2.7"), kind=AuditKind.LEFT, organisation=organisation)
    User.objects.filter(pk=owner.pk).update(last_login=timezone.now())
    delete_outlived(now=timezone.now())
    old.refresh_from_db()
    assert (old.kind, old.actor, old.actor_email, old.subject, old.ip_address) == ("left", None, "", "", None)
    assert old.pseudonymised_at
    assert AuditEvent.objects.get(pk=new.pk).actor_email == owner.email
    [line] = audit_trail_lines([old])
    assert line.who == "No longer kept"


@pytest.fixture
def idle(owner: User) -> Organisation:
    """Since the day on which it was made."""
    organisation = owner.memberships.get().organisation
    long_ago = timezone.now() - kept_for("idle_organisations") - DAY
    Organisation.objects.filter(pk=organisation.pk).update(created_at=long_ago)
    User.objects.filter(pk=owner.pk).update(last_login=long_ago)
    return organisation


def test_owners_of_an_idle_organisation_are_told_first(
    idle: Organisation, owner: User, settings: LazySettings, django_capture_on_commit_callbacks: Any
) -> None:
    settings.MAIL_CONFIGURED = True
    with django_capture_on_commit_callbacks(execute=True):
        delete_outlived(now=timezone.now())
        delete_outlived(now=timezone.now())
    [message] = mail.outbox
    assert message.to == [owner.email]
    assert f"/organisations/{idle.pk}/" in message.body
    delete_outlived(now=timezone.now() + NOTICE_BEFORE_DELETION - DAY)
    assert Organisation.objects.filter(pk=idle.pk).exists()
    delete_outlived(now=timezone.now() + NOTICE_BEFORE_DELETION)
    assert not Organisation.objects.filter(pk=idle.pk).exists()


def test_whoever_signs_in_keeps_it(idle: Organisation, owner: User) -> None:
    delete_outlived(now=timezone.now())
    User.objects.filter(pk=owner.pk).update(last_login=timezone.now())
    delete_outlived(now=timezone.now() + NOTICE_BEFORE_DELETION)
    assert Organisation.objects.get(pk=idle.pk).idle_notice_at is None


def test_a_consultancy_that_looks_after_it_keeps_it(idle: Organisation) -> None:
    engagement = EngagementFactory.create(client=idle)
    consultant = member(engagement.consultancy)
    User.objects.filter(pk=consultant.pk).update(last_login=timezone.now())
    for later in (timezone.now(), timezone.now() + NOTICE_BEFORE_DELETION):
        delete_outlived(now=later)
    assert Organisation.objects.filter(pk=idle.pk).exists()


def test_an_account_without_an_organisation_goes_when_nobody_used_it_for_years() -> None:
    old, new, administrator = (UserFactory.create(), UserFactory.create(), UserFactory.create(is_staff=True))
    long_ago = timezone.now() - kept_for("idle_accounts") - DAY
    User.objects.filter(pk__in=[old.pk, administrator.pk]).update(last_login=long_ago)
    User.objects.filter(pk=new.pk).update(last_login=timezone.now(), date_joined=long_ago)
    delete_outlived(now=timezone.now())
    assert set(User.objects.all()) == {new, administrator}


def test_an_installation_chooses_the_days(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.RETENTION_DAYS = {"RETENTION_TRAIL_DAYS": 30}
    assert (kept_for("trail").days, kept_for("invitations").days) == (30, 90)
    monkeypatch.setenv("RETENTION_TRAIL_DAYS", "365")
    assert retention_days(["RETENTION_TRAIL_DAYS", "RETENTION_ADMIN_LOG_DAYS"]) == {"RETENTION_TRAIL_DAYS": 365}
    monkeypatch.setenv("RETENTION_TRAIL_DAYS", "0")
    with pytest.raises(ImproperlyConfigured, match="RETENTION_TRAIL_DAYS must be a number of days"):
        retention_days(["RETENTION_TRAIL_DAYS"])
