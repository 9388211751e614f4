"""The sample report's file: a worker makes it once for each edition and month, the web server only hands it out.

So opening it, however often, makes nobody work: its bytes stay in the memory of the process.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import translation

from assessments.editions.newest import newest_offered_or_none
from assessments.editions.stored import edition_of
from reports.document import Source, build, file_name
from reports.formats.registry import PDF
from reports.formats.renderer import renderer_of
from reports.kinds.registry import OWNER
from reports.sample.result import sample_day, sample_source
from reports.services import TEMPLATE_VERSION
from reports.storage import SAMPLES, delete_file, old_files, open_file


@dataclass(frozen=True, slots=True)
class SampleReport:
    """`stored_as` is its name in the storage, whether or not it has been made; `file_name` is what a person gets."""

    source: Source
    stored_as: str

    @property
    def file_name(self) -> str:
        day = self.source.finished_on.isoformat()
        return file_name(self.source.organisation, OWNER.file_word, day, PDF.suffix)


def sample_report(today: date) -> SampleReport | None:
    """That of the edition on which new assessments start; None where there is none, or the bakery does not fit it."""
    row = newest_offered_or_none()
    if row is None:
        return None
    edition = edition_of(row)
    day = sample_day(edition, today)
    source = sample_source(edition, day, settings.LANGUAGE_CODE)
    if source is None:
        return None
    made_of = f"{row.pk} {day} {settings.LANGUAGE_CODE} {TEMPLATE_VERSION}"
    return SampleReport(source, f"{SAMPLES}/{hashlib.sha256(made_of.encode()).hexdigest()[:32]}{PDF.suffix}")


@lru_cache(maxsize=1)
def sample_content(stored_as: str) -> bytes:
    """Raises FileNotFoundError until a worker has made it."""
    with open_file(stored_as) as file:
        return file.read()


def make_sample_report(today: date) -> bool:
    """Whether it was missing; it is there now."""
    report = sample_report(today)
    if report is None or default_storage.exists(report.stored_as):
        return False
    with translation.override(report.source.language):
        content = renderer_of(PDF)(build(report.source, OWNER)).content
    stored = default_storage.save(report.stored_as, ContentFile(content))
    if stored != report.stored_as:
        delete_file(stored)  # another worker was faster
    return True


def delete_former_samples(now: datetime) -> None:
    """All but the present one, an hour after they were made or later."""
    present = sample_report(now.date())
    for name in old_files(SAMPLES, now):
        if present is None or name != present.stored_as:
            delete_file(name)
