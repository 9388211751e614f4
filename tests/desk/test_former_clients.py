"""A client ends the access and gives it again: what the consultancy keeps, is told and forgets."""

from datetime import date, timedelta

import pytest
from django.conf import LazySettings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.audit import Actor
from accounts.models import AccessLevel, ClientNotes, Engagement, Organisation, Role, User
from accounts.people_data.organisations import rename_organisation
from accounts.people_data.terms import kept_for
from accounts.services.engagements import end_access, give_access
from accounts.services.retention import delete_outlived
from assessments.models import ClientTag
from tests.desk.clients import client_of, noted, tags_at
from tests.factories import member
from tests.pages import parse, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def engagement(consultancy: Organisation) -> Engagement:
    return noted(client_of(consultancy, "Bakery"), "north", "retail", on=date(2027, 3, 31))


@pytest.fixture
def owner(engagement: Engagement) -> User:
    return member(engagement.client, email="owner@bakery.example")


def end(engagement: Engagement, by: User) -> None:
    end_access(engagement=engagement, by=Actor(by))


def page_of(client: Client, name: str, consultancy: Organisation, query: str = "") -> str:
    return text_of(parse(client.get(reverse(name, args=[consultancy.pk]) + query)))


def test_the_notes_are_there_again(
    engagement: Engagement, owner: User, consultancy: Organisation, signed_in: Client
) -> None:
    end(engagement, owner)
    assert "north" not in page_of(signed_in, "desk", consultancy)
    again = give_access(
        consultancy=consultancy,
        client=engagement.client,
        level=AccessLevel.READ,
        granted_by=owner,
        by=Actor(owner),
    )
    assert again.pk != engagement.pk
    shown = page_of(signed_in, "desk", consultancy)
    assert "31 Mar 2027" in shown
    assert tags_at(again) == ("north", "retail")
    assert "Bakery" in page_of(signed_in, "desk", consultancy, "?tag=north")
    assert "has ended" not in shown


def test_the_desk_says_that_a_client_ended_the_access(
    engagement: Engagement, owner: User, consultancy: Organisation, adviser: User, signed_in: Client
) -> None:
    stopped = client_of(consultancy, "Given up")
    member(stopped.client)
    end(stopped, adviser)
    end(engagement, owner)
    shown = page_of(signed_in, "desk", consultancy)
    assert "These clients have ended your access: Bakery (" in shown
    assert "Given up" not in shown
    Engagement.objects.filter(pk=engagement.pk).update(
        granted_at=timezone.now() - timedelta(days=90), ended_at=timezone.now() - timedelta(days=15)
    )
    assert "have ended your access" not in page_of(signed_in, "desk", consultancy)


def test_former_clients_are_names_and_dates_of_that_time(
    engagement: Engagement, owner: User, consultancy: Organisation, signed_in: Client
) -> None:
    back = client_of(consultancy, "Came back")
    end(back, member(back.client))
    client_of(consultancy, "x")
    give_access(consultancy=consultancy, client=back.client, level=AccessLevel.READ, granted_by=owner, by=Actor(owner))
    end(engagement, owner)
    rename_organisation(organisation=engagement.client, name="Later Name", by=Actor(owner))
    shown = page_of(signed_in, "former_clients", consultancy)
    assert "Bakery" in shown
    assert "Later Name" not in shown
    assert "Came back" not in shown
    assert "north" not in shown
    assert (
        str(engagement.client_id)
        not in signed_in.get(reverse("former_clients", args=[consultancy.pk])).content.decode()
    )
    assert "No former client’s name" in page_of(signed_in, "former_clients", consultancy, "?q=nothing")


@pytest.fixture
def outbox(settings: LazySettings) -> None:
    settings.MAIL_CONFIGURED = True


def test_the_other_side_gets_a_mail(
    outbox: None,
    engagement: Engagement,
    owner: User,
    consultancy: Organisation,
    adviser: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    member(consultancy, Role.VIEWER)
    with django_capture_on_commit_callbacks(execute=True):
        end(engagement, owner)
    assert [(each.to, each.subject) for each in mail.outbox] == [([adviser.email], "Bakery has ended your access")]
    assert reverse("clients", args=[consultancy.pk]) in str(mail.outbox[0].body)
    again = give_access(
        consultancy=consultancy, client=engagement.client, level=AccessLevel.READ, granted_by=owner, by=Actor(owner)
    )
    with django_capture_on_commit_callbacks(execute=True):
        end(again, adviser)
    assert mail.outbox[1].to == [owner.email]
    assert mail.outbox[1].subject == f"{consultancy.name} no longer advises Bakery"
    assert reverse("people", args=[engagement.client_id]) in str(mail.outbox[1].body)


def test_what_is_noted_about_a_former_client_is_deleted_after_its_time(
    engagement: Engagement, owner: User, consultancy: Organisation, signed_in: Client
) -> None:
    noted(client_of(consultancy, "Still here"), "south")
    end(engagement, owner)
    now, kept = timezone.now(), kept_for("former_clients")
    delete_outlived(now=now + kept - timedelta(hours=1))
    assert ClientNotes.objects.count() == 2
    delete_outlived(now=now + kept + timedelta(hours=1))
    assert list(ClientTag.objects.values_list("name", flat=True)) == ["south"]
    engagement.refresh_from_db()
    assert engagement.client_name == ""


def test_the_client_is_told_before_ending_it(engagement: Engagement, owner: User, client: Client) -> None:
    client.force_login(owner)
    asked = text_of(parse(client.get(reverse("engagement_end", args=[engagement.client_id, engagement.pk]))))
    assert "For 365 days the consultancy keeps your name, the dates and its own notes" in asked


def test_notes_typed_while_the_access_ended_are_given_back(
    engagement: Engagement, owner: User, consultancy: Organisation, signed_in: Client
) -> None:
    end(engagement, owner)
    address = reverse("desk_notes", args=[consultancy.pk, engagement.client_id])
    response = signed_in.post(address, {"tags": "retail", "next_review_on": "2027-04-01"})
    assert response.status_code == 404
    shown = response.content.decode()
    assert "retail\n\n2027-04-01" in shown
    assert "your access may have ended" in shown
