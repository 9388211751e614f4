"""Editions that installations may still have, for tests of carrying over.

`result_2026_1.json` is a finished assessment of a bakery as the release with that edition stored it.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assessments.bank.types import Edition
from assessments.editions.shipped import read_folder

HERE = Path(__file__).parent
FRAME_OF_2026_2 = (
    "raised_target_when",
    "unknown",
    "authorities",
    "damage_first",
    "link_hosts",
    "readability_exceptions",
)


def edition_2026_1() -> Edition:
    """The edition that shipped before 2026.2."""
    return read_folder(HERE / "2026.1")


def result_2026_1() -> dict[str, Any]:
    """Columns of a run and of its result: depth, facts, tags, provisional, outcome, answers."""
    stored: dict[str, Any] = json.loads((HERE / "result_2026_1.json").read_text(encoding="utf-8"))
    return stored


def frame_before_2026_2(frame: Mapping[str, Any]) -> dict[str, Any]:
    """The frame of edition 2026.1 as releases before 2026.2 stored it."""
    old = {key: value for key, value in frame.items() if key not in FRAME_OF_2026_2}
    clauses = frame["raised_target_when"]["clauses"]
    old["raised_target_tags"] = [tag for clause in clauses for tag in clause["any"]]
    tags = [{**tag, "otherwise": tag["otherwise"][0]["text"]} for tag in frame["scope"]["tags"]]
    old["scope"] = {**frame["scope"], "tags": tags}
    return old
