"""One attempt at one file with all data."""

import shutil
from collections.abc import Iterable
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils import timezone

from accounts.queries import organisation_ids_of
from reports import storage
from reports.data_exports.organisation import reports_of_organisation, tables_of_organisation
from reports.data_exports.person import reports_of_person, tables_about
from reports.data_exports.tables import DataTable
from reports.models import DataExport, Report
from reports.queue import lifecycle
from reports.queue.lifecycle import Claim
from reports.worker.attempts import ClaimLost, NotStored, one_attempt


def assemble_export(claim: Claim) -> None:
    """Finish the file, or record why not."""
    with one_attempt(claim):
        _assemble(claim)


def _assemble(claim: Claim) -> None:
    # The worker's role in the database may not read passwords.
    export = (
        DataExport.objects.select_related("organisation", "requested_by")
        .defer("requested_by__password")
        .get(pk=claim.pk)
    )
    # Before the file is filled: what the person loses meanwhile is then missed, not what they gain.
    inside = None if export.organisation else sorted(str(pk) for pk in organisation_ids_of(export.requested_by))
    with storage.scratch_file(storage.EXPORTS) as file:
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            for table in _tables(export):
                for name, content in table.files():
                    archive.writestr(name, content)
            for name, report in _reports(export):
                _add_report(archive, name, report)
        stored = _store(file, claim)
    if not lifecycle.finish_row(claim=claim, stored=stored, now=timezone.now(), inside=inside):
        storage.delete_file(stored.name)
        raise ClaimLost


def _tables(export: DataExport) -> Iterable[DataTable]:
    organisation = export.organisation
    return tables_of_organisation(organisation) if organisation else tables_about(export.requested_by)


def _reports(export: DataExport) -> Iterable[tuple[str, Report]]:
    organisation = export.organisation
    return reports_of_organisation(organisation) if organisation else reports_of_person(export.requested_by)


def _add_report(archive: ZipFile, name: str, report: Report) -> None:
    """One whose file is gone is left out: whoever asks for it gets it made again."""
    try:
        source = storage.open_file(report.file)
    except FileNotFoundError:
        return
    with source, archive.open(name, "w") as target:
        shutil.copyfileobj(source, target)


def _store(file: IO[bytes], claim: Claim) -> storage.StoredFile:
    name = f"evenkeel-all-data-{timezone.localdate().isoformat()}.zip"
    try:
        return storage.store_zip(content=file, token=claim.token, file_name=name, folder=storage.EXPORTS)
    except Exception as problem:  # every storage fails in its own way
        raise NotStored from problem
