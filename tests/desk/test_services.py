"""Notes about clients, starting for several, asking several."""

import pytest
from django.conf import LazySettings
from django.core import mail

from accounts.models import AccessLevel, Organisation, Role, User
from assessments.desk.asking import RequestOutcome, answer_requests, send_answer_requests
from assessments.desk.queries import DeskFilter, filter_clients
from assessments.desk.services import keep_notes, start_assessments
from assessments.models import Assessment
from launch.servers import free_port
from tests.desk.clients import client_of, tags_at
from tests.factories import member
from tests.runs import finished_run, started_run

pytestmark = pytest.mark.django_db


def test_notes_replace_what_was_there(consultancy: Organisation) -> None:
    engagement = client_of(consultancy, "Ours")
    keep_notes(engagement=engagement, tags=["north", "retail"], next_review_on=None)
    keep_notes(engagement=engagement, tags=["retail", "urgent"], next_review_on=None)
    assert list(tags_at(engagement)) == ["retail", "urgent"]


def test_each_client_is_started_once_and_only_where_it_lets_us(consultancy: Organisation, adviser: User) -> None:
    fresh, finished, under_way = (client_of(consultancy, name) for name in ("Fresh", "Finished", "Under way"))
    reader = client_of(consultancy, "Reads", AccessLevel.READ)
    reviewer = client_of(consultancy, "Reviews", AccessLevel.REVIEW)
    finished_run(finished.client)
    run = started_run(under_way.client)
    engagements = [fresh, finished, under_way, reader, reviewer]
    outcome = start_assessments(engagements=engagements, by=adviser)
    assert outcome.started == (finished.client, fresh.client)
    assert outcome.already == (under_way.client,)
    assert outcome.not_allowed == (reader.client, reviewer.client)
    assert Assessment.objects.get(organisation=under_way.client) == run
    assert start_assessments(engagements=[fresh], by=adviser).already == (fresh.client,)


class TestAsking:
    def ask(self, consultancy: Organisation, by: User) -> RequestOutcome:
        requests = answer_requests(list(filter_clients(consultancy, DeskFilter())))
        return send_answer_requests(requests=requests, consultancy=consultancy, by=by)

    def test_owners_and_editors_are_asked_each_without_the_others_address(
        self, consultancy: Organisation, adviser: User
    ) -> None:
        client = client_of(consultancy, "Bakery").client
        for name, role in (("owner", Role.OWNER), ("editor", Role.EDITOR), ("viewer", Role.VIEWER)):
            member(client, role, email=f"{name}@bakery.example")
        member(client, Role.OWNER, email="gone@bakery.example", is_active=False)
        asked = self.ask(consultancy, adviser)
        assert [each.client for each in asked.sent] == [client]
        (message,) = mail.outbox
        assert message.to == []
        assert message.bcc == ["editor@bakery.example", "owner@bakery.example"]
        assert "Clear Course" in message.subject
        assert f"/organisations/{client.pk}/" in message.body
        assert "Ada of Clear Course" in message.body

    def test_nobody_is_asked_twice_in_a_day(self, consultancy: Organisation, adviser: User) -> None:
        member(client_of(consultancy, "Bakery").client, email="owner@bakery.example")
        self.ask(consultancy, adviser)
        again = self.ask(consultancy, adviser)
        assert len(mail.outbox) == 1
        assert [each.client.name for each in again.lately] == ["Bakery"]

    def test_a_client_without_people_is_named(self, consultancy: Organisation, adviser: User) -> None:
        client_of(consultancy, "Nobody yet")
        asked = self.ask(consultancy, adviser)
        assert [each.client.name for each in asked.nobody] == ["Nobody yet"]
        assert mail.outbox == []

    def test_a_mail_that_fails_can_be_sent_again(
        self, consultancy: Organisation, adviser: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        member(client_of(consultancy, "Bakery").client, email="owner@bakery.example")
        with monkeypatch.context() as patched:
            patched.setattr("django.core.mail.EmailMessage.send", _refuse)
            failed = self.ask(consultancy, adviser)
        assert [each.client.name for each in failed.failed] == ["Bakery"]
        assert [each.client.name for each in self.ask(consultancy, adviser).sent] == ["Bakery"]

    def test_without_a_connection_nobody_was_asked_and_it_is_tried_once(
        self, consultancy: Organisation, adviser: User, settings: LazySettings, caplog: pytest.LogCaptureFixture
    ) -> None:
        for name in ("Bakery", "Cafe"):
            member(client_of(consultancy, name).client, email=f"owner@{name.lower()}.example")
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
        asked = self.ask(consultancy, adviser)
        assert [each.client.name for each in asked.failed] == ["Bakery", "Cafe"]
        assert asked.sent == ()
        assert [record.getMessage() for record in caplog.records] == [
            "cannot connect to the mail server to ask clients for answers"
        ]


def _refuse(*_args: object, **_kwargs: object) -> int:
    raise OSError("no mail server")
