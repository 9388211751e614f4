"""The reading grade of an English text."""

import warnings
from collections.abc import Callable
from functools import lru_cache


@lru_cache(maxsize=8192)
def reading_grade(text: str) -> float:
    """Flesch-Kincaid: the school year in which most people can read it.

    Cached, because an edition is checked again after every change and most of its texts stay as they are.
    """
    return _measure()(text)


@lru_cache(maxsize=1)
def _measure() -> Callable[[str], float]:
    """Imported on first use: it takes as long as a page, and only editors need it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="pkg_resources is deprecated", category=UserWarning)
        from textstat import textstat
    grade: Callable[[str], float] = textstat.flesch_kincaid_grade
    return grade
