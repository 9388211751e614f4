"""From a document to PDF bytes: the only place that knows WeasyPrint, which takes half a second to import.

What makes it fast is in docs/reports.md: fonts and style sheet are read once per process, the page is parsed
as XML, and Python's garbage collector is off while a report is rendered.
"""

import atexit
import gc
import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import gettext

from reports.document import ReportDocument
from reports.formats.data_file.render import render_json
from reports.formats.fonts import face_bytes
from reports.formats.glyphs import drawable
from reports.formats.pdf_finish import finish_pdf
from reports.formats.renderer import ProgressListener, RenderedReport
from reports.formats.weasyprint_patches import default_sheet, patched_weasyprint
from reports.kinds.sections import ReportSection
from reports.models import ReportStep

TEMPLATE = "reports/pdf/document.html"
PARTS = {
    ReportSection.COVER: "reports/pdf/_cover.html",
    ReportSection.MASTHEAD: "reports/pdf/_masthead.html",
    ReportSection.SUMMARY: "reports/pdf/_summary.html",
    ReportSection.ADVICE: "reports/pdf/_advice.html",
    ReportSection.CONTENTS: "reports/pdf/_contents.html",
    ReportSection.SINCE: "reports/pdf/_since.html",
    ReportSection.NINETY_DAYS: "reports/pdf/_ninety_days.html",
    ReportSection.PLAN: "reports/pdf/_plan.html",
    ReportSection.OWN_STEPS: "reports/pdf/_own_steps.html",
    ReportSection.MUST_FIX: "reports/pdf/_must_fix.html",
    ReportSection.DUTIES: "reports/pdf/_duties.html",
    ReportSection.DUTY_TABLE: "reports/pdf/_duty_table.html",
    ReportSection.ON_THE_DAY: "reports/pdf/_on_the_day.html",
    ReportSection.FIND_OUT: "reports/pdf/_find_out.html",
    ReportSection.OPEN_POINTS: "reports/pdf/_open_points.html",
    ReportSection.NEXT: "reports/pdf/_next.html",
    ReportSection.SCORES: "reports/pdf/_scores.html",
    ReportSection.LEVELS: "reports/pdf/_levels.html",
    ReportSection.ANSWERS: "reports/pdf/_answers.html",
    ReportSection.EVIDENCE: "reports/pdf/_evidence.html",
    ReportSection.SCOPE: "reports/pdf/_scope.html",
    ReportSection.METHOD: "reports/pdf/_method.html",
    ReportSection.WHO: "reports/pdf/_who.html",
    ReportSection.LIMITS: "reports/pdf/_limits.html",
}
STYLE = "css/report.css"
VARIANT = "pdf/a-3a"
"""PDF/UA-1 as well: the finisher declares it."""
OWN = "static:"
DATA_NAME = "report.json"
_ANCHOR, _LINK = re.compile(r' id="([^"]+)"'), re.compile(r'<a href="#([^"]+)"')
FONTS = "fonts/"
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What every report shares; made once per process, before it forks. `sheet` reads one of our style sheets once."""

    page_source: Any
    fonts: Any
    styles: list[Any]
    sheet: Callable[[str], Any]

    @property
    def in_order(self) -> bool:
        """WeasyPrint keeps font files in the temporary folder, which some machines clean from time to time."""
        return Path(self.fonts._folder).exists()


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """Travels inside a PDF, for programs. `says` describes it to a person, `day` is when it is from."""

    name: str
    says: str
    content: bytes
    day: date


def html_of(document: ReportDocument) -> str:
    """Well-formed XHTML: the renderer parses it as XML. In its body, what no font can draw is said in words."""
    look = [
        str(document.paper),
        f"kind-{document.kind.code}",
        "" if ReportSection.COVER in document.sections else "brief",
    ]
    parts = [PARTS[section] for section in document.sections]
    context = {"report": document, "parts": parts, "classes": " ".join(look).strip()}
    return drawable_body(_without_dead_links(render_to_string(TEMPLATE, context)))


def _without_dead_links(html: str) -> str:
    """A section may name a question or a step whose section is not in this kind of report."""
    there = set(_ANCHOR.findall(html))
    return _LINK.sub(lambda link: link[0] if link[1] in there else "<a", html)


def drawable_body(html: str) -> str:
    """What no font can draw is said in words. The title in the head is not drawn: it keeps the letters that it has."""
    head, end, body = html.partition("</head>")
    return head + end + _NOT_ASCII.sub(lambda found: drawable(found[0]), body)


def render_pdf(document: ReportDocument, listener: ProgressListener | None = None) -> RenderedReport:
    """The same as data travels inside: a program needs no second file, and it holds no more than the pages may."""
    data = AttachedFile(
        DATA_NAME,
        gettext("This report for programs"),
        render_json(document).content,
        date.fromisoformat(document.created),
    )
    return make_from_html(html_of(document), listener, [data])


def make_from_html(
    html: str,
    listener: ProgressListener | None = None,
    attached: Sequence[AttachedFile] = (),
    styles: Sequence[str] = (),
) -> RenderedReport:
    """`styles` are names of our style sheets, added to that of reports."""
    if not _render_context().in_order:
        _render_context.cache_clear()
    context = _render_context()
    with _heard_by(listener), _without_garbage_collection(), patched_weasyprint():
        laid_out = context.page_source(html).render(
            font_config=context.fonts, stylesheets=[*context.styles, *map(context.sheet, styles)], pdf_variant=VARIANT
        )
        laid_out.metadata.attachments += [_attachment(file) for file in attached]
        content = laid_out.write_pdf(pdf_variant=VARIANT, finisher=finish_pdf)
    return RenderedReport(content, len(laid_out.pages))


def _attachment(file: AttachedFile) -> Any:
    from weasyprint import Attachment

    moment = datetime(file.day.year, file.day.month, file.day.day, tzinfo=UTC)
    return Attachment(
        string=file.content,
        name=file.name,
        description=file.says,
        created=moment,
        modified=moment,
        relationship="Data",
    )


@cache
def _render_context() -> RenderContext:
    from cssselect2 import ElementWrapper
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFilesOnly(URLFetcher):  # type: ignore[misc]
        """Serves our own static files by name, and `data:` URLs. No other URL is ever opened, no redirect followed."""

        def fetch(self, url: str, headers: object = None) -> Any:
            if url.startswith(OWN):
                return URLFetcherResponse(url, _own_file(url.removeprefix(OWN)))
            return super().fetch(url, headers)

    fetcher = OwnFilesOnly(allowed_protocols={"data"}, allow_redirects=False)
    defaults = [default_sheet()]

    class WellFormed(HTML):  # type: ignore[misc]
        """A page that is known to be well-formed, so the fast XML parser will do."""

        def __init__(self, text: str) -> None:
            self.base_url = OWN
            self.url_fetcher = fetcher
            self.media_type = "print"
            root = ElementTree.fromstring(text)  # noqa: S314 (our own template; what people typed is escaped in it)
            self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
            self.etree_element = self.wrapper_element.etree_element

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return defaults

    # At the end of a process objects are destroyed in any order; this one needs WeasyPrint.
    atexit.register(_render_context.cache_clear)
    fonts = FontConfiguration()

    @cache
    def sheet(name: str) -> Any:
        return CSS(string=_own_text(name), base_url=OWN, url_fetcher=fetcher, font_config=fonts)

    return RenderContext(WellFormed, fonts, [sheet(STYLE)], sheet)


def _own_file(name: str) -> bytes:
    """Raises FileNotFoundError for what is not ours."""
    if name.startswith(FONTS):
        return face_bytes(name.removeprefix(FONTS))
    return _own_text(name).encode()


@cache
def _own_text(name: str) -> str:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    with open(found, encoding="utf-8") as file:
        return file.read()


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """A render creates hundreds of thousands of objects, and no garbage worth collecting until it is over."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _StepHandler(logging.Handler):
    """Turns WeasyPrint's log of its steps into progress."""

    def __init__(self, listener: ProgressListener) -> None:
        super().__init__(logging.INFO)
        self._listener = listener
        self._percent = 0

    def emit(self, record: logging.LogRecord) -> None:
        message = record.msg
        if message.startswith("Step 5"):
            page = record.args[0] if isinstance(record.args, tuple) and record.args else 0
            # Pages are gone through again when page numbers in the contents have changed.
            self._percent = max(self._percent, min(75, 15 + 2 * int(str(page))))
            self._listener.show(self._percent, ReportStep.LAYING_OUT)
        elif message.startswith("Step 6"):
            self._listener.show(80, ReportStep.DRAWING)


@contextmanager
def _heard_by(listener: ProgressListener | None) -> Iterator[None]:
    steps = logging.getLogger("weasyprint.progress")
    if listener is None:
        yield
        return
    handler = _StepHandler(listener)
    level, propagate = steps.level, steps.propagate
    steps.addHandler(handler)
    steps.setLevel(logging.INFO)
    steps.propagate = False
    try:
        yield
    finally:
        steps.removeHandler(handler)
        steps.setLevel(level)
        steps.propagate = propagate
