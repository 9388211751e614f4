"""What can happen to a report row. The queue's rules, which bundles share, are in reports/queue/lifecycle.py."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accounts.audit import Actor, record
from accounts.branding.brands import brand_at
from accounts.models import AuditKind, Brand, User
from accounts.services.locks import lock_person
from assessments.models import Result
from reports import storage
from reports.consultant_words.frozen import words_to_freeze
from reports.formats.registry import PDF, ReportFormat
from reports.in_advance.queries import makeable_in_advance
from reports.kinds.registry import OWNER, ReportKind
from reports.limits import COSTS_NOTHING, refuse_too_many_reports
from reports.models import Bundle, DataExport, MadeFile, PortfolioFile, Report, ReportState, ReportStep
from reports.queries import ASKED
from reports.queue import lifecycle
from reports.queue.lifecycle import Claim
from reports.queue.notifications import notify_worker
from reports.storage import StoredFile
from reports.taken_on import digest_of, taken_on_now

TEMPLATE_VERSION = 9
"""Raised when the document's content or look changes: a new request then makes a new report."""
FOLDERS: tuple[tuple[type[MadeFile], str], ...] = (
    (Report, storage.REPORTS),
    (Bundle, storage.BUNDLES),
    (DataExport, storage.EXPORTS),
    (PortfolioFile, storage.PORTFOLIOS),
)
"""Where the files of each sort of row are."""
CANCELLED_MEANWHILE = 3
"""So often reports are asked for anew that somebody cancelled in the same moment."""
UNREAD = ("result__outcome", "result__answers")
"""What is large, and not needed to ask for a file."""


@transaction.atomic
def request_report(
    *,
    result: Result,
    requested_by: User,
    language: str,
    now: datetime,
    kind: ReportKind = OWNER,
    report_format: ReportFormat = PDF,
) -> Report:
    """The report of this kind about a result: the one there is, or a new one of which a worker hears after commit.

    Requested by a consultant, it has the brand of the consultancy that gives them access; requested by the client's
    own people, that of the consultancy engaged last. Where its kind says who does what, or has words of consultants,
    these are fixed now. Raises TooManyReports.
    """
    brand = brand_at(result.assessment.organisation, requested_by)
    taken = taken_on_now(result.assessment.organisation_id) if kind.assigned else []
    words = words_to_freeze([result], kind)[result.pk]
    form = report_form(language, brand, kind, report_format, digest_of(taken)) | {"words_digest": digest_of(words)}
    same = Report.objects.filter(result=result, **form)
    if not same.filter(ASKED).exists():
        # It becomes this person's now, who must still be somebody.
        lock_person(requested_by)
        there = same.filter(COSTS_NOTHING).exists()
        refuse_too_many_reports(missing=[] if there else [result], by=requested_by, now=now)
    # Locked, so that one made in advance is not deleted as unused at this moment.
    report, created = Report.objects.select_for_update(of=("self",), no_key=True).get_or_create(
        result=result,
        **form,
        defaults={"taken_on": taken, "words": words, "requested_by": requested_by, "requested_at": now},
    )
    if created or _ask_for_unasked(Report.objects.filter(pk=report.pk), requested_by, now):
        transaction.on_commit(partial(_notify, report.pk, now))
    return report


def report_rows(
    *,
    results: Sequence[Result],
    brand: Brand | None,
    requested_by: User,
    language: str,
    now: datetime,
    kind: ReportKind = OWNER,
    report_format: ReportFormat = PDF,
) -> list[Report]:
    """One for each result, locked, in a fixed number of statements, without who does what. No worker hears of new ones.

    They have the words of consultants, as those of `request_report` have.

    Call it in a transaction: until it ends, none of them can be cancelled. Raises TooManyReports.
    """
    form = report_form(language, brand, kind, report_format)
    words = words_to_freeze(results, kind)
    digests = {result: digest_of(rows) for result, rows in words.items()}
    # More than are wanted, if two clients were told the same; `_missing` and the last lines take their own.
    wanted = Report.objects.filter(result__in=results, words_digest__in=set(digests.values()), **form)
    missing = _missing(results, wanted.filter(COSTS_NOTHING), digests)
    refuse_too_many_reports(missing=missing, by=requested_by, now=now)
    locked = wanted.order_by("pk").select_for_update(of=("self",), no_key=True)
    found: list[Report] = []
    for _again in range(CANCELLED_MEANWHILE):
        new = [
            Report(
                result=result,
                requested_by=requested_by,
                requested_at=now,
                words=words[result.pk],
                words_digest=digests[result.pk],
                **form,
            )
            for result in _missing(results, wanted, digests)
        ]
        Report.objects.bulk_create(new, ignore_conflicts=True)
        rows = locked.select_related("result__assessment__organisation").defer(*UNREAD)
        found = [report for report in rows if report.words_digest == digests[report.result_id]]
        if len(found) == len(results):
            break
    _ask_for_unasked(Report.objects.filter(pk__in=[report.pk for report in found]), requested_by, now)
    return found


