"""What a preview offers to begin with, sealed into its page: nothing is stored until somebody says yes."""

import re
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.core import signing
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.errors import ChangeRefused
from assessments.models import EditionRow
from assessments.models.run import EVIDENCE_LENGTH, NOTE_LENGTH, NOTE_LINES, REASON_LENGTH
from assessments.scope_facts import Stored, facts_to_json
from assessments.signed_assessment.canonical import UnreadableFile
from assessments.signed_assessment.carried import CarriedParts
from assessments.signed_assessment.types import AssessmentFile, FileAnswer

_SALT = "assessments.file_import"
SECONDS = 60 * 60
MOST_SEALED = 900_000
"""A form may have a little more (DATA_UPLOAD_MAX_MEMORY_SIZE)."""


class OfferIsOver(ChangeRefused):
    """Too long ago, for another organisation, or of another person."""

    def __init__(self) -> None:
        super().__init__(_("This preview is out of date. Choose the file again. Nothing was changed."))


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class FileOffer:
    """An assessment to be: `edition` is the code of one here, `finished_on` the day of the result in the file."""

    edition: str
    depth: str
    finished_on: date
    facts: Stored
    answers: tuple[FileAnswer, ...]


def offer_of(file: AssessmentFile, parts: CarriedParts, edition: EditionRow) -> FileOffer:
    """Raises UnreadableFile for texts that no form of this site would have taken."""
    if not all(_fits(answer) for answer in parts.answers):
        raise UnreadableFile(
            "A note, a proof or a reason in the file is longer than any that Evenkeel takes, or empty."
        )
    return FileOffer(edition.code, file.depth.value, file.finished_on, facts_to_json(parts.facts), parts.answers)


def sealed(offer: FileOffer, organisation: UUID, person: User) -> str:
    """For this person and this organisation, for an hour. Raises UnreadableFile for more than a form may send."""
    plain = {
        "organisation": str(organisation),
        "person": person.pk,
        "edition": offer.edition,
        "depth": offer.depth,
        "finished_on": offer.finished_on.isoformat(),
        "facts": offer.facts,
        "answers": [asdict(answer) for answer in offer.answers],
    }
    text = signing.dumps(plain, salt=_SALT, compress=True)
    if len(text) > MOST_SEALED:
        raise UnreadableFile("The notes in the file are too long to be taken over. Take a file without notes.")
    return text


def unsealed(text: str, organisation: UUID, person: User) -> FileOffer:
    """Raises OfferIsOver."""
    try:
        found = signing.loads(text, salt=_SALT, max_age=SECONDS)
    except signing.BadSignature as problem:
        raise OfferIsOver from problem
    if (found["organisation"], found["person"]) != (str(organisation), person.pk):
        raise OfferIsOver
    answers = tuple(FileAnswer(**answer) for answer in found["answers"])
    return FileOffer(
        found["edition"], found["depth"], date.fromisoformat(found["finished_on"]), found["facts"], answers
    )


def _fits(answer: FileAnswer) -> bool:
    texts = ((answer.note, NOTE_LENGTH), (answer.evidence, EVIDENCE_LENGTH), (answer.reason, REASON_LENGTH))
    short = all(len(text) <= most and not _CONTROL.search(text) for text, most in texts)
    blank = bool(answer.reason) and not answer.reason.strip()
    return short and not blank and len(answer.note.splitlines()) <= NOTE_LINES
