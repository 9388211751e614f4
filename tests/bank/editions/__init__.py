"""Editions that installations may still have, for tests of carrying over."""

from pathlib import Path

from assessments.bank.types import Edition
from assessments.editions.shipped import read_folder


def edition_2026_1() -> Edition:
    """The edition that shipped before 2026.2."""
    return read_folder(Path(__file__).parent / "2026.1")