def retry_report(*, report: Report, requested_by: User, now: datetime) -> None:
    """Queue a failed report again, with three new attempts. Does nothing to any other."""
    _queue_again(report, ReportState.FAILED, requested_by, now)


def make_again(*, report: Report, requested_by: User | None, now: datetime) -> None:
    """Queue a ready report again because its file is missing from the storage."""
    _queue_again(report, ReportState.READY, requested_by, now)


def record_download(*, report: Report, by: Actor) -> None:
    """Into the client's audit trail."""
    client = report.result.assessment.organisation
    record(
        by=by, kind=AuditKind.REPORT_DOWNLOADED, organisation=client, subject=report.file_name, report=str(report.pk)
    )


def claim(*, report_id: UUID, now: datetime) -> Claim | None:
    """None when there is nothing to do: ready, failed, gone, claimed by another worker, or not its turn in advance."""
    rows = Report.objects.filter(ASKED | makeable_in_advance(now))
    return lifecycle.claim_row(rows=rows, pk=report_id, now=now, step=ReportStep.COLLECTING, begun_at=now)


def record_progress(*, claim: Claim, progress: int, step: ReportStep, now: datetime) -> bool:
    """Show progress and extend the lease. False when the claim is no longer good: stop working."""
    return lifecycle.keep_claim(claim=claim, now=now, progress=progress, step=step)


def finish(*, claim: Claim, stored: StoredFile, pages: int | None, now: datetime) -> bool:
    """Make the stored file the report. False when another worker has taken over: the file is not used."""
    return lifecycle.finish_row(claim=claim, stored=stored, now=now, pages=pages, step=ReportStep.DONE)


def sweep(*, now: datetime) -> int:
    """Notify workers of the longest-waiting reports that none was notified of; give up on those lost three times.

    Any number of sweepers may run at once. Returns the number of messages sent.
    """
    lifecycle.give_up(rows=Report.objects.all(), now=now, step=ReportStep.WAITING)
    return lifecycle.notify_due(rows=Report.objects.all(), notify=notify_worker, now=now)


def notify_next(*, now: datetime) -> int:
    """When one is finished, notify workers of those whose turn has come. The sweeper would, some seconds later."""
    return lifecycle.notify_due(rows=Report.objects.all(), notify=notify_worker, now=now)


def delete_orphan_files(*, now: datetime) -> int:
    """Delete stored files that belong to no row: left by workers that died or came too late, or by
    deleted rows. Returns how many."""
    deleted = 0
    for model, folder in FOLDERS:
        names = list(storage.old_files(folder, now))
        used = set(model._default_manager.filter(file__in=names).values_list("file", flat=True))
        for name in names:
            if name not in used:
                storage.delete_file(name)
                deleted += 1
    return deleted


def _missing(results: Sequence[Result], wanted: QuerySet[Report], digests: Mapping[UUID, str]) -> list[Result]:
    there = set(wanted.values_list("result", "words_digest"))
    return [result for result in results if (result.pk, digests[result.pk]) not in there]


def report_form(
    language: str, brand: Brand | None, kind: ReportKind, report_format: ReportFormat, taken_digest: str = ""
) -> dict[str, Any]:
    """What, besides the result, makes it one report and not another."""
    return {
        "kind": kind.code,
        "format": report_format.code,
        "language": language,
        "template_version": TEMPLATE_VERSION,
        "brand": brand,
        "taken_digest": taken_digest,
    }


def _ask_for_unasked(rows: "QuerySet[Report]", requested_by: User, now: datetime) -> int:
    """Those made in advance are this person's from now on, as if just asked for; what is done of them stays done."""
    return rows.filter(requested_by=None).update(
        requested_by=requested_by, requested_at=now, attempts=0, lost_leases=0, notified_at=None
    )


def _queue_again(report: Report, state: ReportState, requested_by: User | None, now: datetime) -> None:
    rows = Report.objects.filter(pk=report.pk, state=state)
    if lifecycle.requeue(rows=rows, requested_by=requested_by, now=now, pages=None, step=ReportStep.WAITING):
        transaction.on_commit(partial(_notify, report.pk, now))


def _notify(report_id: UUID, now: datetime) -> None:
    lifecycle.notify_once(rows=Report.objects.all(), pk=report_id, notify=notify_worker, now=now)
