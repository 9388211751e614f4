"""The consultants' desk at 1,000 clients, against the same page at 50 and against saving one answer.

One page shows 50 clients either way: the few are shown in the same order, and where the many are filtered through a
filter that all of them pass. All three calls take turns, in every order, with every filter and on the last page.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from itertools import count, cycle
from statistics import median, quantiles
from time import perf_counter, process_time

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import ClientNotes, Engagement, Organisation, User
from assessments.bank.types import Depth
from assessments.models import Answer, Assessment, ClientTag, NewestResult, Result, ResultSummary
from benchmarks.measuring import Figure
from benchmarks.requests import QUESTION, Site
from tests.desk.clients import consultant, many_clients
from tests.factories import ConsultancyFactory
from tests.runs import NOW, answered_run, finished_run

FEW, MANY, ROUNDS, WARM_UP = 50, 1_000, 40, 5
TAGS = ("north", "south", "retail", "food", "urgent")
# As the page opens, and at its most expensive.
WAYS = {
    "by name": "",
    "by name, page 20": "page=20",
    "by last activity": "sort=activity&down=1",
    "by last activity, page 20": "sort=activity&page=20",
    "by next review": "sort=review",
    "by next review, page 20": "sort=review&page=20",
    "by lowest level": "sort=level",
    "by lowest level, page 20": "sort=level&down=1&page=20",
    "by closed gates": "sort=gates&down=1",
    "by closed gates, page 20": "sort=gates&page=20",
    "in progress": "state=open",
    "search": "q=client",
    "closed gates": "gates=1&sort=activity",
    "fell since last time": "fell=1&sort=activity",
    "tag": "tag=north&sort=level",
    "review due": "due=1&sort=activity",
}
# A business that is asked many questions.
BUSY = {
    "country": "fr",
    "people": "to9",
    "setup": "website",
    "ai": "tools",
    "ai_data": "yes",
    "ai_does": "chat",
    "ai_people": "hiring",
}


def figures() -> Iterable[Figure]:
    model = finished_run(levels=1, depth=Depth.FULL, facts=BUSY)
    few, many = (_consultancy(size, model) for size in (FEW, MANY))
    save = _autosave()
    for way, query in WAYS.items():
        pages = {"few": _page(*few, _in_order(query)), "many": _page(*many, query)}
        times, own = _turns({**pages, "save": save})
        yield from _figures(way, times)
        yield Figure(
            f"desk, {way}: processor time without the database's", median(own["many"]) / median(own["few"]), "x"
        )
        yield Figure(f"desk, {way}: statements", _statements(pages["many"]), "SQL", 12)
        yield Figure(f"desk, {way}: HTML", len(pages["many"]().encode()) / 1_000, "kB", 100)


def _in_order(query: str) -> str:
    parts = [part for part in query.split("&") if part]
    order = [part for part in parts if part.startswith(("sort=", "down="))]
    filtered = any(not part.startswith(("sort=", "down=", "page=")) for part in parts)
    return "&".join([*order, *(["state=open"] if filtered else [])])


def _figures(way: str, times: Mapping[str, list[float]]) -> Iterable[Figure]:
    for name, of in (("p50", median), ("p95", _p95)):
        few, many, save = (1_000 * of(times[which]) for which in ("few", "many", "save"))
        yield Figure(f"desk, {way}: {name} at {MANY} clients", many, "ms")
        yield Figure(f"desk, {way}: {name}, times the page at {FEW}", many / few, "x", 1.2)
        yield Figure(f"desk, {way}: {name}, times an autosave of {save:.0f} ms", many / save, "x", 4)


def _consultancy(size: int, model: Result) -> tuple[Organisation, User]:
    consultancy = ConsultancyFactory.create()
    by = consultant(consultancy)
    many_clients(consultancy, size, model, by)
    _tell_apart(consultancy)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return consultancy, by


def _tell_apart(consultancy: Organisation) -> None:
    """Clients differ in what is sorted and filtered by, and every run has tags of its own."""
    engagements = list(Engagement.objects.filter(consultancy=consultancy).order_by("pk"))
    clients = {each.client_id: number for number, each in enumerate(engagements)}
    notes = ClientNotes.objects.bulk_create(
        ClientNotes(
            consultancy=consultancy,
            client_id=each.client_id,
            next_review_on=date(2026, 1, 1) + timedelta(days=7 * number % 900) if number % 3 else None,
        )
        for number, each in enumerate(engagements)
    )
    ClientTag.objects.bulk_create(
        ClientTag(notes=each, name=TAGS[(number + more) % len(TAGS)])
        for number, each in enumerate(notes)
        for more in range(number % 3)
    )
    for summary in ResultSummary.objects.filter(result__assessment__organisation__in=clients).select_related(
        "result__assessment"
    ):
        number = clients[summary.result.assessment.organisation_id]
        since = {"better": number % 9, "worse": number % 3, "gaps_closed": number % 4, "gaps_new": number % 2}
        ResultSummary.objects.filter(pk=summary.pk).update(
            lowest=number * 7 % 41, closed_gates=number % 4, fell=number % 5 == 0, **since
        )
        NewestResult.objects.filter(summary=summary).update(fell=number % 5 == 0)
    for run in Assessment.objects.filter(organisation__in=clients, finished_at=None):
        number = clients[run.organisation_id]
        Assessment.objects.filter(pk=run.pk).update(tags=[*run.tags, f"only-{number}"])
        Answer.objects.filter(assessment=run).update(saved_at=NOW - timedelta(hours=number * 13 % 5_000))


def _page(consultancy: Organisation, by: User, query: str) -> Callable[[], str]:
    site, path = Site(by), f"/consultancies/{consultancy.pk}/"
    return lambda: site(path, query=query)


def _autosave() -> Callable[[], str]:
    run = answered_run(depth=Depth.FULL, facts=BUSY)
    site, levels = Site(run.started_by), cycle(range(5))
    versions = count(run.answers.get(question=QUESTION).version)
    url = f"/assessments/{run.pk}/answers/{QUESTION}/"
    return lambda: site(
        url, {f"{QUESTION}-answer": next(levels), f"{QUESTION}-version": next(versions), f"{QUESTION}-note": "Note"}
    )


def _turns(calls: Mapping[str, Callable[[], object]]) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Seconds of each call and those of this process alone, by name; they take turns."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    own: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(ROUNDS + WARM_UP):
        for name, call in calls.items():
            start, start_own = perf_counter(), process_time()
            call()
            if number >= WARM_UP:
                times[name].append(perf_counter() - start)
                own[name].append(process_time() - start_own)
    return times, own


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def _statements(page: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        page()
    return len(captured)
