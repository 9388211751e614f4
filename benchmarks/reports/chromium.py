"""Prints a page with a running Chromium and counts the processor time of all its processes."""

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from playwright.sync_api import sync_playwright

from launch.machine import CHROMIUM_NAMES, find_program

TICKS = os.sysconf("SC_CLK_TCK")
Print = Callable[[str], tuple[bytes, float, float]]
"""From a page to its PDF, processor seconds and seconds by the clock."""


@contextlib.contextmanager
def chromium() -> Iterator[Print]:
    """The PDF is tagged and has an outline. Fonts and pictures of the page are read from files."""
    before = _children(os.getpid())
    with tempfile.TemporaryDirectory(prefix="evenkeel-print-") as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_program(*CHROMIUM_NAMES), args=["--no-sandbox", "--disable-gpu"], headless=True
        )
        page = browser.new_page()
        page.set_default_timeout(0)

        def print_page(html: str) -> tuple[bytes, float, float]:
            file = Path(folder) / "page.html"
            file.write_text(html, "utf-8")
            spent, started = _spent(before), perf_counter()
            page.goto(file.as_uri())
            content = page.pdf(tagged=True, outline=True, prefer_css_page_size=True)
            return content, _spent(before) - spent, perf_counter() - started

        yield print_page
        browser.close()


def _spent(before: set[int]) -> float:
    """Seconds of this process and of all that it has started since, those that have ended included."""
    ours = os.times()
    return ours.user + ours.system + sum(_seconds(pid) for pid in _children(os.getpid()) - before)


def _seconds(pid: int) -> float:
    """A process with the children that it has waited for; none if it has ended."""
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return sum(int(field) for field in fields[11:15]) / TICKS
    return 0.0


def _children(pid: int) -> set[int]:
    """All processes below one."""
    found: set[int] = set()
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, tasks.read_text().split()):
                found |= {child} | _children(child)
    return found
