"""A consultancy's clients with where each one stands, as one query that can be searched, filtered and sorted."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower

from accounts.models import Engagement, Organisation
from accounts.queries import active_engagements_of
from assessments.models import Answer, Assessment, AssessmentState, ClientTag, ResultSummary


class ClientStatus(TypedDict):
    """What `clients_of` adds to an engagement: keys of runs, the newest result's headline, when anything last moved."""

    open_run: UUID | None
    finished: UUID | None
    lowest: int | None
    closed_gates: int | None
    last_activity: datetime | None


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    Client = WithAnnotations[Engagement, ClientStatus]
else:
    Client = Engagement


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
    """What a person chose to see of the list; the defaults are everything, by name."""

    search: str = ""
    stage: Stage | None = None
    tag: str = ""
    gates: bool = False
    due_on: date | None = None
    sort: Sort = Sort.NAME
    down: bool = False


def clients_of(consultancy: Organisation) -> QuerySet[Client]:
    """The active engagements, each with its `ClientStatus`.

    A run that ended before the engagement began counts too: the client let the consultancy see it.
    """
    runs = Assessment.objects.filter(organisation=OuterRef("client")).order_by("-started_at")
    is_open = ~Q(state=AssessmentState.FINISHED)
    finished = runs.exclude(is_open).order_by("-finished_at", "-started_at")
    summary = ResultSummary.objects.filter(result__assessment=OuterRef("finished"))
    saved = Answer.objects.filter(assessment=OuterRef("open_run")).order_by("-saved_at")
    return (
        active_engagements_of(consultancy)
        .annotate(
            open_run=Subquery(runs.filter(is_open).values("pk")[:1]),
            finished=Subquery(finished.values("pk")[:1]),
        )
        .annotate(
            lowest=Subquery(summary.values("lowest")[:1]),
            closed_gates=Subquery(summary.values("closed_gates")[:1]),
            last_activity=Coalesce(
                Subquery(saved.values("saved_at")[:1]),
                Subquery(runs.filter(is_open).values("started_at")[:1]),
                Subquery(finished.values("finished_at")[:1]),
            ),
        )
    )


def filter_clients(clients: QuerySet[Client], wanted: DeskFilter) -> QuerySet[Client]:
    """Only what is wanted, in the wanted order; clients without a value come last either way."""
    if wanted.search:
        clients = clients.filter(client__name__icontains=wanted.search)
    if wanted.stage is Stage.OPEN:
        clients = clients.filter(open_run__isnull=False)
    elif wanted.stage is Stage.FINISHED:
        clients = clients.filter(open_run__isnull=True, finished__isnull=False)
    elif wanted.stage is Stage.NONE:
        clients = clients.filter(open_run__isnull=True, finished__isnull=True)
    if wanted.tag:
        clients = clients.filter(Exists(ClientTag.objects.filter(engagement=OuterRef("pk"), name=wanted.tag)))
    if wanted.gates:
        clients = clients.filter(closed_gates__gt=0)
    if wanted.due_on:
        clients = clients.filter(next_review_on__lte=wanted.due_on)
    return _sorted(clients, wanted)


def client_tags(consultancy: Organisation) -> QuerySet[ClientTag, tuple[str, int]]:
    """Every tag in use with the number of clients that have it."""
    used = ClientTag.objects.filter(engagement__in=active_engagements_of(consultancy).order_by())
    return used.order_by("name").values_list("name").annotate(clients=Count("pk"))


def tags_at(engagement: Engagement) -> QuerySet[ClientTag, str]:
    return ClientTag.objects.filter(engagement=engagement).order_by("name").values_list("name", flat=True)


def _sorted(clients: QuerySet[Client], wanted: DeskFilter) -> QuerySet[Client]:
    by_name = Lower("client__name")
    orders: dict[Sort, F | Lower] = {
        Sort.NAME: by_name,
        Sort.LEVEL: F("lowest"),
        Sort.GATES: F("closed_gates"),
        Sort.ACTIVITY: F("last_activity"),
        Sort.REVIEW: F("next_review_on"),
    }
    by = orders[wanted.sort]
    first = by.desc(nulls_last=True) if wanted.down else by.asc(nulls_last=True)
    return clients.order_by(first, by_name, "pk")
