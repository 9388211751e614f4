"""What a signed assessment proves, and what it does not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from assessments.bank.types import Edition
from assessments.signed_assessment.canonical import UnreadableFile, sha256_of_values
from assessments.signed_assessment.data import read_data, read_edition_of
from assessments.signed_assessment.envelope import attested_values, read_signed, sha256_of
from assessments.signed_assessment.recount import Recount, recount_result
from assessments.signed_assessment.signing import is_signed_with
from assessments.signed_assessment.types import AssessmentFile, Attestation, KnownKeys, Plain

CLOCKS_APART = timedelta(hours=1)
"""Clocks of two machines that differ by less say nothing."""
FindEdition = Callable[[AssessmentFile], Edition]


class UnknownEdition(Exception):
    """Whoever checks does not count by editions that they do not have."""


class PartCheck(StrEnum):
    """Whether the report, or the data, are those that were signed."""

    NOT_GIVEN = "not given"
    SAME = "same"
    OTHER = "other"


class CheckVerdict(StrEnum):
    """PROVEN: unchanged, and signed with a key that is known. UNCHANGED: since somebody signed it, nobody knows who."""

    PROVEN = "proven"
    UNCHANGED = "unchanged"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class SignatureCheck:
    """`signed`: the signature fits what is attested; `as_issued`: byte by byte, not written anew by another program.

    `known_as` is the address of the installation that the key is known from, "" for a key that is not known.
    `from_the_future`: by the clock of whoever checks.
    """

    attestation: Attestation
    signed: bool
    data: PartCheck
    as_issued: bool
    report: PartCheck
    known_as: str
    from_the_future: bool

    @property
    def verdict(self) -> CheckVerdict:
        if not (self.signed and self.as_issued) or PartCheck.OTHER in (self.data, self.report):
            return CheckVerdict.CHANGED
        return CheckVerdict.PROVEN if self.known_as else CheckVerdict.UNCHANGED


@dataclass(frozen=True, slots=True)
class FileCheck:
    """`file` and `recount` are None where there are no data, or they cannot be read; then `unreadable` says why.

    `unknown_edition`: the result was not counted again, because its edition is not here.
    """

    signature: SignatureCheck
    file: AssessmentFile | None
    recount: Recount | None
    unreadable: str = ""
    unknown_edition: bool = False


def check_signature(
    content: bytes, *, known: KnownKeys, report: bytes | None, now: datetime
) -> tuple[SignatureCheck, Plain | None]:
    """And the data as they stand in the file. Raises UnreadableFile."""
    signed, as_issued = read_signed(content)
    attestation = signed.attestation
    check = SignatureCheck(
        attestation=attestation,
        signed=is_signed_with(attestation.public_key, signed.signature, attested_values(attestation)),
        data=_part_check(attestation.data_sha256, None if signed.data is None else sha256_of_values(signed.data)),
        as_issued=as_issued,
        report=_part_check(attestation.report.sha256, None if report is None else sha256_of(report)),
        known_as=known.get(attestation.public_key, ""),
        from_the_future=attestation.issued_at > now + CLOCKS_APART,
    )
    return check, signed.data


def check_file(
    content: bytes,
    *,
    known: KnownKeys,
    report: bytes | None,
    now: datetime,
    find_edition: FindEdition = read_edition_of,
) -> FileCheck:
    """Everything at once. `find_edition` gives the edition in the file, read from there or known to be equal.

    It may raise UnknownEdition. Raises UnreadableFile where nothing can be said at all.
    """
    check, data = check_signature(content, known=known, report=report, now=now)
    if data is None:
        return FileCheck(check, None, None)
    try:
        file = read_data(data)
    except UnreadableFile as problem:
        return FileCheck(check, None, None, str(problem))
    try:
        return FileCheck(check, file, recount_result(file, find_edition(file)))
    except UnknownEdition:
        return FileCheck(check, file, None, unknown_edition=True)
    except UnreadableFile as problem:
        return FileCheck(check, file, None, str(problem))


def _part_check(attested: str, found: str | None) -> PartCheck:
    if found is None:
        return PartCheck.NOT_GIVEN
    return PartCheck.SAME if found == attested else PartCheck.OTHER
