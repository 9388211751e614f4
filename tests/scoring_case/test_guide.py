"""docs/scoring-cases.md: its example is scored, and gives what the page says."""

import json
import re
from datetime import date
from pathlib import Path

import yaml

from assessments.bank.types import Edition
from assessments.scoring_case.case import case_as_json
from assessments.scoring_case.reader import CaseReading, read_case
from assessments.scoring_case.unmet import unmet_expectations

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "scoring-cases.md").read_text("utf-8")
NEVER = date(1, 1, 1)


def example(kind: str) -> str:
    found = re.findall(rf"^```{kind}\n(.*?)^```", GUIDE, re.M | re.S)
    assert len(found) == 1
    return str(found[0])


def reading(text: str, name: str, edition: Edition) -> CaseReading:
    return read_case(text, name, [edition], NEVER)


def test_the_example_gives_what_the_page_says(edition: Edition) -> None:
    read = reading(example("yaml"), "bakery.yaml", edition)
    said = json.loads(example("json"))

    assert read.warnings == ()
    assert {key: value for key, value in case_as_json(read.case).items() if key in said} == said
    assert unmet_expectations(read, "bakery.yaml") == []


def test_the_example_means_the_same_as_json(edition: Edition) -> None:
    as_json = json.dumps(yaml.safe_load(example("yaml")), default=str)

    assert reading(as_json, "bakery.json", edition).case == reading(example("yaml"), "bakery.yaml", edition).case


def test_the_keys_of_a_case_are_those_of_the_table() -> None:
    table = GUIDE.partition("| key | holds |")[2].partition("\n\n")[0]

    assert {*yaml.safe_load(example("yaml"))} == set(re.findall(r"^\| `(\w+)` \|", table, re.M))
