"""The life of a portfolio: requested, made, kept, deleted."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import ClientNotes, Organisation, Role, User
from accounts.people_data.deleting import deleting
from assessments.models import EditionRow, Result
from reports import services, storage, tasks
from reports.formats.registry import CSV_TABLE, JSON_DATA, ReportFormat
from reports.models import MOST_ATTEMPTS, MOST_LOST_LEASES, PortfolioFile, PortfolioItem, ReportError, ReportState
from reports.people_data.files import forget_files, forget_files_of
from reports.portfolio import limits, making
from reports.portfolio import services as portfolios
from reports.portfolio.limits import TooManyClients, TooManyPortfolios
from reports.portfolio.making import portfolio_document
from reports.queue import lifecycle
from reports.storage import ORPHAN_AFTER
from tests.factories import BrandFactory, ConsultancyFactory, member
from tests.reports.clients import client_of, result_of
from tests.runs import NOW, answered_run, finish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def notifications(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """The portfolios that a worker was notified of; the broker accepts every message."""
    notified: list[UUID] = []

    def notify(pk: UUID) -> bool:
        notified.append(pk)
        return True

    monkeypatch.setattr(portfolios, "notify_worker_of_portfolio", notify)
    return notified


@pytest.fixture
def consultancy(edition_row: EditionRow) -> Organisation:
    return ConsultancyFactory.create(name="Haddad Advice")


@pytest.fixture
def consultant(consultancy: Organisation) -> User:
    return member(consultancy, Role.EDITOR)


@pytest.fixture
def results(consultancy: Organisation) -> list[Result]:
    return [result_of(consultancy, name) for name in ("Bakery", "Garage")]


def ask(
    consultancy: Organisation, by: User, *clients: Organisation, report_format: ReportFormat = JSON_DATA, **more: Any
) -> PortfolioFile:
    now = more.pop("now", timezone.now())
    return portfolios.request_portfolio(
        consultancy=consultancy,
        clients={client.pk: client.name for client in clients},
        requested_by=by,
        language="en-gb",
        day=more.pop("day", now.date()),
        now=now,
        report_format=report_format,
        **more,
    )


def organisations(results: list[Result]) -> list[Organisation]:
    return [result.assessment.organisation for result in results]


@pytest.fixture
def portfolio(consultancy: Organisation, consultant: User, results: list[Result]) -> PortfolioFile:
    return ask(consultancy, consultant, *organisations(results), client_of(consultancy, "New"))


def run_task(portfolio: PortfolioFile) -> PortfolioFile:
    tasks.make_portfolio(str(portfolio.pk))
    portfolio.refresh_from_db()
    return portfolio


def content(portfolio: PortfolioFile) -> bytes:
    with default_storage.open(portfolio.file) as file:
        return bytes(file.read())


def test_what_it_says_is_fixed_when_it_is_asked_for(
    portfolio: PortfolioFile, consultancy: Organisation, results: list[Result]
) -> None:
    items = [(item.number, item.client_name, item.result_id) for item in portfolio.items.all()]
    assert items == [(1, "Bakery", results[0].pk), (2, "Garage", results[1].pk), (3, "New", None)]
    before = content(run_task(portfolio))
    bakery = results[0].assessment.organisation
    later = finish(answered_run(bakery, levels=4))
    ClientNotes.objects.create(consultancy=consultancy, client=bakery, next_review_on=NOW.date())
    assert later.pk != results[0].pk
    storage.delete_file(portfolio.file)
    portfolios.retry_portfolio(portfolio=portfolio, requested_by=portfolio.requested_by, now=timezone.now())
    assert content(run_task(portfolio)) == before


def test_the_file_is_made_named_and_stored(portfolio: PortfolioFile) -> None:
    run_task(portfolio)
    assert portfolio.state == ReportState.READY, portfolio.get_error_display()
    assert portfolio.file.startswith("portfolios/")
    assert portfolio.file_name == f"Haddad-Advice-portfolio-{portfolio.day.isoformat()}.json"
    assert portfolio.media_type == "application/json"
    assert b"Bakery" in content(portfolio)


def test_a_pdf_from_real_rows(consultancy: Organisation, consultant: User, results: list[Result]) -> None:
    BrandFactory.create(consultancy=consultancy)
    portfolio = portfolios.request_portfolio(
        consultancy=consultancy,
        clients={each.pk: each.name for each in organisations(results)},
        requested_by=consultant,
        language="en-gb",
        day=NOW.date(),
        now=NOW,
    )
    assert portfolio.brand
    assert content(run_task(portfolio)).startswith(b"%PDF-1.7")


def test_without_names_neither_names_nor_their_order_are_inside(
    consultancy: Organisation, consultant: User, results: list[Result]
) -> None:
    ClientNotes.objects.create(
        consultancy=consultancy, client=results[0].assessment.organisation, next_review_on=NOW.date()
    )
    portfolio = run_task(ask(consultancy, consultant, *organisations(results), anonymous=True))
    inside = content(portfolio).decode()
    assert "Bakery" not in inside
    assert "Garage" not in inside
    assert '"Client 1"' in inside
    assert NOW.date().isoformat() not in inside
    assert [item.client for item in portfolio.items.all()] == sorted(each.pk for each in organisations(results))
    assert portfolio.file_name.startswith("Haddad-Advice-portfolio-without-names-")


def test_the_same_request_is_the_same_portfolio(
    portfolio: PortfolioFile, consultancy: Organisation, consultant: User, results: list[Result]
) -> None:
    clients = [*organisations(results), Organisation.objects.get(name="New")]
    same = ask(consultancy, consultant, *reversed(clients), day=portfolio.day)
    assert same == portfolio
    others = [
        ask(consultancy, consultant, *clients[:2], day=portfolio.day),
        ask(consultancy, consultant, *clients, day=portfolio.day, anonymous=True),
        ask(consultancy, consultant, *clients, day=portfolio.day, report_format=CSV_TABLE),
        ask(consultancy, consultant, *clients, day=portfolio.day + timedelta(days=1)),
        ask(consultancy, member(consultancy), *clients, day=portfolio.day),
    ]
    BrandFactory.create(consultancy=consultancy)
    others.append(ask(consultancy, consultant, *clients, day=portfolio.day))
    finish(answered_run(clients[0], levels=4))
    others.append(ask(consultancy, consultant, *clients, day=portfolio.day))
    assert len({portfolio.pk, *(each.pk for each in others)}) == 1 + len(others)


def test_one_that_failed_is_not_found_again(
    portfolio: PortfolioFile, consultancy: Organisation, consultant: User, results: list[Result]
) -> None:
    PortfolioFile.objects.filter(pk=portfolio.pk).update(state=ReportState.FAILED, error=ReportError.TIME)
    clients = [*organisations(results), Organisation.objects.get(name="New")]
    assert ask(consultancy, consultant, *clients, day=portfolio.day) != portfolio


def counted(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


def test_asking_and_making_cost_the_same_for_few_clients_and_for_many(
    consultancy: Organisation, consultant: User, results: list[Result]
) -> None:
    more = organisations([result_of(consultancy, f"Shop {number}") for number in range(4)])
    few, many = organisations(results), [*organisations(results), *more]
    ask(consultancy, consultant, *more)
    asking = [counted(lambda: ask(consultancy, consultant, *chosen)) for chosen in (few, many)]  # noqa: B023
    assert asking[0] == asking[1]
    made = [ask(consultancy, consultant, *chosen) for chosen in (few, many)]
    for each in made:
        portfolio_document(each)
    reading = [counted(lambda: portfolio_document(each)) for each in made]  # noqa: B023
    assert reading[0] == reading[1] <= 4


def test_a_worker_is_told_at_once_and_the_sweeper_tells_again(
    consultancy: Organisation,
    consultant: User,
    results: list[Result],
    notifications: list[UUID],
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        portfolio = ask(consultancy, consultant, *organisations(results))
    assert notifications == [portfolio.pk]
    PortfolioFile.objects.update(notified_at=None)
    tasks.notify_due_reports()
    assert notifications == [portfolio.pk] * 2


def test_a_message_twice_or_too_late_does_nothing(portfolio: PortfolioFile) -> None:
    name = run_task(portfolio).file
    assert run_task(portfolio).file == name
    tasks.make_portfolio(str(uuid4()))


def test_it_fails_for_good_after_three_attempts_with_a_reason(
    portfolio: PortfolioFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(storage, "store", full)
    for attempt in range(1, MOST_ATTEMPTS + 1):
        run_task(portfolio)
        assert portfolio.attempts == attempt
    assert (portfolio.state, portfolio.error) == (ReportState.FAILED, ReportError.STORAGE)


def test_a_worker_that_was_overtaken_leaves_nothing(portfolio: PortfolioFile, monkeypatch: pytest.MonkeyPatch) -> None:
    stored: list[str] = []
    store = making._store

    def overtaken(*given: Any) -> Any:
        lifecycle.start_over(rows=PortfolioFile.objects.all())
        file = store(*given)
        stored.append(file.name)
        return file

    monkeypatch.setattr(making, "_store", overtaken)
    run_task(portfolio)
    assert portfolio.state == ReportState.QUEUED
    assert stored
    assert not default_storage.exists(stored[0])


def test_one_that_kills_its_workers_is_given_up(portfolio: PortfolioFile) -> None:
    past = timezone.now() - timedelta(minutes=1)
    PortfolioFile.objects.filter(pk=portfolio.pk).update(
        state=ReportState.RENDERING, token=uuid4(), lease_until=past, lost_leases=MOST_LOST_LEASES
    )
    tasks.notify_due_reports()
    portfolio.refresh_from_db()
    assert (portfolio.state, portfolio.error) == (ReportState.FAILED, ReportError.STOPPED)


def test_a_person_and_a_consultancy_have_so_many_in_a_day(
    consultancy: Organisation, consultant: User, results: list[Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_PORTFOLIOS_OF_A_PERSON", 2)
    monkeypatch.setattr(limits, "MOST_PORTFOLIOS_OF_A_CONSULTANCY", 3)
    bakery, garage = organisations(results)
    now = timezone.now()
    first = ask(consultancy, consultant, bakery, now=now)
    ask(consultancy, consultant, garage, now=now)
    with pytest.raises(TooManyPortfolios, match="You have asked for 2"):
        ask(consultancy, consultant, bakery, garage, now=now)
    assert ask(consultancy, consultant, bakery, now=now) == first, "what is there can be asked for"
    colleague = member(consultancy)
    ask(consultancy, colleague, bakery, now=now)
    with pytest.raises(TooManyPortfolios, match="3 portfolios were made"):
        ask(consultancy, colleague, garage, now=now)
    assert ask(consultancy, consultant, bakery, garage, now=now + timedelta(days=1))


def test_so_many_clients_and_no_more(
    consultancy: Organisation, consultant: User, results: list[Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portfolios, "MOST_CLIENTS", 1)
    assert ask(consultancy, consultant, organisations(results)[0])
    with pytest.raises(TooManyClients):
        ask(consultancy, consultant, *organisations(results))


def test_it_is_deleted_when_its_time_is_over_file_and_row(portfolio: PortfolioFile) -> None:
    name = run_task(portfolio).file
    tasks.delete_expired_files()
    assert default_storage.exists(name)
    PortfolioFile.objects.update(requested_at=timezone.now() - timedelta(days=8))
    tasks.delete_expired_files()
    assert not PortfolioFile.objects.exists()
    assert not PortfolioItem.objects.exists()
    assert not default_storage.exists(name)


def test_files_without_a_row_are_deleted(portfolio: PortfolioFile) -> None:
    name = run_task(portfolio).file
    stray = storage.store(content=b"{}", token=uuid4(), file_name="a.json", folder=storage.PORTFOLIOS).name
    services.delete_orphan_files(now=timezone.now() + ORPHAN_AFTER + timedelta(minutes=1))
    assert default_storage.exists(name)
    assert not default_storage.exists(stray)


@pytest.mark.parametrize("which", ["client", "consultancy", "assessment"])
def test_a_client_a_consultancy_or_a_result_that_goes_takes_it_along(
    portfolio: PortfolioFile, results: list[Result], which: str, django_capture_on_commit_callbacks: Any
) -> None:
    name = run_task(portfolio).file
    result = results[0]
    with django_capture_on_commit_callbacks(execute=True):
        if which == "assessment":
            forget_files_of(result.assessment.organisation, result.assessment_id)
        else:
            forget_files_of(portfolio.consultancy if which == "consultancy" else result.assessment.organisation, None)
    assert not PortfolioFile.objects.exists()
    assert not default_storage.exists(name)


def test_another_client_does_not(portfolio: PortfolioFile, consultancy: Organisation) -> None:
    run_task(portfolio)
    other = result_of(consultancy, "Cinema")
    forget_files_of(other.assessment.organisation, None)
    forget_files_of(other.assessment.organisation, other.assessment_id)
    forget_files(portfolio.requested_by, {"assessments.Result": {other.pk}}, frozenset())
    assert default_storage.exists(portfolio.file)


@pytest.mark.parametrize("label", ["assessments.Result", "accounts.Organisation", "assessments.QuestionRow"])
def test_an_erased_name_in_what_it_says_takes_it_along(
    portfolio: PortfolioFile, results: list[Result], label: str
) -> None:
    name = run_task(portfolio).file
    keys: dict[str, set[object]] = {
        "assessments.Result": {results[0].pk},
        "accounts.Organisation": {results[1].assessment.organisation_id},
        "assessments.QuestionRow": {1},
    }
    forget_files(portfolio.requested_by, {label: keys[label]}, frozenset())
    assert not PortfolioFile.objects.exists()
    assert not default_storage.exists(name)


def test_a_deleted_result_leaves_a_client_without_one(portfolio: PortfolioFile, results: list[Result]) -> None:
    """Should the row ever outlive it: it says less, never something wrong."""
    with deleting(results[0].assessment.organisation_id):
        results[0].assessment.delete()
    document = portfolio_document(portfolio)
    assert (document.told.clients, document.told.with_results) == (3, 1)


def test_the_database_refuses_nonsense(portfolio: PortfolioFile) -> None:
    item = portfolio.items.get(number=1)
    for wrong in (
        {"number": 9, "client": item.client},
        {"number": 1, "client": uuid4()},
        {"number": 0, "client": uuid4()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            PortfolioItem.objects.create(portfolio=portfolio, client_name="X", **wrong)
    for values in ({"format": "odt"}, {"state": ReportState.READY}, {"token": uuid4()}, {"error": "time"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PortfolioFile.objects.filter(pk=portfolio.pk).update(**values)
