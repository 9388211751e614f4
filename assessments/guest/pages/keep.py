"""Where a quick check can be kept: the person's own organisations, and those in which something is under way."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from accounts.models import Organisation, User
from accounts.permissions import Capability, Role, can
from assessments.models import Assessment
from assessments.queries import open_runs

MOST_TO_CHOOSE = 50


@dataclass(frozen=True, slots=True)
class PlacesToKeep:
    """`busy` organisations have an open assessment, whose key is their `open_run`."""

    free: tuple[Organisation, ...]
    busy: tuple[Organisation, ...]


def places_to_keep(person: User) -> PlacesToKeep:
    """By name; only where the person may begin an assessment."""
    roles = [role for role in Role if can(role, Capability.EDIT_SCOPE)]
    opened = open_runs(Assessment.objects.filter(organisation=OuterRef("pk"))).order_by().values("pk")[:1]
    own = Organisation.objects.filter(
        memberships__user=person, memberships__role__in=roles, deletion_due_at=None
    ).annotate(open_run=Subquery(opened))
    found = tuple(own.order_by("name", "pk")[:MOST_TO_CHOOSE])
    return PlacesToKeep(
        free=tuple(each for each in found if not each.open_run),
        busy=tuple(each for each in found if each.open_run),
    )
