"""The consultants' desk at 1,000 clients, against the same page at 50: one page of it shows 50 either way."""

from collections.abc import Callable, Iterable
from statistics import quantiles
from time import perf_counter

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation, User
from assessments.models import Result
from benchmarks.measuring import Figure
from benchmarks.requests import Site
from tests.desk.clients import consultant, many_clients
from tests.factories import ConsultancyFactory
from tests.runs import finished_run

FEW, MANY, ROUNDS = 50, 1_000, 60
# As the page is opened, and as it is most work: in the order of what moved last.
WAYS = {
    "by name": "",
    "by last activity": "?sort=activity&down=1",
    "search": "?q=client+00",
    "closed gates": "?gates=1",
}


def figures() -> Iterable[Figure]:
    model = finished_run(levels=1)
    few, many = (_consultancy(size, model) for size in (FEW, MANY))
    for way, query in WAYS.items():
        pages = {size: _page(desk, by, query) for size, (desk, by) in ((FEW, few), (MANY, many))}
        p95 = {size: _p95(page) for size, page in pages.items()}
        yield Figure(f"desk at {MANY} clients, {way}: p95", p95[MANY], "ms")
        yield Figure(f"desk at {MANY} clients, {way}: p95 against {FEW} clients", p95[MANY] / p95[FEW], "x", 3)
        yield Figure(f"desk at {MANY} clients, {way}: statements", _statements(pages[MANY]), "SQL", 14)


def _consultancy(size: int, model: Result) -> tuple[Organisation, User]:
    consultancy = ConsultancyFactory.create()
    by = consultant(consultancy)
    many_clients(consultancy, size, model, by)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return consultancy, by


def _page(consultancy: Organisation, by: User, query: str) -> Callable[[], str]:
    site, path = Site(by), f"/consultancies/{consultancy.pk}/"
    return lambda: site(path, query=query.removeprefix("?"))


def _p95(page: Callable[[], object]) -> float:
    times = []
    for number in range(ROUNDS + 5):
        start = perf_counter()
        page()
        if number >= 5:
            times.append(perf_counter() - start)
    return 1_000 * quantiles(times, n=20)[-1]


def _statements(page: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        page()
    return len(captured)
