"""All clients in one table: what is read for one page of it, however many clients there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organisation
from assessments.bank.types import Edition
from assessments.desk.queries import Client, DeskFilter, clients_of, filter_clients
from assessments.editions.stored import UNREAD, edition_of
from assessments.models import Answer, Assessment, AssessmentState, ClientTag, ResultSummary
from assessments.queries import run_of, scored_answers
from assessments.results.summaries import ranges_of
from assessments.scoring.progress import progress
from assessments.scoring.types import Figure

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class PillarLevel:
    """ "Privacy: Basics 2.4 to 3.1" """

    code: str
    pillar: str
    name: str
    low: Figure
    high: Figure

    @property
    def is_range(self) -> bool:
        return self.low != self.high


@dataclass(frozen=True, slots=True)
class OpenRun:
    """A run under way: answered of asked; both 0 while its scope is not settled."""

    url: str
    asked: int
    answered: int


@dataclass(frozen=True, slots=True)
class FinishedRun:
    """The newest finished run. No levels: nothing was counted in it."""

    url: str
    at: datetime | None
    edition: str
    levels: tuple[PillarLevel, ...]
    closed_gates: int


@dataclass(frozen=True, slots=True)
class ClientLine:
    client: Organisation
    state: str
    open: OpenRun | None
    finished: FinishedRun | None
    last_activity: datetime | None
    next_review_on: date | None
    review_due: bool
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Portfolio:
    lines: tuple[ClientLine, ...]
    page: Page[Client]
    shown: int
    all: int


def portfolio(consultancy: Organisation, wanted: DeskFilter, *, page: str, today: date) -> Portfolio:
    clients = clients_of(consultancy)
    wanted_clients = filter_clients(clients, wanted)
    paginator: Paginator[Client] = Paginator(wanted_clients, PER_PAGE)
    current = paginator.get_page(page)
    return Portfolio(
        lines=client_lines(list(current.object_list), today),
        page=current,
        shown=paginator.count,
        all=clients.count() if wanted != DeskFilter(sort=wanted.sort, down=wanted.down) else paginator.count,
    )


def client_lines(engagements: Sequence[Client], today: date) -> tuple[ClientLine, ...]:
    """Five queries for any number of clients: runs, answers, results' summaries, tags, and the editions once."""
    keys = [(each.open_run, each.finished) for each in engagements]
    runs = _runs(key for each in keys for key in each if key)
    answers = _answers(key for key, _finished in keys if key in runs and runs[key].depth)
    summaries = {
        summary.result.assessment_id: summary
        for summary in ResultSummary.objects.filter(
            result__assessment__in=[finished for _open, finished in keys if finished]
        )
        .select_related("result")
        .defer("result__outcome", "result__answers")
    }
    tags = _tags(engagements)
    return tuple(
        _line(each, runs.get(open_key), runs.get(finished_key), answers, summaries, tags[each.pk], today)
        for each, (open_key, finished_key) in zip(engagements, keys, strict=True)
    )


def _line(
    engagement: Client,
    open_run: Assessment | None,
    finished: Assessment | None,
    answers: dict[UUID, list[Any]],
    summaries: dict[UUID, ResultSummary],
    tags: tuple[str, ...],
    today: date,
) -> ClientLine:
    due = engagement.next_review_on
    return ClientLine(
        client=engagement.client,
        state=_state(open_run, finished),
        open=_open(open_run, answers[open_run.pk]) if open_run else None,
        finished=_finished(finished, summaries.get(finished.pk)) if finished else None,
        last_activity=engagement.last_activity,
        next_review_on=due,
        review_due=due is not None and due <= today,
        tags=tags,
    )


def _runs(keys: Iterable[UUID]) -> dict[Any, Assessment]:
    rows = Assessment.objects.filter(pk__in=set(keys)).select_related("edition").defer("facts", *UNREAD)
    return {run.pk: run for run in rows}


def _answers(runs: Iterable[UUID | None]) -> dict[UUID, list[Any]]:
    columns = ("assessment_id", "question", "kind", "level", "reason", "evidence", "given_under_id")
    by_run: dict[UUID, list[Any]] = defaultdict(list)
    for row in Answer.objects.filter(assessment__in=set(runs)).order_by().values_list(*columns, named=True):
        by_run[row.assessment_id].append(row)
    return by_run


def _tags(engagements: Sequence[Client]) -> dict[int, tuple[str, ...]]:
    rows: QuerySet[ClientTag] = ClientTag.objects.filter(engagement__in=[each.pk for each in engagements])
    by_engagement: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for tag in rows.order_by("name"):
        by_engagement[tag.engagement_id] += (tag.name,)
    return by_engagement


def _state(open_run: Assessment | None, finished: Assessment | None) -> str:
    if open_run is None:
        return _("FinishedRun") if finished else _("No assessment yet")
    return _("Facts first") if open_run.state == AssessmentState.SCOPING else _("In progress")


def _open(run: Assessment, rows: list[Any]) -> OpenRun:
    url = reverse("assessment", args=[run.pk])
    if run.state == AssessmentState.SCOPING:
        return OpenRun(url, 0, 0)
    found = progress(edition_of(run.edition), run_of(run), scored_answers(rows))
    return OpenRun(url, found.asked, found.answered)


def _finished(run: Assessment, summary: ResultSummary | None) -> FinishedRun:
    edition = edition_of(run.edition)
    return FinishedRun(
        url=reverse("result", args=[run.pk]),
        at=run.finished_at,
        edition=run.edition.code,
        levels=_levels(edition, summary) if summary else (),
        closed_gates=summary.closed_gates if summary else 0,
    )


def _levels(edition: Edition, summary: ResultSummary) -> tuple[PillarLevel, ...]:
    ranges = ranges_of(summary)
    return tuple(
        PillarLevel(pillar.code, pillar.name, edition.labels[ranges[pillar.code][0].label].name, *ranges[pillar.code])
        for pillar in edition.pillars
        if pillar.code in ranges
    )
