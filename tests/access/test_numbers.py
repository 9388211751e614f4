"""docs/security.md says how many there may be of whatever somebody can add, and the code has the same numbers."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from config.rate_limits import RATE_LIMITS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "security.md").read_text("utf-8")
# Written by migrations, or by the site itself: one row for each name that the code has.
NOT_BY_PEOPLE = {"accounts.LastRun", "auth.Permission", "contenttypes.ContentType"}


def section() -> str:
    return PAGE.split("## What there is a number for\n")[1].split("\n## ")[0]


def lines() -> list[list[str]]:
    """The cells of each line of the table: what, number, size, counted in."""
    rows = [line.strip("| ").split(" | ") for line in section().splitlines() if line.startswith("| `")]
    assert all(len(row) == 4 for row in rows)
    return rows


def models_in(cell: str) -> list[str]:
    return re.findall(r"`(\w+\.\w+)`", cell)


def constants() -> Iterator[tuple[str, int, str]]:
    """Module, value, name, from cells such as `module`: 5 `NAME`, 6 `OTHER`."""
    for *_cells, counted in lines():
        if found := re.match(r"`([\w.]+)`(?:: (.+))?$", counted):
            for value, name in re.findall(r"(\d[\d,]*) `(\w+)`", found[2] or ""):
                yield found[1], int(value.replace(",", "")), name


def test_every_model_that_people_can_write_has_a_line() -> None:
    listed = [model for row in lines() for model in models_in(row[0])]
    there = {model._meta.label for model in apps.get_models()} - NOT_BY_PEOPLE
    assert there - set(listed) == set(), "a line for it in docs/security.md: how many, and who counts?"
    assert set(listed) - there == set(), "there is no such model any more"
    assert len(listed) == len(set(listed))


def test_every_line_has_a_number_and_a_size() -> None:
    words = r"\d|one|two|ten|none: by administrators|as invitations"
    for what, number, size, _counted in lines():
        assert re.search(words, number), what
        assert re.search(r"\d", size), what


@pytest.mark.parametrize(("module", "value", "name"), list(constants()), ids=str)
def test_the_numbers_are_those_of_the_code(module: str, value: int, name: str) -> None:
    assert getattr(import_module(module), name) == value


def test_the_modules_that_count_are_there() -> None:
    named = {found for row in lines() for found in re.findall(r"`([a-z_]+(?:\.[a-z_]+)+)`", row[3])}
    assert len(named) > 20
    for module in named:
        import_module(module)


def test_the_rates_are_those_of_the_site() -> None:
    pairs = re.findall(r"\brates?\s+`(\w+)`(?:\s+and\s+`(\w+)`)?", section())
    rates = {name for pair in pairs for name in pair if name}
    assert {"retry_report", "heavy_file", "mail_to_mailbox"} <= rates
    assert rates <= set(RATE_LIMITS)
