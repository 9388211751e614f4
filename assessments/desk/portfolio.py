"""All clients in one table: only one page of it is read, however many clients there are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Max
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import Engagement, Organisation
from accounts.paging import ListPage, list_page
from accounts.queries import active_engagements_of
from assessments.bank.types import Depth, Edition
from assessments.desk.answered import ANSWERED, LEFT_OUT, JoinedCodes, answered_of_asked
from assessments.desk.queries import DeskFilter, NotesAbout, filter_clients, notes_about
from assessments.editions.stored import edition_of
from assessments.models import Answer, Assessment, AssessmentState, EditionRow, NewestResult
from assessments.queries import open_runs
from assessments.results.summaries import Range, ranges_in
from assessments.scoring.types import Figure
from assessments.wording.over_time.since import Moves, moves_since_text

Values = Mapping[str, Any]
"""Some columns of a row by name."""


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
    """A run in progress. `at` is its last activity; `asked` and `answered` are 0 until its depth is chosen."""

    run: UUID
    at: datetime
    scoping: bool
    asked: int
    answered: int


@dataclass(frozen=True, slots=True)
class FinishedRun:
    """The newest finished run. `levels` is empty where nothing was counted in it, `since` None for a first result."""

    run: UUID
    at: datetime
    edition: str
    levels: tuple[PillarLevel, ...]
    closed_gates: int
    since: Moves | None
    fell: bool

    @property
    def since_words(self) -> str:
        """Empty for a first result."""
        return moves_since_text(self.since) if self.since else ""


@dataclass(frozen=True, slots=True)
class ClientLine:
    """Plain values only: equal lines have equal HTML."""

    engagement: int
    key: UUID
    name: str
    state: str
    open: OpenRun | None
    finished: FinishedRun | None
    last_activity: datetime | None
    next_review_on: date | None
    review_due: bool
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Portfolio:
    """`page` lists the clients that match the filter, `all` counts every client."""

    lines: tuple[ClientLine, ...]
    page: ListPage[Engagement]
    all: int


def portfolio(consultancy: Organisation, wanted: DeskFilter, *, query: QueryDict, today: date) -> Portfolio:
    page = list_page(filter_clients(consultancy, wanted), query)
    everybody = wanted == DeskFilter(sort=wanted.sort, down=wanted.down)
    return Portfolio(
        lines=client_lines(page.rows, today),
        page=page,
        all=page.count if everybody else active_engagements_of(consultancy).count(),
    )


def client_lines(engagements: Sequence[Engagement], today: date) -> tuple[ClientLine, ...]:
    """Five queries for any number of clients: open runs, their answers, newest results, notes, and the editions."""
    clients = [each.client_id for each in engagements]
    runs, finished = _open_runs(clients), _finished(clients)
    saved = _saved([run["pk"] for run in runs.values()])
    editions = _editions({row["edition"] for row in (*runs.values(), *finished.values())})
    notes, words = notes_about(engagements), _state_words()
    return tuple(
        _line(
            each,
            _open(runs[each.client_id], saved, editions) if each.client_id in runs else None,
            _done(finished[each.client_id], editions) if each.client_id in finished else None,
            notes.get(each.client_id, NotesAbout()),
            words,
            today,
        )
        for each in engagements
    )


def _line(
    engagement: Engagement,
    open_run: OpenRun | None,
    finished: FinishedRun | None,
    notes: NotesAbout,
    words: Mapping[str, str],
    today: date,
) -> ClientLine:
    due, newest = notes.next_review_on, open_run or finished
    return ClientLine(
        engagement=engagement.pk,
        key=engagement.client_id,
        name=engagement.client.name,
        state=words[_state(open_run, finished)],
        open=open_run,
        finished=finished,
        last_activity=newest.at if newest else None,
        next_review_on=due,
        review_due=due is not None and due <= today,
        tags=notes.tags,
    )


def _open_runs(clients: Sequence[UUID]) -> dict[UUID, Values]:
    """By client, which has one open run at most."""
    rows = open_runs(Assessment.objects.filter(organisation__in=clients)).order_by()
    return {
        row["organisation"]: row
        for row in rows.values("pk", "organisation", "edition", "state", "depth", "tags", "started_at")
    }


def _saved(runs: Sequence[UUID]) -> dict[UUID, Values]:
    """By run: the questions answered and left out, as `JoinedCodes`, and when an answer was last saved."""
    rows = Answer.objects.filter(assessment__in=runs).order_by().values("assessment")
    counted = rows.annotate(
        answered=JoinedCodes("question", filter=ANSWERED),
        left_out=JoinedCodes("question", filter=LEFT_OUT),
        last=Max("saved_at"),
    )
    return {row["assessment"]: row for row in counted}


def _finished(clients: Sequence[UUID]) -> dict[UUID, Values]:
    """By client: headline and run of the newest result."""
    run = "summary__result__assessment"
    rows = NewestResult.objects.filter(organisation__in=clients).values(
        "organisation",
        "closed_gates",
        "fell",
        "finished_at",
        figures=F("summary__figures"),
        better=F("summary__better"),
        worse=F("summary__worse"),
        gaps_closed=F("summary__gaps_closed"),
        gaps_new=F("summary__gaps_new"),
        run=F(run),
        edition=F(f"{run}__edition"),
    )
    return {row["organisation"]: row for row in rows}


def _editions(keys: Iterable[int]) -> dict[int, Edition]:
    rows = EditionRow.objects.filter(pk__in=set(keys)).only("code", "status", "published_at")
    return {row.pk: edition_of(row) for row in rows}


def _state_words() -> dict[str, str]:
    """The states by name, translated once per page."""
    return {
        "": _("No assessment yet"),
        AssessmentState.SCOPING: _("Scope"),
        AssessmentState.ANSWERING: _("In progress"),
        AssessmentState.FINISHED: _("Finished"),
    }


def _state(open_run: OpenRun | None, finished: FinishedRun | None) -> str:
    if open_run is None:
        return AssessmentState.FINISHED if finished else ""
    return AssessmentState.SCOPING if open_run.scoping else AssessmentState.ANSWERING


def _open(run: Values, saved: Mapping[UUID, Values], editions: Mapping[int, Edition]) -> OpenRun:
    answers = saved.get(run["pk"], {})
    at = answers.get("last") or run["started_at"]
    if run["state"] == AssessmentState.SCOPING:
        return OpenRun(run["pk"], at, scoping=True, asked=0, answered=0)
    answered, asked = answered_of_asked(
        editions[run["edition"]],
        Depth(run["depth"]),
        frozenset(run["tags"]),
        answered=answers.get("answered") or "",
        left_out=answers.get("left_out") or "",
    )
    return OpenRun(run["pk"], at, scoping=False, asked=asked, answered=answered)


def _done(newest: Values, editions: Mapping[int, Edition]) -> FinishedRun:
    edition = editions[newest["edition"]]
    return FinishedRun(
        run=newest["run"],
        at=newest["finished_at"],
        edition=edition.id,
        levels=_levels(edition, ranges_in(newest["figures"])),
        closed_gates=newest["closed_gates"],
        since=_since(newest),
        fell=newest["fell"],
    )


def _since(newest: Values) -> Moves | None:
    if newest["better"] is None:
        return None
    return Moves(newest["better"], newest["worse"], newest["gaps_closed"], newest["gaps_new"])


def _levels(edition: Edition, ranges: Mapping[str, Range]) -> tuple[PillarLevel, ...]:
    return tuple(
        PillarLevel(pillar.code, pillar.name, edition.labels[ranges[pillar.code][0].label].name, *ranges[pillar.code])
        for pillar in edition.pillars
        if pillar.code in ranges
    )
