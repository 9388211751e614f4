"""What consultants do for several clients at once. No request here; each function is one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.models import Engagement, Level, Organisation, User
from accounts.permissions import Capability, can
from assessments.models import Assessment, AssessmentState, ClientTag
from assessments.services.runs import start_assessment


@dataclass(frozen=True, slots=True)
class Started:
    """Clients by what happened to each."""

    started: tuple[Organisation, ...]
    already: tuple[Organisation, ...]
    not_allowed: tuple[Organisation, ...]


@transaction.atomic
def keep_notes(*, engagement: Engagement, tags: Sequence[str], next_review_on: date | None) -> None:
    Engagement.objects.filter(pk=engagement.pk).update(next_review_on=next_review_on)
    ClientTag.objects.filter(engagement=engagement).exclude(name__in=tags).delete()
    ClientTag.objects.bulk_create((ClientTag(engagement=engagement, name=tag) for tag in tags), ignore_conflicts=True)


@transaction.atomic
def start_for(*, engagements: Iterable[Engagement], by: User) -> Started:
    """A run for each client that lets us answer and has none open."""
    started, already, not_allowed = [], [], []
    for engagement in engagements:
        client = engagement.client
        if not can(Level(engagement.level), Capability.EDIT_SCOPE):
            not_allowed.append(client)
        elif _has_open_run(client):
            already.append(client)
        else:
            start_assessment(organisation=client, started_by=by)
            started.append(client)
    return Started(tuple(started), tuple(already), tuple(not_allowed))


def _has_open_run(client: Organisation) -> bool:
    return Assessment.objects.filter(organisation=client).exclude(state=AssessmentState.SUBMITTED).exists()
