"""Asking for a portfolio, waiting, downloading: only with access to every client in it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLevel, AuditEvent, AuditKind, Engagement, Organisation, Role, User
from accounts.people_data.deleting import deleting
from assessments.models import EditionRow, Result
from reports import storage, tasks
from reports.models import PortfolioFile, ReportError, ReportState
from tests.assessments.test_queries_per_page import Counted
from tests.factories import ConsultancyFactory, member
from tests.reports.clients import client_of, result_of, shut
from tests.runs import finished_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultancy(edition_row: EditionRow) -> Organisation:
    return ConsultancyFactory.create(name="Haddad Advice")


@pytest.fixture
def consultant(consultancy: Organisation) -> User:
    return member(consultancy, Role.EDITOR)


@pytest.fixture
def signed_in(client: Client, consultant: User) -> Client:
    client.force_login(consultant)
    return client


@pytest.fixture
def results(consultancy: Organisation) -> list[Result]:
    return [result_of(consultancy, name) for name in ("Bakery", "Garage")]


def post(browser: Client, consultancy: Organisation, **data: object) -> str:
    """Where it leads, and what that page says."""
    answer = browser.post(reverse("portfolios", args=[consultancy.pk]), {"format": "json", **data}, follow=True)
    return answer.content.decode()


@pytest.fixture
def ready(signed_in: Client, consultancy: Organisation, results: list[Result]) -> PortfolioFile:
    post(signed_in, consultancy, client=[each.assessment.organisation_id for each in results])
    portfolio = PortfolioFile.objects.get()
    tasks.make_portfolio(str(portfolio.pk))
    portfolio.refresh_from_db()
    return portfolio


def names(portfolio: PortfolioFile) -> list[str]:
    return [item.client_name for item in portfolio.items.all()]


def test_the_ticked_clients_are_in_it_with_or_without_a_result(
    signed_in: Client, consultancy: Organisation, results: list[Result]
) -> None:
    started = client_of(consultancy, "Not started")
    client_of(consultancy, "Not ticked")
    page = post(signed_in, consultancy, client=[results[0].assessment.organisation_id, started.pk])
    assert "The portfolio is waiting for its turn" in page
    assert names(PortfolioFile.objects.get()) == ["Bakery", "Not started"]


def test_all_clients_at_the_moment_are_in_it(
    signed_in: Client, consultancy: Organisation, results: list[Result]
) -> None:
    finished_run(client_of(consultancy, "Read only", AccessLevel.READ))
    client_of(ConsultancyFactory.create(), "Elsewhere")
    Engagement.objects.filter(client__name="Garage").update(ended_at=timezone.now())
    post(signed_in, consultancy, all="1", anonymous="1")
    portfolio = PortfolioFile.objects.get()
    assert sorted(names(portfolio)) == ["Bakery", "Read only"], "who may read may tell"
    assert portfolio.anonymous


def test_a_foreign_client_is_not_found(signed_in: Client, consultancy: Organisation) -> None:
    foreign = client_of(ConsultancyFactory.create(), "Elsewhere")
    url = reverse("portfolios", args=[consultancy.pk])
    for key in (foreign.pk, "nonsense"):
        assert signed_in.post(url, {"client": [key]}).status_code == 404
    assert not PortfolioFile.objects.exists()


def test_nobody_ticked_leads_back_to_the_list_as_it_was(signed_in: Client, consultancy: Organisation) -> None:
    answer = signed_in.post(reverse("portfolios", args=[consultancy.pk]), {"back": "sort=level"}, follow=True)
    assert "Choose at least one client" in answer.content.decode()
    assert answer.redirect_chain[-1][0].startswith(reverse("desk", args=[consultancy.pk]) + "?sort=level")
    assert "There is no client yet" in post(signed_in, consultancy, all="1")
    assert not PortfolioFile.objects.exists()


def test_an_unknown_format_is_not_found(signed_in: Client, consultancy: Organisation, results: list[Result]) -> None:
    url = reverse("portfolios", args=[consultancy.pk])
    assert signed_in.post(url, {"all": "1", "format": "odt"}).status_code == 404


def test_the_desk_leads_to_it(signed_in: Client, consultancy: Organisation, results: list[Result]) -> None:
    page = signed_in.get(reverse("desk", args=[consultancy.pk])).content.decode()
    url = reverse("portfolios", args=[consultancy.pk])
    assert f'formaction="{url}"' in page
    assert f'href="{url}"' in page
    assert page.count('name="anonymous"') == 1
    assert 'name="anonymous" value="1" id="portfolio-anonymous">' in page, "off by default"


def test_the_page_changes_by_itself_and_says_what_there_is(signed_in: Client, ready: PortfolioFile) -> None:
    url = reverse("portfolio", args=[ready.pk])
    page = signed_in.get(url).content.decode()
    assert "JSON about 2 clients" in page
    assert reverse("portfolio_download", args=[ready.pk]) in page
    assert "hx-get" not in page
    assert signed_in.get(url, {"seen": "ready-100"}).status_code == 204
    PortfolioFile.objects.update(
        state=ReportState.QUEUED, file="", sha256="", size=None, ready_at=None, progress=0, file_name=""
    )
    page = signed_in.get(url).content.decode()
    assert 'hx-get="' in page
    assert '<meta http-equiv="refresh"' in page, "without JavaScript"


def test_one_that_failed_says_why(signed_in: Client, ready: PortfolioFile) -> None:
    gone = {"file": "", "sha256": "", "size": None, "ready_at": None}
    PortfolioFile.objects.update(state=ReportState.FAILED, error=ReportError.MEMORY, **gone)
    page = signed_in.get(reverse("portfolio", args=[ready.pk])).content.decode()
    assert "needed more memory than is allowed" in page
    assert "Nothing is lost" in page


def test_the_download_is_written_down_for_each_client(
    signed_in: Client, ready: PortfolioFile, consultant: User, results: list[Result]
) -> None:
    url = reverse("portfolio_download", args=[ready.pk])
    shut(signed_in.head(url))
    assert not AuditEvent.objects.filter(kind=AuditKind.REPORTS_DOWNLOADED).exists()
    answer = signed_in.get(url, REMOTE_ADDR="203.0.113.9")
    assert answer.headers["Content-Type"] == "application/json"
    assert "no-store" in answer.headers["Cache-Control"]
    assert b"Bakery" in answer.getvalue()
    events = AuditEvent.objects.filter(kind=AuditKind.REPORTS_DOWNLOADED)
    assert {event.organisation for event in events} == {result.assessment.organisation_id for result in results}
    assert {(event.actor, event.subject, event.ip_address) for event in events} == {
        (consultant.pk, "Portfolio of Haddad Advice", None)
    }
    assert {event.details["portfolio"] for event in events} == {str(ready.pk)}


def test_one_without_names_is_written_down_as_well(
    signed_in: Client, consultancy: Organisation, results: list[Result]
) -> None:
    post(signed_in, consultancy, all="1", anonymous="1")
    portfolio = PortfolioFile.objects.get()
    tasks.make_portfolio(str(portfolio.pk))
    shut(signed_in.get(reverse("portfolio_download", args=[portfolio.pk])))
    events = AuditEvent.objects.filter(kind=AuditKind.REPORTS_DOWNLOADED)
    assert {event.subject for event in events} == {"Portfolio of Haddad Advice, without names"}
    assert events.count() == 2


def test_an_ended_engagement_closes_the_whole_file_at_once(signed_in: Client, ready: PortfolioFile) -> None:
    Engagement.objects.filter(client__name="Garage").update(ended_at=timezone.now())
    answer = signed_in.get(reverse("portfolio_download", args=[ready.pk]))
    page = answer.content.decode()
    assert (answer.status_code, "Garage" in page, "Bakery" in page) == (409, True, False)
    assert not AuditEvent.objects.filter(kind=AuditKind.REPORTS_DOWNLOADED).exists()
    page = signed_in.get(reverse("portfolio", args=[ready.pk])).content.decode()
    assert "This portfolio is closed" in page
    assert "It tells of 1 client that you no longer have access to." in page
    assert reverse("portfolio_download", args=[ready.pk]) not in page


def test_who_came_later_learns_no_name_of_a_client_that_has_gone(
    client: Client, consultancy: Organisation, ready: PortfolioFile
) -> None:
    Engagement.objects.filter(client__name="Garage").update(ended_at=timezone.now())
    client.force_login(member(consultancy, Role.EDITOR))
    answer = client.get(reverse("portfolio_download", args=[ready.pk]))
    assert (answer.status_code, "Garage" in answer.content.decode()) == (409, False)
    assert "It tells of 1 client that you have no access to." in answer.content.decode()


def test_a_client_deleted_since_closes_it_too(signed_in: Client, ready: PortfolioFile) -> None:
    gone = Organisation.objects.get(name="Garage")
    with deleting(gone.pk):
        gone.delete()
    assert signed_in.get(reverse("portfolio_download", args=[ready.pk])).status_code == 409


def test_colleagues_may_have_it_others_not(client: Client, ready: PortfolioFile, results: list[Result]) -> None:
    for person, status in (
        (member(ready.consultancy, Role.VIEWER), 200),
        (results[0].finished_by, 404),
        (member(ConsultancyFactory.create()), 404),
    ):
        client.force_login(person)
        for name in ("portfolio", "portfolio_download"):
            answer = client.get(reverse(name, args=[ready.pk]))
            assert answer.getvalue()
            assert answer.status_code == status


def test_a_file_that_is_gone_is_made_anew(signed_in: Client, ready: PortfolioFile) -> None:
    before = ready.sha256
    storage.delete_file(ready.file)
    answer = signed_in.get(reverse("portfolio_download", args=[ready.pk]))
    assert answer.headers["Location"] == reverse("portfolio", args=[ready.pk])
    tasks.make_portfolio(str(ready.pk))
    ready.refresh_from_db()
    assert (ready.state, ready.sha256) == (ReportState.READY, before)


def test_the_list_tells_of_each_and_costs_the_same_for_many(
    signed_in: Client, ready: PortfolioFile, consultancy: Organisation, results: list[Result]
) -> None:
    url = reverse("portfolios", args=[consultancy.pk])
    page = signed_in.get(url).content.decode()
    assert "JSON about 2 clients" in page
    one = len(Counted(lambda: signed_in.get(url)).all)
    post(signed_in, consultancy, all="1", format="csv")
    post(signed_in, consultancy, client=[results[0].assessment.organisation_id], anonymous="1")
    assert len(Counted(lambda: signed_in.get(url)).all) == one
    assert "JSON about 1 client, without names" in signed_in.get(url).content.decode()


def test_the_page_costs_the_same_for_few_clients_and_for_many(
    signed_in: Client, ready: PortfolioFile, consultancy: Organisation
) -> None:
    url = reverse("portfolio", args=[ready.pk])
    few = len(Counted(lambda: signed_in.get(url)).all)
    for number in range(4):
        client_of(consultancy, f"Shop {number}")
    post(signed_in, consultancy, all="1")
    other = PortfolioFile.objects.exclude(pk=ready.pk).get()
    tasks.make_portfolio(str(other.pk))
    assert len(Counted(lambda: signed_in.get(reverse("portfolio", args=[other.pk]))).all) == few


def test_its_time_is_said(signed_in: Client, ready: PortfolioFile) -> None:
    over = timezone.localtime(ready.requested_at + timedelta(days=7))
    page = signed_in.get(reverse("portfolio", args=[ready.pk])).content.decode()
    assert f"Kept until {over:%-d %B %Y}." in page
