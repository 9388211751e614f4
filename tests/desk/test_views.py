"""The desk as a browser sees it: what it shows, what can be done there, and by whom."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from accounts.models import AccessLevel, AuditEvent, AuditKind, Engagement, Organisation, Role, User
from assessments.bank.types import Depth
from assessments.desk.queries import client_tags
from assessments.models import Assessment, ClientTag
from assessments.services.runs import choose_depth, delete_assessment, restart_assessment
from tests.desk.clients import client_of, consultant, many_clients, noted, tags_at
from tests.factories import ConsultancyFactory, OrganisationFactory, member
from tests.pages import parse, text_of
from tests.runs import NOW, asked_questions, finish, finished_run, give, scoped_run, started_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk_url(consultancy: Organisation) -> str:
    return f"/consultancies/{consultancy.pk}/"


def text(client: Client, desk_url: str) -> str:
    response = client.get(desk_url)
    assert response.status_code == 200
    return text_of(parse(response))


def test_a_client_line_says_where_it_stands(signed_in: Client, consultancy: Organisation, desk_url: str) -> None:
    client = client_of(consultancy, "Boulangerie Lumière").client
    finished_run(client, levels=0)
    run = scoped_run(client)
    give(run, "ACCESS-02", 3)
    page = text(signed_in, desk_url)
    assert "Boulangerie Lumière" in page
    assert "1 of " in page
    assert "Privacy 0.0" in page
    assert "Result of 21 Nov 2026" in page


def test_an_empty_desk_says_how_to_begin(signed_in: Client, desk_url: str) -> None:
    assert "No clients yet." in text(signed_in, desk_url)


def test_a_filter_that_fits_nobody_says_so_and_can_be_taken_back(
    signed_in: Client, consultancy: Organisation, desk_url: str
) -> None:
    client_of(consultancy, "Bakery")
    page = text(signed_in, f"{desk_url}?q=zzz")
    assert "0 of 1 client" in page
    assert "No clients match." in page
    assert "Show all" in page


@pytest.mark.parametrize("query", ["state=nonsense", "sort=nonsense&down=1", "page=999", "page=x"])
def test_a_url_that_makes_no_sense_shows_the_list(
    signed_in: Client, consultancy: Organisation, desk_url: str, query: str
) -> None:
    client_of(consultancy, "Bakery")
    assert "Bakery" in text(signed_in, f"{desk_url}?{query}")


def test_the_pages_of_a_long_list(signed_in: Client, adviser: User, consultancy: Organisation, desk_url: str) -> None:
    many_clients(consultancy, 51, finished_run(), adviser)
    first, second = text(signed_in, desk_url), text(signed_in, f"{desk_url}?page=2")
    assert ("Client 0000" in first, "Client 0050" in first, "Page 1 of 2" in first) == (True, False, True)
    assert ("Client 0050" in second, "Client 0000" in second) == (True, False)


def test_as_many_queries_for_two_hundred_clients_as_for_one(
    signed_in: Client, adviser: User, consultancy: Organisation, desk_url: str
) -> None:
    model = finished_run(client_of(consultancy, "The model").client, levels=0)
    scoped_run(model.assessment.organisation)

    def queries(path: str) -> int:
        signed_in.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert signed_in.get(path).status_code == 200
        return len(captured)

    paths = (desk_url, f"{desk_url}?sort=activity&gates=1&q=e", f"{desk_url}scores.csv")
    one = [queries(path) for path in paths]
    many_clients(consultancy, 2, model, adviser)
    three = [queries(path) for path in paths]
    many_clients(consultancy, 197, model, adviser)
    assert one == three == [queries(path) for path in paths]
    assert max(one) <= 17


def test_a_page_is_left_and_come_back_to_with_its_filter_and_at_the_same_client(
    signed_in: Client, adviser: User, consultancy: Organisation, desk_url: str
) -> None:
    many_clients(consultancy, 60, finished_run(), adviser)
    engagement = Engagement.objects.filter(consultancy=consultancy).order_by("client__name").last()
    assert engagement is not None
    page = parse(signed_in.get(f"{desk_url}?q=client&sort=name&page=2"))
    earlier = page.find(".//nav[@class='pages']/a")
    assert earlier is not None
    assert earlier.get("href") == "?q=client&sort=name&page=1"
    notes = page.find(f".//tr[@id='c{engagement.pk}']//a[@class='small desk__notes']")
    assert notes is not None
    there = f"{desk_url}?q=client&sort=name&page=2#c{engagement.pk}"
    assert signed_in.post(notes.get("href") or "", {"tags": "north"})["Location"] == there
    assert f'href="{escape(there)}"' in signed_in.get(notes.get("href") or "").content.decode()
    sent = {"client": [engagement.client_id], "back": "q=client&sort=name&page=2"}
    assert signed_in.post(f"{desk_url}start/", sent)["Location"] == there
    assert signed_in.post(f"{desk_url}start/", {"back": "page=2"})["Location"] == f"{desk_url}?page=2"


@pytest.mark.parametrize(
    "back", ["//elsewhere.example/", "https://elsewhere.example", "\r\nSet-Cookie: a=b", "x" * 9_000]
)
def test_the_way_back_leads_nowhere_but_to_the_desk(signed_in: Client, desk_url: str, back: str) -> None:
    location = signed_in.post(f"{desk_url}start/", {"back": back})["Location"]
    assert location.startswith(f"{desk_url}?")
    assert len(location) < 3_000


def test_a_line_follows_every_change_at_once(signed_in: Client, consultancy: Organisation, desk_url: str) -> None:
    """Rows are cached, but none may show anything that is out of date."""
    engagement = client_of(consultancy, "Bakery")
    client = engagement.client
    seen = [text(signed_in, desk_url)]

    def now_shows(*words: str) -> None:
        seen.append(text(signed_in, desk_url))
        assert seen[-1] != seen[-2]
        assert all(each in seen[-1] for each in words), words

    run = started_run(client)
    now_shows("Scope Continue")
    choose_depth(assessment=run, depth=Depth.QUICK)
    now_shows("In progress", f"0 of {len(asked_questions(run))}")
    questions = asked_questions(run)
    for question in questions:
        give(run, question.id, 0)
    now_shows(f"{len(questions)} of {len(questions)}")
    choose_depth(assessment=run, depth=Depth.FULL)
    now_shows(f"{len(questions)} of {len(asked_questions(run))}")
    first = finish(run)
    now_shows("Finished", "Privacy 0.0", "Result of 21 Nov 2026")
    again = restart_assessment(finished=first.assessment, started_by=run.started_by, now=NOW)
    now_shows("In progress")
    for question in asked_questions(again):
        give(again, question.id, 4)
    now_shows(f"{len(asked_questions(again))} of {len(asked_questions(again))}")
    finish(again)
    now_shows("Finished", "Privacy 4.0")
    delete_assessment(assessment=restart_assessment(finished=first.assessment, started_by=run.started_by, now=NOW))
    signed_in.post(f"{desk_url}notes/{client.pk}/", {"tags": "north", "next_review_on": "2026-11-30"})
    now_shows("north", "30 Nov 2026")
    Organisation.objects.filter(pk=client.pk).update(name="Bäckerei <b>")
    now_shows("Bäckerei <b>")


def test_a_viewer_and_an_editor_are_not_shown_each_others_lines(
    client: Client, signed_in: Client, consultancy: Organisation, desk_url: str
) -> None:
    client_of(consultancy, "Bakery")
    assert "Tags and date" in text(signed_in, desk_url)
    signed_in.force_login(consultant(consultancy, role=Role.VIEWER))
    assert "Tags and date" not in text(signed_in, desk_url)


def test_more_tags_than_a_list_takes(signed_in: Client, consultancy: Organisation, desk_url: str) -> None:
    engagements = [client_of(consultancy, f"Client {number}") for number in range(12)]
    for number, each in enumerate(engagements):
        noted(each, *(f"tag-{number:02}-{more}" for more in range(10)), *(["everywhere"] if number < 2 else []))
    names = [name for name, _count in client_tags(consultancy)]
    assert len(names) == 100
    assert "everywhere" in names
    assert "tag-11-9" not in names
    page = text(signed_in, f"{desk_url}?tag=tag-11-9")
    assert "1 of 12 clients" in page


def test_notes_are_kept_and_shown(signed_in: Client, consultancy: Organisation, desk_url: str) -> None:
    engagement = client_of(consultancy, "Bakery")
    notes = f"{desk_url}notes/{engagement.client_id}/"
    sent = {"tags": " North,  RETAIL ,north,", "next_review_on": "2027-03-31"}
    assert signed_in.post(notes, sent).status_code == 302
    engagement.refresh_from_db()
    assert list(tags_at(engagement)) == ["north", "retail"]
    page = text(signed_in, desk_url)
    assert "31 Mar 2027" in page
    assert 'value="north, retail"' in signed_in.get(notes).content.decode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"tags": "x" * 31}, "is too long"),
        ({"tags": ",".join(map(str, range(11)))}, "Remove 1 tag"),
        ({"next_review_on": "soon"}, "Enter a date"),
    ],
)
def test_notes_that_do_not_fit_say_why(
    signed_in: Client, consultancy: Organisation, desk_url: str, sent: dict[str, str], words: str
) -> None:
    engagement = client_of(consultancy, "Bakery")
    response = signed_in.post(f"{desk_url}notes/{engagement.client_id}/", sent)
    assert response.status_code == 422
    assert words in text_of(parse(response))
    assert not ClientTag.objects.exists()


def test_starting_for_the_ticked_clients_alone(signed_in: Client, consultancy: Organisation, desk_url: str) -> None:
    ticked, left = client_of(consultancy, "Ticked"), client_of(consultancy, "Left")
    response = signed_in.post(f"{desk_url}start/", {"client": [ticked.client_id]}, follow=True)
    assert "Started 1 assessment." in text_of(parse(response))
    assert [run.organisation for run in Assessment.objects.all()] == [ticked.client]
    assert not Assessment.objects.filter(organisation=left.client).exists()


@pytest.mark.parametrize("action", ["start", "ask"])
def test_with_nobody_ticked_nothing_happens(signed_in: Client, desk_url: str, action: str) -> None:
    response = signed_in.post(f"{desk_url}{action}/", {}, follow=True)
    assert "Select at least one client first." in text_of(parse(response))


def test_asking_sends_mail_where_it_can(
    signed_in: Client, consultancy: Organisation, desk_url: str, settings: LazySettings
) -> None:
    settings.MAIL_CONFIGURED = True
    client = client_of(consultancy, "Bakery").client
    member(client, email="owner@bakery.example")
    page = text_of(parse(signed_in.post(f"{desk_url}ask/", {"client": [client.pk]})))
    assert "Asked by mail Bakery owner@bakery.example" in page
    assert len(mail.outbox) == 1


def test_without_mail_there_are_links_to_copy(
    signed_in: Client, consultancy: Organisation, desk_url: str, settings: LazySettings
) -> None:
    settings.MAIL_CONFIGURED = False
    client = client_of(consultancy, "Bakery").client
    page = text_of(parse(signed_in.post(f"{desk_url}ask/", {"client": [client.pk]})))
    assert f"/organisations/{client.pk}/" in page
    assert mail.outbox == []


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_follows_the_filter_and_is_written_down(
    signed_in: Client, adviser: User, consultancy: Organisation, desk_url: str, kind: str
) -> None:
    for name in ("Bakery", "Cinema"):
        client_of(consultancy, name)
    response = signed_in.get(f"{desk_url}scores.{kind}?q=bak")
    assert response.status_code == 200
    assert f'.{kind}"' in response["Content-Disposition"]
    if kind == "csv":
        assert "Bakery" in response.content.decode()
        assert "Cinema" not in response.content.decode()
    events = AuditEvent.objects.filter(kind=AuditKind.SCORES_EXPORTED)
    assert {(event.actor, event.organisation_name, event.subject) for event in events} == {
        (adviser.pk, consultancy.name, kind),
        (adviser.pk, "Bakery", consultancy.name),
    }


def test_the_same_export_again_fills_nobodys_trail(
    signed_in: Client, adviser: User, consultancy: Organisation, desk_url: str
) -> None:
    client_of(consultancy, "Bakery")
    for _ in range(3):
        assert signed_in.get(f"{desk_url}scores.csv").status_code == 200
    assert AuditEvent.objects.filter(kind=AuditKind.SCORES_EXPORTED).count() == 2, "the consultancy's and the client's"


def test_asking_only_for_the_headers_of_an_export_takes_nothing_out(signed_in: Client, desk_url: str) -> None:
    assert signed_in.head(f"{desk_url}scores.csv").status_code == 200
    assert not AuditEvent.objects.exists()


class TestForeignKeys:
    """Every key in a form or a URL swapped for one of somebody else: as if it did not exist, and nothing done."""

    @pytest.fixture(params=["stranger", "another consultancy's client", "former client", "nobody", "no key"])
    def foreign(self, request: pytest.FixtureRequest, consultancy: Organisation) -> str:
        made: dict[str, Callable[[], Any]] = {
            "stranger": lambda: OrganisationFactory.create().pk,
            "another consultancy's client": lambda: client_of(ConsultancyFactory.create(), "Theirs").client_id,
            "former client": lambda: client_of(consultancy, "Gone", over=True).client_id,
            "nobody": uuid4,
            "no key": lambda: "x",
        }
        return str(made[request.param]())

    @pytest.mark.parametrize("action", ["start", "ask"])
    def test_in_a_form(
        self, signed_in: Client, consultancy: Organisation, desk_url: str, foreign: str, action: str
    ) -> None:
        ours = client_of(consultancy, "Ours")
        response = signed_in.post(f"{desk_url}{action}/", {"client": [ours.client_id, foreign]})
        assert response.status_code == 404
        assert not Assessment.objects.exists()
        assert mail.outbox == []

    def test_in_a_url(self, signed_in: Client, consultancy: Organisation, desk_url: str, foreign: str) -> None:
        notes = f"{desk_url}notes/{foreign}/"
        assert signed_in.get(notes).status_code == 404
        assert signed_in.post(notes, {"tags": "mine"}).status_code == 404
        assert not ClientTag.objects.exists()


class TestWho:
    def test_another_consultancys_desk_is_not_there(self, signed_in: Client) -> None:
        other = ConsultancyFactory.create()
        client_of(other, "Theirs")
        for path in ("", "scores.csv", "scores.xlsx"):
            assert signed_in.get(f"/consultancies/{other.pk}/{path}").status_code == 404

    def test_a_business_has_no_desk(self, client: Client) -> None:
        business = OrganisationFactory.create()
        client.force_login(member(business))
        assert client.get(f"/consultancies/{business.pk}/").status_code == 403

    def test_who_only_views_sees_the_list_and_changes_nothing(
        self, client: Client, consultancy: Organisation, desk_url: str
    ) -> None:
        engagement = client_of(consultancy, "Bakery", AccessLevel.ANSWER)
        client.force_login(consultant(consultancy, role=Role.VIEWER))
        page = text(client, desk_url)
        assert "Bakery" in page
        assert "With the selected clients" not in page
        for path in ("start/", "ask/", f"notes/{engagement.client_id}/"):
            assert client.post(f"{desk_url}{path}", {"client": [engagement.client_id]}).status_code == 403

    def test_an_ended_engagement_is_off_the_desk_at_once(
        self, signed_in: Client, consultancy: Organisation, desk_url: str
    ) -> None:
        engagement = client_of(consultancy, "Bakery")
        assert "Bakery" in text(signed_in, desk_url)
        Engagement.objects.filter(pk=engagement.pk).update(ended_at=engagement.granted_at)
        assert "Bakery" not in text(signed_in, desk_url)
        assert "Bakery" not in signed_in.get(f"{desk_url}scores.csv").content.decode()
