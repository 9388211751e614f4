"""Who answers which domain."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import User
from assessments.errors import must_be_open
from assessments.models import Assessment, Assignment


@transaction.atomic
def assign_domains(
    *, assessment: Assessment, chosen: Mapping[str, User | None], assigned_by: User, now: datetime
) -> dict[User, list[str]]:
    """Assign each domain to its person in `chosen`, or to nobody; any earlier assignment of it ends.

    Returns the domains newly assigned to each person. Raises AssessmentFinished.
    """
    must_be_open(assessment)
    before = dict(Assignment.objects.filter(assessment=assessment).values_list("domain", "assignee"))
    new: dict[User, list[str]] = {}
    for domain, person in chosen.items():
        if person is None:
            Assignment.objects.filter(assessment=assessment, domain=domain).delete()
        elif before.get(domain) != person.pk:
            Assignment.objects.update_or_create(
                assessment=assessment,
                domain=domain,
                defaults={"assignee": person, "assigned_by": assigned_by, "assigned_at": now},
            )
            new.setdefault(person, []).append(domain)
    return new


def carry_assignments(*, finished: Assessment, run: Assessment) -> None:
    """Assign the domains of the new run to the same people."""
    Assignment.objects.bulk_create(
        Assignment(
            assessment=run,
            domain=row.domain,
            assignee_id=row.assignee_id,
            assigned_by_id=row.assigned_by_id,
            assigned_at=row.assigned_at,
        )
        for row in finished.assignments.order_by("pk")
    )
