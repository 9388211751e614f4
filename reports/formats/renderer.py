"""What every format's renderer takes and gives."""

from dataclasses import dataclass
from typing import Protocol

from django.utils.module_loading import import_string

from reports.document import ReportDocument
from reports.formats.registry import ReportFormat
from reports.models import ReportStep


class ProgressListener(Protocol):
    """Called with the progress of a render; may raise to stop it."""

    def show(self, percent: int, step: ReportStep) -> None: ...


@dataclass(frozen=True, slots=True)
class RenderedReport:
    """`pages` is None in a format without pages."""

    content: bytes
    pages: int | None


class Renderer(Protocol):
    """From what a report says to a file of one format, in the language that is active."""

    def __call__(self, document: ReportDocument, listener: ProgressListener | None = None) -> RenderedReport: ...


def renderer_of(report_format: ReportFormat) -> Renderer:
    """Loads it on first use, which may take half a second."""
    renderer: Renderer = import_string(report_format.renderer)
    return renderer
