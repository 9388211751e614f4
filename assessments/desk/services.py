"""What consultants do for several clients at once. Each function is one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from accounts.audit import Actor, record, record_for_all
from accounts.models import AccessLevel, AuditKind, ClientNotes, Engagement, Organisation, User
from accounts.permissions import Capability, can
from accounts.services.locks import lock_organisations, require_capability
from assessments.models import Assessment, ClientTag
from assessments.queries import open_runs
from assessments.services.runs import start_assessment


@dataclass(frozen=True, slots=True)
class StartedRuns:
    """Clients by what happened to each."""

    started: tuple[Organisation, ...]
    already: tuple[Organisation, ...]
    not_allowed: tuple[Organisation, ...]


@transaction.atomic
def keep_notes(*, engagement: Engagement, tags: Sequence[str], next_review_on: date | None) -> None:
    """They stay if access ends, and are there again if it is given again."""
    notes, _made = ClientNotes.objects.update_or_create(
        consultancy_id=engagement.consultancy_id,
        client_id=engagement.client_id,
        defaults={"next_review_on": next_review_on},
    )
    ClientTag.objects.filter(notes=notes).exclude(name__in=tags).delete()
    ClientTag.objects.bulk_create((ClientTag(notes=notes, name=tag) for tag in tags), ignore_conflicts=True)


@transaction.atomic
def start_assessments(*, engagements: Iterable[Engagement], by: User) -> StartedRuns:
    """Start a run for each client that lets the consultancy answer and has no open run."""
    started, already, not_allowed = [], [], []
    for engagement in _as_they_are(engagements, by):
        client = engagement.client
        if not can(AccessLevel(engagement.level), Capability.EDIT_SCOPE):
            not_allowed.append(client)
        elif _has_open_run(client):
            already.append(client)
        else:
            start_assessment(organisation=client, started_by=by)
            started.append(client)
    return StartedRuns(tuple(started), tuple(already), tuple(not_allowed))


@transaction.atomic
def record_export(*, consultancy: Organisation, clients: Sequence[Organisation], kind: str, by: Actor) -> None:
    """In the audit trail of the consultancy, and of every client whose scores were exported."""
    record(by=by, kind=AuditKind.SCORES_EXPORTED, organisation=consultancy, subject=kind)
    record_for_all(clients, by=by, kind=AuditKind.SCORES_EXPORTED, subject=consultancy.name, file=kind)


def _as_they_are(engagements: Iterable[Engagement], by: User) -> QuerySet[Engagement]:
    """Locked until the transaction ends; engagements that have ended since they were read are left out.

    PermissionDenied for who may no longer look after clients of the consultancy.
    """
    read = list(engagements)
    keys = [each.pk for each in read]
    consultancies = lock_organisations({each.consultancy_id for each in read}, by)
    for pk in consultancies:
        require_capability(Actor(by), pk, Capability.LOOK_AFTER_CLIENTS)
    return (
        Engagement.objects.select_for_update(of=("self",))
        .select_related("client")
        .filter(pk__in=keys, ended_at__isnull=True)
        .order_by("client__name", "pk")
    )


def _has_open_run(client: Organisation) -> bool:
    return open_runs(Assessment.objects.filter(organisation=client)).exists()
