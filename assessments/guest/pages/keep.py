"""Where a quick check can be kept: the person's own organisations, and those in which something is under way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from accounts.models import Organisation, User
from accounts.permissions import Capability, Role, can
from assessments.bank.types import Depth
from assessments.guest.access import CheckAccess
from assessments.models import Assessment
from assessments.presentation.quick_check.asked import certain_count
from assessments.queries import open_runs

MOST_TO_CHOOSE = 50


@dataclass(frozen=True, slots=True)
class PlacesToKeep:
    """`busy` organisations have an open assessment, whose key is their `open_run`."""

    free: tuple[Organisation, ...]
    busy: tuple[Organisation, ...]


def sizes_of_depths(access: CheckAccess, today: date) -> Mapping[Depth, int]:
    """How many questions this business is asked at least, at the depths in which a check goes on."""
    depths = (Depth.QUICK, Depth.STANDARD)
    return {depth: certain_count(access.edition, access.given.facts, depth, today) for depth in depths}


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
