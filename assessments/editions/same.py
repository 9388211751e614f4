"""Whether an edition from elsewhere is one of this installation's own."""

from datetime import datetime
from functools import lru_cache

from assessments.bank.types import Edition
from assessments.editions.stored import UNREAD, edition_of
from assessments.models import EditionRow
from assessments.signed_assessment.canonical import sha256_of_values
from assessments.signed_assessment.checking import UnknownEdition
from assessments.signed_assessment.data import plain_edition
from assessments.signed_assessment.types import AssessmentFile

_FRAMES = tuple(name.removeprefix("edition__") for name in UNREAD)


def published_like(file: AssessmentFile) -> EditionRow | None:
    """The published edition whose every word is that of the file's; one of the same name alone is another."""
    named = file.edition.get("id")
    if not isinstance(named, str) or "\0" in named:
        return None
    row = EditionRow.objects.filter(code=named, published_at__isnull=False).defer(*_FRAMES).first()
    if row is None or row.published_at is None:
        return None
    return row if _fingerprint(row.pk, row.published_at) == sha256_of_values(file.edition) else None


def own_edition_in(file: AssessmentFile) -> Edition:
    """Raises UnknownEdition. Those of strangers are not counted by: a process keeps what it has worked out about one,
    and anybody could send it another each time.
    """
    row = published_like(file)
    if row is None:
        raise UnknownEdition
    return edition_of(row)


@lru_cache(maxsize=16)
def _fingerprint(pk: int, published_at: datetime) -> str:
    """A published edition never changes. Empty where no document can express it: then none is equal."""
    try:
        return sha256_of_values(plain_edition(edition_of(EditionRow.objects.get(pk=pk))))
    except ValueError:
        return ""
