"""What is deleted once it is no longer needed, and what stays."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from celery import current_app
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts.models import Invitation, SignInLink, User
from accounts.services.retention import INVITATIONS_KEPT, delete_outlived
from accounts.sign_in.links import create_sign_in_link
from tests.accounts.inviting import aged, invited
from tests.accounts.test_sign_in import sign_in
from tests.factories import OrganisationFactory, member

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
    kept = aged(invited(organisation, owner, "bo@example.org").invitation, days=INVITATIONS_KEPT.days)
    aged(invited(organisation, owner, "cy@example.org").invitation, days=INVITATIONS_KEPT.days + 8)
    delete_outlived(now=timezone.now())
    assert list(Invitation.objects.all()) == [kept]


def test_every_scheduled_task_exists() -> None:
    current_app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert "accounts.delete_outlived" in scheduled
    assert scheduled <= set(current_app.tasks)
