from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import Organisation
from accounts.people_data.own_terms import outlived
from accounts.permissions import Capability
from accounts.queries import Person, standing_on, with_standing
from assessments.models import Result
from reports.models import Bundle, BundleItem, ReportState
from reports.queries import UNFINISHED


@dataclass(frozen=True, slots=True)
class BundleCounts:
    """How many reports a bundle has, how many of them are no longer waited for, and how many there will not be."""

    reports: int
    settled: int
    missing: int


def complete() -> QuerySet[Bundle]:
    """Those with no report to wait for: each is ready, failed for good, or deleted."""
    missing = BundleItem.objects.filter(bundle=OuterRef("pk"), report__state__in=UNFINISHED)
    return Bundle.objects.filter(~Exists(missing))


def outlived_bundles(now: datetime) -> QuerySet[Bundle]:
    """Those whose time is over, by the terms of the consultancy or of the installation."""
    return Bundle.objects.filter(outlived("downloads", now, since="requested_at", organisation="consultancy"))


def kept_at(consultancy: Organisation) -> QuerySet[Bundle]:
    """Newest first, each with `reports`, the number of them."""
    rows = Bundle.objects.filter(consultancy=consultancy).select_related("requested_by")
    return rows.annotate(reports=Count("items")).order_by("-requested_at")


def counts_of(bundle: Bundle) -> BundleCounts:
    counted = BundleItem.objects.filter(bundle=bundle).aggregate(
        reports=Count("pk"),
        waiting=Count("pk", filter=Q(report__state__in=UNFINISHED)),
        missing=Count("pk", filter=Q(report__isnull=True) | Q(report__state=ReportState.FAILED)),
    )
    return BundleCounts(counted["reports"], counted["reports"] - counted["waiting"], counted["missing"])


def newest_results(clients: Iterable[UUID]) -> dict[UUID, Result]:
    """By client; those who have finished nothing are missing. Without what was scored and answered."""
    rows = (
        Result.objects.filter(assessment__organisation__in=clients)
        .select_related("assessment__organisation")
        .defer("outcome", "answers")
        .order_by("finished_at")
    )
    return {row.assessment.organisation_id: row for row in rows}


def allowed_among(person: Person, clients: Iterable[UUID], capability: Capability) -> set[UUID]:
    """Of these organisations, those at which the person may do this now."""
    rows = with_standing(Organisation.objects.filter(pk__in=clients), person, "pk")
    return {row.pk for row in rows if standing_on(row, row).can(capability)}
