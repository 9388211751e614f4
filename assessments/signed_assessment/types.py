"""What a signed assessment holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from assessments.bank.types import Depth
from assessments.scoring.scope import ScopeFacts

NOT_ANSWERED = "open"
"""The kind of an answer that is a note alone."""
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """`kind` is a ScoredAnswerKind value or NOT_ANSWERED. `answered_as` is "business", "consultancy" or unknown, "".

    `taken_over_from` is the day of an answer that nobody confirmed in this run, in ISO form. `note` and `evidence` are
    empty where their owner left them out of the file; `has_evidence` says all the same whether proof was named.
    """

    question: str
    kind: str
    level: int | None = None
    reason: str = ""
    has_evidence: bool = False
    answered_as: str = ""
    taken_over_from: str = ""
    note: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class AssessmentFile:
    """A finished assessment. `edition` is the bank's own JSON document of the whole edition; `result` what
    `dump_result` stores. With these the result can be recounted by anybody.
    """

    organisation: str
    finished_on: date
    interim: bool
    depth: Depth
    facts: ScopeFacts
    tags: tuple[str, ...]
    provisional: tuple[str, ...]
    answers: tuple[FileAnswer, ...]
    edition: Plain
    result: Plain


@dataclass(frozen=True, slots=True)
class SignedReport:
    """The file of the report that was handed out, by its name and SHA-256; `made_at` is in whole seconds, UTC."""

    kind: str
    format: str
    language: str
    file_name: str
    sha256: str
    size: int
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Attestation:
    """What an installation says with its signature. `issuer` is its address, `issued_at` its clock, UTC.

    `data_sha256` is the fingerprint of the data, whether or not they are beside it, `public_key` the key that the
    signature belongs to.
    """

    issuer: str
    issued_at: datetime
    public_key: str
    report: SignedReport
    data_sha256: str


@dataclass(frozen=True, slots=True)
class SignedAssessment:
    """`signature` is hexadecimal; `data` are the plain values of an AssessmentFile, not looked at yet, or None where
    the owner handed out the signature alone.
    """

    attestation: Attestation
    signature: str
    data: Plain | None


KnownKeys = Mapping[str, str]
"""The address of the installation by the public key, for keys that somebody got from there."""
