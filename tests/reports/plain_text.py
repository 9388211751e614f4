"""A format that only tests have: without pages, in a file of its own kind."""

from reports.document import ReportDocument
from reports.formats.registry import ReportFormat
from reports.formats.renderer import ProgressListener, RenderedReport
from reports.models import ReportStep


def render_plain_text(document: ReportDocument, listener: ProgressListener | None = None) -> RenderedReport:
    if listener is not None:
        listener.show(50, ReportStep.DRAWING)
    return RenderedReport(f"{document.title}\n{document.created}\n".encode(), pages=None)


PLAIN_TEXT = ReportFormat(
    "text",
    "Plain text",
    ".txt",
    "text/plain; charset=utf-8",
    paged=False,
    renderer=f"{__name__}.{render_plain_text.__name__}",
)
