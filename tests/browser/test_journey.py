"""The main job in a browser, from signing up to the PDF that a worker made.

On a wide page: test_keyboard.py on PostgreSQL, and the embedded default here.
"""

import subprocess

import pytest
from playwright.sync_api import Page

from assessments.models import EditionRow
from tests.browser import journey
from tests.browser.accessibility import scrolls_sideways
from tests.browser.conftest import NewPage

pytestmark = pytest.mark.long
Worker = subprocess.Popen[str]
GOING_ON = "evenkeel-answer-keys"
"""Where a browser keeps whether an answer leads on (static/js/autosave.js)."""


def whole(page: Page, visit: journey.Visit = journey.nothing_more, *, autosaves: bool = True) -> None:
    journey.sign_up(page, visit)
    journey.tell_scope(page, visit)
    journey.choose_quick(page, visit)
    chosen = journey.answer_everything(page, visit, autosaves=autosaves)
    assert len(chosen) > 15
    figures = journey.finish(page, visit)
    assert len(figures) == 3
    assert list(journey.missing_from(journey.report(page, visit), chosen, figures)) == []


def test_without_javascript(no_script_page: Page, edition_row: EditionRow, celery_worker_process: Worker) -> None:
    whole(no_script_page, autosaves=False)


def test_on_a_small_screen(narrow_page: Page, edition_row: EditionRow, celery_worker_process: Worker) -> None:
    """Question by question, with a note at the first, so without going on by itself."""
    narrow_page.add_init_script(f"localStorage.setItem('{GOING_ON}', 'off')")
    whole(narrow_page, fits)


def test_on_the_embedded_default(new_embedded_page: NewPage) -> None:
    """`./run` alone: SQLite, the filesystem broker, its own worker."""
    whole(new_embedded_page())


def fits(page: Page) -> None:
    assert not scrolls_sideways(page), page.url
