"""The file itself: data, what the installation attests about it, and the signature. And the list of public keys."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from assessments.signed_assessment.canonical import UnreadableFile, canonical, parse_json, sha256_of_values
from assessments.signed_assessment.data import plain_data
from assessments.signed_assessment.signing import SigningKey, key_id
from assessments.signed_assessment.types import (
    AssessmentFile,
    Attestation,
    KnownKeys,
    Plain,
    SignedAssessment,
    SignedReport,
)
from assessments.signed_assessment.values import moment_text, values_of

FORMAT, KEYS_FORMAT = "evenkeel signed assessment", "evenkeel signing keys"
VERSION = 1
SUFFIX = ".evenkeel.json"
# An address as SITE_URL has it: letters of other alphabets would only look like it.
ISSUER = r"https?://[A-Za-z0-9.\[\]:-]{1,255}(/[A-Za-z0-9._~/-]{0,200})?"
PUBLIC_KEY, SIGNATURE, SHA256 = "[0-9a-f]{64}", "[0-9a-f]{128}", "[0-9a-f]{64}"
_CODE = "[a-zA-Z0-9_-]{1,20}"
MOST_KEYS = 100
# How PDF begins, and the ZIP that Word and spreadsheets are.
_REPORTS = (b"%PDF", b"PK\x03\x04")


def write_signed(
    file: AssessmentFile,
    *,
    report: SignedReport,
    issuer: str,
    issued_at: datetime,
    key: SigningKey,
    with_data: bool = True,
) -> bytes:
    """The same arguments make the same bytes."""
    data = plain_data(file)
    attestation = Attestation(issuer, issued_at, key.public_key, report, sha256_of_values(data))
    attested = attested_values(attestation)
    return canonical(
        {
            "format": FORMAT,
            "version": VERSION,
            "attested": attested,
            "signature": key.sign(attested),
            **({"data": data} if with_data else {}),
        }
    )


def attested_values(attestation: Attestation) -> Plain:
    """What is signed."""
    report = attestation.report
    return {
        "issuer": attestation.issuer,
        "issued_at": moment_text(attestation.issued_at),
        "public_key": attestation.public_key,
        "data_sha256": attestation.data_sha256,
        "report": {
            "kind": report.kind,
            "format": report.format,
            "language": report.language,
            "file_name": report.file_name,
            "sha256": report.sha256,
            "size": report.size,
            "made_at": moment_text(report.made_at),
        },
    }


def read_signed(content: bytes) -> tuple[SignedAssessment, bool]:
    """And whether the bytes are in the form in which they were issued. The signature is not checked yet.

    Raises UnreadableFile.
    """
    if content.startswith(_REPORTS):
        raise UnreadableFile(f"This is a report. The signed file beside it has a name that ends in {SUFFIX}.")
    found, as_issued = parse_json(content)
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise UnreadableFile("This is not a signed assessment of Evenkeel.")
    if not _is_ours(found.get("version")):
        raise UnreadableFile(
            "The file is a signed assessment of another version. Check it with a newer Evenkeel, or where it came from."
        )
    with values_of("", found) as top:
        for key in ("format", "version"):
            top.any(key)
        data = top.mapping("data") if "data" in found else None
        signed = SignedAssessment(_attestation(top.any("attested")), top.form("signature", SIGNATURE), data)
    return signed, as_issued


def _is_ours(version: object) -> bool:
    """For Python true is 1 as well."""
    return version == VERSION and not isinstance(version, bool)


def _attestation(found: object) -> Attestation:
    with values_of("attested", found) as own:
        return Attestation(
            issuer=own.form("issuer", ISSUER),
            issued_at=own.moment("issued_at"),
            public_key=own.form("public_key", PUBLIC_KEY),
            data_sha256=own.form("data_sha256", SHA256),
            report=_report(own.any("report")),
        )


def _report(found: object) -> SignedReport:
    with values_of("attested, report", found) as own:
        return SignedReport(
            kind=own.form("kind", _CODE),
            format=own.form("format", _CODE),
            language=own.form("language", _CODE),
            file_name=own.text("file_name", 300),
            sha256=own.form("sha256", SHA256),
            size=own.whole("size", 1, 10**12),
            made_at=own.moment("made_at"),
        )


def keys_document(issuer: str, current: str, former: Iterable[str]) -> Plain:
    """What an installation publishes: its public keys, the one that signs now first."""
    keys = [(current, "current"), *((key, "former") for key in former)]
    return {
        "format": KEYS_FORMAT,
        "version": VERSION,
        "issuer": issuer,
        "keys": [{"id": key_id(key), "public_key": key, "use": use} for key, use in keys],
    }


def read_keys(content: bytes) -> KnownKeys:
    """What `keys_document` made. Raises UnreadableFile."""
    found, _as_issued = parse_json(content)
    if not isinstance(found, dict) or found.get("format") != KEYS_FORMAT or not _is_ours(found.get("version")):
        raise UnreadableFile("This is not a list of the signing keys of an Evenkeel.")
    with values_of("", found) as top:
        for key in ("format", "version"):
            top.any(key)
        issuer, entries = top.form("issuer", ISSUER), top.list("keys")[:MOST_KEYS]
    return dict(_known_key(number, entry, issuer) for number, entry in enumerate(entries, 1))


def _known_key(number: int, entry: object, issuer: str) -> tuple[str, str]:
    with values_of(f"keys, number {number}", entry) as own:
        public_key = own.form("public_key", PUBLIC_KEY)
        if own.text("id") != key_id(public_key):
            own.refuse("id", "is not the name of this key")
        own.choice("use", ("current", "former"))
    return public_key, issuer


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
