"""What can happen to a bundle's row, by the same rules as to a report's."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from accounts.audit import Actor, record_for_all
from accounts.branding.brands import newest_brand
from accounts.models import AuditKind, Organisation, User
from accounts.services.locks import lock_person
from assessments.models import Result
from reports import services
from reports.bundles.limits import refuse_more_bundles
from reports.bundles.queries import complete, outlived_bundles
from reports.formats.registry import PDF, ReportFormat
from reports.kinds.registry import OWNER, ReportKind
from reports.models import Bundle, BundleItem, Report, ReportState
from reports.queries import UNFINISHED
from reports.queue import lifecycle
from reports.queue.lifecycle import Claim
from reports.queue.notifications import notify_worker_of_bundle
from reports.services import report_rows


@transaction.atomic
def request_bundle(
    *,
    consultancy: Organisation,
    results: Sequence[Result],
    requested_by: User,
    language: str,
    now: datetime,
    kind: ReportKind = OWNER,
    report_format: ReportFormat = PDF,
) -> Bundle:
    """A bundle that waits for the reports of these results, one for each client; missing reports are requested.

    The same request by the same person gives the same bundle for as long as it is kept. Raises TooManyBundles, and
    TooManyReports.
    """
    lock_person(requested_by)
    brand = newest_brand(consultancy)
    reports = report_rows(
        results=results,
        brand=brand,
        requested_by=requested_by,
        language=language,
        now=now,
        kind=kind,
        report_format=report_format,
    )
    selection = _digest(reports)
    kept = Bundle.objects.filter(consultancy=consultancy, requested_by=requested_by, selection=selection)
    bundle = kept.exclude(state=ReportState.FAILED).first()
    if bundle is None:
        refuse_more_bundles(consultancy=consultancy, by=requested_by, now=now)
        bundle = Bundle.objects.create(
            consultancy=consultancy, requested_by=requested_by, requested_at=now, selection=selection
        )
        BundleItem.objects.bulk_create(_item(bundle, report) for report in reports)
        transaction.on_commit(partial(_sweep_now, now))
    return bundle


def retry_bundle(*, bundle: Bundle, requested_by: User, now: datetime) -> None:
    """Queue one that failed, or whose file is gone, with three new attempts."""
    rows = Bundle.objects.filter(pk=bundle.pk).exclude(state__in=UNFINISHED)
    if lifecycle.requeue(rows=rows, requested_by=requested_by, now=now):
        transaction.on_commit(partial(_sweep_now, now))


@transaction.atomic
def record_bundle_download(*, bundle: Bundle, by: Actor) -> None:
    """Into the audit trail of every client whose report is inside."""
    inside = bundle.items.filter(report__state=ReportState.READY)
    clients = Organisation.objects.filter(pk__in=inside.values("client"))
    subject = bundle.consultancy.name
    record_for_all(clients, by=by, kind=AuditKind.REPORTS_DOWNLOADED, subject=subject, bundle=str(bundle.pk))


def claim_bundle(*, bundle_id: UUID, now: datetime) -> Claim | None:
    """None if there is nothing to do, or while a report is missing."""
    return lifecycle.claim_row(rows=complete(), pk=bundle_id, now=now)


def sweep_bundles(*, now: datetime) -> int:
    """Notify workers of complete bundles that none was notified of; give up on those lost three times."""
    lifecycle.give_up(rows=Bundle.objects.all(), now=now)
    return lifecycle.notify_due(rows=complete(), notify=notify_worker_of_bundle, now=now)


def delete_outlived_bundles(*, now: datetime) -> int:
    """Those that were kept long enough."""
    return lifecycle.delete_with_files(outlived_bundles(now))


def _digest(reports: Sequence[Report]) -> str:
    return sha256(" ".join(sorted(str(report.pk) for report in reports)).encode()).hexdigest()


def _item(bundle: Bundle, report: Report) -> BundleItem:
    client = report.result.assessment.organisation
    return BundleItem(bundle=bundle, report=report, client=client.pk, client_name=client.name)


def _sweep_now(now: datetime) -> None:
    """Does the sweepers' work now; stops at the first message that the broker does not accept."""
    services.sweep(now=now)
    sweep_bundles(now=now)
