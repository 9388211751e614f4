"""A consultancy's clients with where each one stands, as one query that can be searched, filtered and sorted."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Case, Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Lower

from accounts.models import ClientNotes, Engagement, Organisation
from accounts.queries import active_engagements_of
from assessments.models import Answer, AssessmentState, ClientTag

MOST_TAGS_OFFERED = 100
NEWEST = "client__newest_result"


class Stage(StrEnum):
    """Where a client's work stands: its open assessment if there is one, else its newest finished one."""

    NONE = "none"
    OPEN = "open"
    FINISHED = "finished"


class Sort(StrEnum):
    NAME = "name"
    LEVEL = "level"
    GATES = "gates"
    ACTIVITY = "activity"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class DeskFilter:
    """Which clients to list, and in what order; by default all of them, by name."""

    search: str = ""
    stage: Stage | None = None
    tag: str = ""
    gates: bool = False
    fell: bool = False
    due_on: date | None = None
    sort: Sort = Sort.NAME
    down: bool = False


def filter_clients(consultancy: Organisation, wanted: DeskFilter) -> QuerySet[Engagement]:
    """The active engagements that match, in the requested order; clients without a value come last in both directions.

    Only what the clients are filtered and sorted by is read; `client_lines` reads what a page shows of them. A run that
    ended before the engagement began counts too: the client let the consultancy see it.
    """
    open_run = FilteredRelation(
        "client__assessments", condition=~Q(client__assessments__state=AssessmentState.FINISHED)
    )
    notes = FilteredRelation(
        "client__notes_of_consultancies", condition=Q(client__notes_of_consultancies__consultancy=consultancy)
    )
    clients = active_engagements_of(consultancy).alias(open_run=open_run, notes=notes)
    if wanted.search:
        clients = clients.filter(client__name__icontains=wanted.search)
    if wanted.stage:
        clients = clients.filter(_AT_STAGE[wanted.stage])
    if wanted.tag:
        clients = clients.filter(Exists(ClientTag.objects.filter(notes=OuterRef("notes__pk"), name=wanted.tag)))
    if wanted.gates:
        clients = clients.filter(**{f"{NEWEST}__closed_gates__gt": 0})
    if wanted.fell:
        clients = clients.filter(**{f"{NEWEST}__fell": True})
    if wanted.due_on:
        clients = clients.filter(notes__next_review_on__lte=wanted.due_on)
    return _sorted(clients, wanted)


_AT_STAGE = {
    Stage.OPEN: Q(open_run__isnull=False),
    Stage.FINISHED: Q(open_run__isnull=True, client__newest_result__isnull=False),
    Stage.NONE: Q(open_run__isnull=True, client__newest_result__isnull=True),
}


def client_tags(consultancy: Organisation, wanted: str = "") -> list[tuple[str, int]]:
    """The most used tags with their number of clients, by name. `wanted` is always among them if it is in use."""
    clients = active_engagements_of(consultancy).order_by().values("client")
    used = ClientTag.objects.filter(notes__consultancy=consultancy, notes__client__in=clients)
    counted = used.order_by().values_list("name").annotate(clients=Count("pk"))
    most = counted.order_by("-clients", "name")
    if wanted:
        most = counted.order_by(Case(When(name=wanted.replace("\0", ""), then=0), default=1), "-clients", "name")
    return sorted(most[:MOST_TAGS_OFFERED])


@dataclass(frozen=True, slots=True)
class NotesAbout:
    """What a consultancy has noted about a client."""

    next_review_on: date | None = None
    tags: tuple[str, ...] = ()


def notes_about(engagements: Iterable[Engagement]) -> dict[UUID, NotesAbout]:
    """By client, in one query; clients without notes are left out. All engagements are of one consultancy."""
    found = list(engagements)
    rows = ClientNotes.objects.filter(
        consultancy__in={each.consultancy_id for each in found}, client__in=[each.client_id for each in found]
    )
    notes: dict[UUID, NotesAbout] = {}
    for client, day, tag in rows.order_by("tags__name").values_list("client", "next_review_on", "tags__name"):
        before = notes.get(client, NotesAbout(day))
        notes[client] = replace(before, tags=(*before.tags, tag)) if tag else before
    return notes


def _sorted(clients: QuerySet[Engagement], wanted: DeskFilter) -> QuerySet[Engagement]:
    by_name = Lower("client__name")
    orders: dict[Sort, F | Lower | Coalesce] = {
        Sort.NAME: by_name,
        Sort.LEVEL: F(f"{NEWEST}__lowest"),
        Sort.GATES: F(f"{NEWEST}__closed_gates"),
        Sort.ACTIVITY: _last_activity(),
        Sort.REVIEW: F("notes__next_review_on"),
    }
    by = orders[wanted.sort]
    first = by.desc(nulls_last=True) if wanted.down else by.asc(nulls_last=True)
    return clients.order_by(first, by_name, "pk")


def _last_activity() -> Coalesce:
    """As `client_lines` shows it: the open run's last answer or its start, else when the newest was finished."""
    saved = Answer.objects.filter(assessment=OuterRef("open_run__pk")).order_by("-saved_at")
    return Coalesce(
        Subquery(saved.values("saved_at")[:1]),
        F("open_run__started_at"),
        F(f"{NEWEST}__finished_at"),
    )
