"""One attempt at one bundle: reports into a ZIP, one after another, never more than a piece of one in memory."""

import shutil
from collections.abc import Iterator
from typing import IO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.utils import timezone

from assessments.editions import stored
from reports import services, storage
from reports.bundles.index import Line, index_of, line_of
from reports.bundles.limits import delete_bundles_beyond_room
from reports.document import file_name
from reports.models import Bundle, BundleItem, Report, ReportState
from reports.queue import lifecycle
from reports.queue.lifecycle import Claim
from reports.storage import StoredFile
from reports.worker.attempts import ClaimLost, NotStored, one_attempt

CHUNK_BYTES = 256 * 1024
ROWS_AT_ONCE = 20
INDEX = "index.csv"
ZIP_SUFFIX = ".zip"
_RESULT = ("outcome", "answers", "assessment__facts", *(f"assessment__{column}" for column in stored.UNREAD))
UNREAD = tuple(f"report__result__{column}" for column in _RESULT)
"""Columns that the list inside does not need: most of the data."""


class ArchiveNames:
    """Names inside the ZIP, unique even where case is ignored."""

    def __init__(self) -> None:
        self._taken = {INDEX.casefold()}

    def new(self, client: str, what: str, date: str, suffix: str) -> str:
        name, number = file_name(client, what, date, suffix), 1
        stem = name.removesuffix(suffix)
        while name.casefold() in self._taken:
            number += 1
            name = f"{stem}-{number}{suffix}"
        self._taken.add(name.casefold())
        return name


def assemble_bundle(claim: Claim) -> None:
    """Finish the bundle, or record why not."""
    with one_attempt(claim):
        _assemble(claim)


def _assemble(claim: Claim) -> None:
    bundle = Bundle.objects.select_related("consultancy").get(pk=claim.pk)
    with storage.scratch_file(storage.BUNDLES) as file:
        with ZipFile(file, "w", ZIP_STORED) as archive:
            archive.writestr(INDEX, index_of(list(_packed(archive, bundle, claim))))
        _show(claim, 95)
        stored = _store(file, bundle, claim)
    if not lifecycle.finish_row(claim=claim, stored=stored, now=timezone.now()):
        storage.delete_file(stored.name)
        raise ClaimLost
    delete_bundles_beyond_room(consultancy=bundle.consultancy)


def _packed(archive: ZipFile, bundle: Bundle, claim: Claim) -> Iterator[Line]:
    """Adds every report, and yields the line of each client."""
    names = ArchiveNames()
    items = bundle.items.select_related("report__result__assessment__edition", "report__result__summary").defer(*UNREAD)
    count = items.count()
    for place, item in enumerate(items.iterator(chunk_size=ROWS_AT_ONCE)):
        yield line_of(item, _pack(archive, item, names))
        _show(claim, 90 * (place + 1) // count)


def _pack(archive: ZipFile, item: BundleItem, names: ArchiveNames) -> str:
    """The name inside; empty if there is no report to add."""
    report = item.report
    if report is None or report.state == ReportState.FAILED:
        return ""
    if report.state != ReportState.READY:  # its file was found missing after the claim, and it is being generated again
        raise NotStored
    day = report.result.finished_at
    what, suffix = report.report_kind.file_word, report.file_format.suffix
    name = names.new(item.client_name, what, day.date().isoformat(), suffix)
    entry = ZipInfo(name, day.timetuple()[:6])
    entry.file_size = report.size or 0
    try:
        source = storage.open_file(report.file)
    except FileNotFoundError as gone:
        _make_again(report)
        raise NotStored from gone
    with source, archive.open(entry, "w") as target:
        shutil.copyfileobj(source, target, CHUNK_BYTES)
    return name


def _make_again(report: Report) -> None:
    """The bundle waits for it, as for any other, before its next attempt."""
    services.make_again(report=report, requested_by=None, now=timezone.now())


def _store(file: IO[bytes], bundle: Bundle, claim: Claim) -> StoredFile:
    day = timezone.localdate().isoformat()
    name = file_name(bundle.consultancy.name, "reports", day, ZIP_SUFFIX)
    try:
        return storage.store_zip(content=file, token=claim.token, file_name=name)
    except Exception as problem:  # every storage fails in its own way
        raise NotStored from problem


def _show(claim: Claim, percent: int) -> None:
    if not lifecycle.keep_claim(claim=claim, now=timezone.now(), progress=percent):
        raise ClaimLost
