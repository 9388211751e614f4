"""Making the signed file of a report."""

from datetime import datetime
from enum import StrEnum
from pathlib import PurePosixPath

import structlog
from django.utils.translation import gettext as _

from accounts.audit import Actor, record
from accounts.errors import ChangeRefused
from accounts.models import AuditKind
from assessments.results.assessment_files import assessment_file_of
from assessments.signed_assessment.envelope import SUFFIX, write_signed
from assessments.signed_assessment.types import SignedReport
from reports.models import Report
from reports.signing.keys import issuer, signing_key
from reports.storage import digest_of_file

logger = structlog.get_logger(__name__)


class FileContent(StrEnum):
    """What the owner lets go into a signed file; each has all of the one before."""

    SIGNATURE = "signature"
    ANSWERS = "answers"
    TEXTS = "texts"


class NotExpressible(ChangeRefused):
    """The edition behind the result has gates that no file of a bank can hold."""

    def __init__(self) -> None:
        super().__init__(_("The questions behind this report cannot be written into a file, so it cannot be signed."))


class NotAsMade(ChangeRefused):
    """What is stored is not what the row of the report says: a disk failed, or somebody changed one of them."""

    def __init__(self) -> None:
        super().__init__(
            _("The file of this report is missing or damaged, so it cannot be signed. Make the report again first.")
        )


def sign_report(*, report: Report, content: FileContent, now: datetime) -> bytes:
    """The signed file of a ready report; at the same moment the same bytes. Raises NotExpressible and NotAsMade."""
    if report.ready_at is None or report.size is None:
        raise ValueError("Only a finished report can be signed.")
    sha256, size = _stored(report)
    try:
        file = assessment_file_of(report.result, with_texts=content is FileContent.TEXTS)
    except ValueError as error:
        raise NotExpressible from error
    return write_signed(
        file,
        report=SignedReport(
            kind=report.kind,
            format=report.format,
            language=report.language,
            file_name=report.file_name,
            sha256=sha256,
            size=size,
            made_at=report.ready_at,
        ),
        issuer=issuer(),
        issued_at=now,
        key=signing_key(),
        with_data=content is not FileContent.SIGNATURE,
    )


def _stored(report: Report) -> tuple[str, int]:
    """SHA-256 and size of the file itself: the row alone is what a worker wrote down about it."""
    try:
        found = digest_of_file(report.file)
    except FileNotFoundError as error:
        raise NotAsMade from error
    if found != (report.sha256, report.size):
        logger.error("stored_file_differs", report=str(report.pk))
        raise NotAsMade
    return found


def signed_name(report: Report) -> str:
    """What a person gets: the report's name with another end."""
    return PurePosixPath(report.file_name).stem + SUFFIX


def record_signed_download(*, report: Report, content: FileContent, by: Actor) -> None:
    """Into the client's audit trail: it leaves the site like the report itself."""
    record(
        by=by,
        kind=AuditKind.REPORT_DOWNLOADED,
        organisation=report.result.assessment.organisation,
        subject=signed_name(report),
        report=str(report.pk),
        inside=content.value,
    )
