"""docs/yardstick.md prints the table of rules; its questions, files and tests exist."""

import re

import pytest

from accounts.models import RecordKind
from assessments.editions.shipped import shipped_editions
from assessments.own_rules.findings import how_often
from assessments.own_rules.rules.table import OWN_RULES
from assessments.own_rules.rules.types import OwnRule
from tests.own_rules.yardstick import PAGE, ROOT, table
from tests.production.test_asvs import is_there

EDITION = shipped_editions()[-1]
PLACE = re.compile(r'^([\w./-]+)(?:::(\w+))?(?:, "([^"]+)")?$')


@pytest.mark.parametrize("rule", OWN_RULES, ids=lambda rule: rule.code)
def test_a_rule_asks_a_question_of_the_shipped_edition_and_names_what_shows_it(rule: OwnRule) -> None:
    assert rule.code in {question.id for question in EDITION.questions}
    assert rule.shown_by
    for place in rule.shown_by:
        named = PLACE.match(place)
        assert named, place
        name, test, heading = (part or "" for part in named.groups())
        assert is_there(name, test, heading), place
    assert bool(rule.needs) == bool(rule.task), "a task is shown to be done by what the rule needs"


def test_each_question_stands_there_once() -> None:
    codes = [rule.code for rule in OWN_RULES]
    assert len(codes) == len(set(codes)) > 45


def test_everything_that_can_be_written_down_answers_a_question() -> None:
    needed = {need for rule in OWN_RULES for need in rule.needs}
    # A comparison of packages is asked for together with what it found.
    assert set(RecordKind) - needed == {RecordKind.AUDIT}


def test_the_page_prints_the_table() -> None:
    assert table() in PAGE.read_text("utf-8"), "run python -m tests.own_rules.yardstick"


def test_the_page_says_how_often_each_thing_is_asked() -> None:
    text = PAGE.read_text("utf-8")
    for kind in RecordKind:
        assert f"| `{kind.value}` | {kind.label} | {how_often(kind)} |" in text
    assert (ROOT / "docs" / "yardstick.md").is_file()
