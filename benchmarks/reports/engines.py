"""Our tagged, archival PDF beside those that others make of the same page, at four lengths, in turns, in one run.

Processor time: of this process for WeasyPrint and typst, of all its processes for Chromium. Garbage is collected
between turns, and what that takes after ours is a figure of its own. As in a worker, the collector rests meanwhile.
"""

import gc
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from pathlib import Path
from statistics import median
from time import process_time

import pikepdf
from django.conf import settings
from django.utils import translation

from benchmarks.measuring import Figure
from benchmarks.reports.chromium import chromium
from benchmarks.reports.long_reports import DOMAINS_FOR, long_report
from benchmarks.reports.typst_document import typst_pdf
from reports.formats import pdf
from reports.formats.fonts import FILES

ROUNDS = {20: 7, 40: 5, 80: 3, 160: 3}
"""By length."""
OURS, PLAIN, CHROMIUM, TYPST, COLLECTION = "ours", "plain WeasyPrint", "Chromium", "typst", "collecting after ours"
MOST_OF_PLAIN, MOST_MEGABYTES, MOST_GROWTH = 0.8, 300, 1.15
Times = Mapping[str, list[float]]


def figures() -> Iterable[Figure]:
    with translation.override(settings.LANGUAGE_CODE), chromium() as print_page:
        _warm(print_page)
        paces = {}
        for length, rounds in ROUNDS.items():
            pages = [pdf.html_of(long_report(length, number)) for number in range(rounds)]
            times, made = _turns(pages, print_page)
            paces[length] = median(times[OURS]) / made[OURS]
            yield from _table(length, times, made)
            yield Figure(
                f"{length}: most memory of a process that makes it", _peak_apart(pages[0]), "MB", MOST_MEGABYTES
            )
    longest = max(DOMAINS_FOR)
    yield Figure(f"a page of {longest} / one of 40", paces[longest] / paces[40], "x", MOST_GROWTH)


def _turns(
    pages: list[str], print_page: Callable[[str], tuple[bytes, float, float]]
) -> tuple[Times, Mapping[str, int]]:
    """Processor seconds and pages by program."""
    times: dict[str, list[float]] = defaultdict(list)
    made: dict[str, int] = {}
    style = style_for_plain()
    calls: dict[str, Callable[[str], bytes]] = {OURS: _our_pdf, PLAIN: _plain_pdf, TYPST: typst_pdf}
    for page in pages:
        plain = page.replace("</head>", f"<style>{style}</style></head>")
        for name, call in calls.items():
            content, seconds, collecting = _timed(call, plain if name == PLAIN else page, rests=name == OURS)
            times[name].append(seconds)
            made[name] = _pages(content)
            if name == OURS:
                times[COLLECTION].append(collecting)
        content, seconds, _ = print_page(plain)
        times[CHROMIUM].append(seconds)
        made[CHROMIUM] = _pages(content)
    return times, made


def _table(length: int, times: Times, made: Mapping[str, int]) -> Iterable[Figure]:
    for name, each in times.items():
        pages = f", {made[name]} pages" if name in made else ""
        yield Figure(f"{length}: {name}{pages}", median(each), "s")
    for name in (PLAIN, CHROMIUM, TYPST):
        ratio = median(ours / theirs for ours, theirs in zip(times[OURS], times[name], strict=True))
        yield Figure(f"{length}: ours / {name}", ratio, "x", MOST_OF_PLAIN if name == PLAIN else None)


def _timed(call: Callable[[str], bytes], page: str, *, rests: bool) -> tuple[bytes, float, float]:
    gc.collect()
    if rests:
        gc.disable()
    start = process_time()
    content = call(page)
    made = process_time()
    gc.collect()
    collected = process_time()
    gc.enable()
    return content, made - start, collected - made


def _warm(print_page: Callable[[str], tuple[bytes, float, float]]) -> None:
    page = pdf.html_of(long_report(min(DOMAINS_FOR)))
    for call in (_our_pdf, _plain_pdf, typst_pdf, print_page):
        call(page)


def _our_pdf(page: str) -> bytes:
    return pdf.make_from_html(page).content


def _plain_pdf(page: str) -> bytes:
    from weasyprint import HTML

    return bytes(HTML(string=page).write_pdf())


def style_for_plain() -> str:
    """Our print style sheet with URLs that other programs can open."""
    static = Path(settings.BASE_DIR) / "static"
    sheet = (static / "css" / "report.css").read_text()
    return sheet.replace("static:fonts/", f"{FILES.as_uri()}/").replace("static:", f"{static.as_uri()}/")


def _pages(content: bytes) -> int:
    with pikepdf.open(BytesIO(content)) as opened:
        return len(opened.pages)


def _peak_apart(page: str) -> float:
    """Megabytes of a new process that is warm, as a child of a worker is, and then makes this page."""
    command = [sys.executable, "-m", "benchmarks.reports.peak"]
    made = subprocess.run(command, cwd=settings.BASE_DIR, input=page, capture_output=True, text=True, check=True)
    return float(made.stdout.splitlines()[-1])
