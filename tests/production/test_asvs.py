"""docs/asvs.md: every requirement of the standard once, every file and test that it names, and its counts."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = (ROOT / "docs" / "asvs.md").read_text("utf-8")
MET, NOT_MET, DOES_NOT_APPLY = STATES = ("met", "not met", "does not apply")
MOST_WORDS = 12

# ASVS 5.0.0: for each section the levels of its requirements in order, so 1.2.10 is of level 3.
SECTIONS = """
1.1 22  1.2 1111122223  1.3 112222222223  1.4 222  1.5 123
2.1 122  2.2 112  2.3 12223  2.4 23
3.1 3  3.2 113  3.3 12223  3.4 11222233  3.5 11122333  3.6 3  3.7 22333
4.1 12233  4.2 23333  4.3 22  4.4 1222
5.1 2  5.2 112333  5.3 113  5.4 222
6.1 122  6.2 111111112222  6.3 11223333  6.4 112233  6.5 22222333  6.6 2223  6.7 33  6.8 2222
7.1 222  7.2 1111  7.3 22  7.4 11222  7.5 223  7.6 22
8.1 1233  8.2 1123  8.3 133  8.4 23
9.1 111  9.2 1222
10.1 22  10.2 223  10.3 22223  10.4 1111122222233333  10.5 22222  10.6 22  10.7 222
11.1 2233  11.2 22233  11.3 11233  11.4 1222  11.5 23  11.6 23  11.7 33
12.1 12233  12.2 11  12.3 22223
13.1 2333  13.2 222223  13.3 2233  13.4 1222233
14.1 22  14.2 12223333  14.3 122
15.1 12233  15.2 12233  15.3 1222222  15.4 3333
16.1 2  16.2 22222  16.3 2222  16.4 222  16.5 2223
17.1 23  17.2 22223333  17.3 22
"""
_WORDS = SECTIONS.split()
LEVELS = {
    f"{section}.{number}": int(level)
    for section, levels in zip(_WORDS[::2], _WORDS[1::2], strict=True)
    for number, level in enumerate(levels, 1)
    if level != "3"
}

ID = re.compile(r"\b\d+\.\d+\.\d+\b")
NAMED = re.compile(r"`([\w./-]+\.(?:py|md|toml|lock|yml|html|js|conf))(?:::(\w+))?`(?:, \"([^\"]+)\")?")


@dataclass(frozen=True)
class Row:
    """A line of a table: one requirement, or several that do not apply for the same reason."""

    ids: tuple[str, ...]
    levels: str
    asks: str
    state: str
    shown_by: str


def rows() -> Iterator[Row]:
    for line in TEXT.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| ") and ID.match(cells[0]):
            ids, levels, asks, state, shown_by = cells
            yield Row(tuple(ids.split(", ")), levels, asks, state, shown_by)


ROWS = tuple(rows())


@cache
def functions_of(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def missing(text: str) -> list[str]:
    """What the text names and is not there: files, tests in them, headings of pages."""
    return [
        f"{name}::{test}{heading}" for name, test, heading in NAMED.findall(text) if not is_there(name, test, heading)
    ]


def is_there(name: str, test: str, heading: str) -> bool:
    path = ROOT / name
    if not path.is_file():
        return False
    if test:
        return test in functions_of(path)
    return not heading or re.search(rf"^#+ {re.escape(heading)}$", path.read_text("utf-8"), re.MULTILINE) is not None


def section(heading: str) -> str:
    return TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def test_every_requirement_stands_there_once() -> None:
    assert Counter(each for row in ROWS for each in row.ids) == Counter(LEVELS.keys())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.ids[0])
def test_a_requirement_has_its_level_and_state(row: Row) -> None:
    assert row.levels == ", ".join(str(level) for level in sorted({LEVELS[each] for each in row.ids}))
    assert row.state in STATES
    assert len(row.ids) == 1 or row.state == DOES_NOT_APPLY, "grouped only where it does not apply"
    assert len(row.asks.split()) <= MOST_WORDS
    assert row.shown_by
    if row.state == MET:
        assert NAMED.search(row.shown_by), "a file or a test shows it"


def test_all_that_is_named_is_there() -> None:
    assert missing(TEXT) == []


def test_what_is_not_there_is_noticed() -> None:
    text = (
        "`tests/production/test_asvs.py::test_nothing_such`, `accounts/no_such.py`, "
        '`docs/security.md`, "No such heading", `tests/production/test_asvs.py::test_what_is_not_there_is_noticed`'
    )
    assert missing(text) == [
        "tests/production/test_asvs.py::test_nothing_such",
        "accounts/no_such.py::",
        "docs/security.md::No such heading",
    ]


def test_the_summary_counts_the_tables() -> None:
    counted = Counter((LEVELS[each], row.state) for row in ROWS for each in row.ids)
    for name, levels in (("1", (1,)), ("2", (2,)), ("both", (1, 2))):
        met, not_met, apart = (sum(counted[level, state] for level in levels) for state in STATES)
        assert f"| {name} | {met + not_met} | {met} | {not_met} | {apart} |\n" in TEXT


def test_what_is_open_is_listed_once() -> None:
    listed = Counter(
        each for line in section("Open").splitlines() if line.startswith("- ") for each in ID.findall(line)
    )
    assert listed == Counter(each for row in ROWS if row.state == NOT_MET for each in row.ids)
