"""Editions that installations may still have, for tests of carrying over.

`result_2026_1.json` is a finished assessment of a bakery as the release with that edition stored it.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from assessments.bank.types import Edition
from assessments.editions.shipped import FOLDER, read_folder

HERE = Path(__file__).parent
SHA_OF_2026_2 = "37bc11e8c4f332e23a8ef84af550f395d22ef69433f8dcfd17d3207510ea6ffc"
"""Of the YAML that the release with edition 2026.2 wrote of it."""
FRAME_OF_2026_3 = ("presets", "quick_check")
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


def edition_2026_2() -> Edition:
    """The edition that shipped before 2026.3, which asks the same: without presets, quick check and told options."""
    edition = read_folder(FOLDER / "2026.3")
    screens = tuple(
        replace(
            screen,
            questions=tuple(
                replace(own, options=tuple(replace(option, says="") for option in own.options))
                for own in screen.questions
            ),
        )
        for screen in edition.scope.screens
    )
    return replace(edition, id="2026.2", presets=(), quick_check=None, scope=replace(edition.scope, screens=screens))


def result_2026_1() -> dict[str, Any]:
    """Columns of a run and of its result: depth, facts, tags, provisional, outcome, answers."""
    stored: dict[str, Any] = json.loads((HERE / "result_2026_1.json").read_text(encoding="utf-8"))
    return stored


def frame_before_2026_2(frame: Mapping[str, Any]) -> dict[str, Any]:
    """The frame of edition 2026.1 as releases before 2026.2 stored it."""
    old = {key: value for key, value in frame_before_2026_3(frame).items() if key not in FRAME_OF_2026_2}
    clauses = frame["raised_target_when"]["clauses"]
    old["raised_target_tags"] = [tag for clause in clauses for tag in clause["any"]]
    tags = [{**tag, "otherwise": tag["otherwise"][0]["text"]} for tag in old["scope"]["tags"]]
    old["scope"] = {**old["scope"], "tags": tags}
    return old


def frame_before_2026_3(frame: Mapping[str, Any]) -> dict[str, Any]:
    """The frame of an edition without presets as releases before 2026.3 stored it."""
    old = {key: value for key, value in frame.items() if key not in FRAME_OF_2026_3}
    screens = json.loads(json.dumps(frame["scope"]["screens"]))
    for option in (option for screen in screens for asked in screen["questions"] for option in asked["options"]):
        del option["says"]
    old["scope"] = {**frame["scope"], "screens": screens}
    return old
