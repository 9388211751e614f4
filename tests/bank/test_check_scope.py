"""Rules for the wizard: names exist, nothing is circular, every tag can be set and is used."""

from dataclasses import replace
from typing import Any

import pytest

from assessments.bank.conditions import Clause, Condition
from assessments.bank.errors import Severity
from assessments.bank.scope_types import Otherwise, OutOfView, Scope, TagRule
from assessments.bank.types import Edition
from tests.bank.checking import said
from tests.bank.making import SMALL_SCOPE, WITH_STEPS, duty, edition, gate, question, scope, scope_question, tag, when

# The tags of the small bank that its laws and targets use.
USED = replace(SMALL_SCOPE, tags=tuple(own for own in SMALL_SCOPE.tags if own.id != "uses_ai"))

FIVE = tuple(question(f"DATA-0{n}", **WITH_STEPS) for n in range(1, 6))


def bank_with(own: Scope) -> Edition:
    """A bank that uses the tags gdpr, ccpa and large_scale by its laws and targets."""
    return edition(*FIVE, scope=own)


def test_unknown_names_in_conditions() -> None:
    own = scope(
        scope_question("base", "eu", "us"),
        scope_question("size", "big", asked_when=when("base.mars")),
        tags=(tag("gdpr", when("base.eu")), tag("ccpa", when("tag:gone")), tag("large_scale", when("gdpr"))),
    )
    own = replace(own, out_of_view=(OutOfView("x", "X", when("size.small")),))

    assert said(bank_with(own)) == [
        "scope question size, asked_when: base.mars is neither a question.option nor a tag:id of this document",
        "tags ccpa, set_when, entry 1: tag:gone is neither a question.option nor a tag:id of this document",
        "tags large_scale, set_when, entry 1: gdpr is neither a question.option nor a tag:id of this document",
        "out_of_view x, when: size.small is neither a question.option nor a tag:id of this document",
    ]


def test_tags_that_depend_on_themselves() -> None:
    own = scope(
        scope_question("base", "eu", asked_when=when("tag:gdpr")),
        tags=(tag("gdpr", when("tag:ccpa")), tag("ccpa", when("base.eu")), tag("large_scale", when("base.eu"))),
    )

    assert said(bank_with(own)) == ["tags: depend on themselves: tag:gdpr -> tag:ccpa -> base -> tag:gdpr"]


def test_a_question_that_depends_on_itself() -> None:
    own = replace(
        SMALL_SCOPE,
        screens=scope(
            scope_question("base", "eu", "us", "none"), scope_question("ai", "tools", asked_when=when("ai.tools"))
        ).screens,
    )

    assert said(bank_with(own)) == ["tags: depend on themselves: ai -> ai"]


def test_the_same_id_twice() -> None:
    own = scope(
        scope_question("base", "eu", "us", "eu"),
        scope_question("base", "eu", "us"),
        tags=(*SMALL_SCOPE.tags[:2], tag("large_scale", when("base.eu")), SMALL_SCOPE.tags[0]),
    )
    own = replace(own, screens=own.screens * 2)

    found = said(bank_with(own))

    assert {"scope first: appears twice", "scope, questions base: appears twice", "tags gdpr: appears twice"} <= set(
        found
    )
    assert "scope question base, options eu: appears twice" in found


def test_a_tag_that_nobody_can_have_and_one_that_nothing_uses() -> None:
    never = Condition((Clause(all=("base.eu", "base.none")),))
    own = replace(USED, tags=(*USED.tags, tag("spare", never)))
    bank = bank_with(own)

    assert said(bank) == ["tags spare: no business can ever have this tag"]
    assert said(bank, Severity.WARNING) == ["tags spare: nothing uses this tag"]


def test_a_tag_is_used_by_any_condition_of_a_question() -> None:
    tags = [replace(tag(name, when("base.eu")), settled_by="base") for name in ("one", "two")]
    own = replace(USED, tags=(*USED.tags, *tags))
    by_gate = question("DATA-06", **WITH_STEPS, gates=(gate(on=when("one")),))
    bank = edition(*FIVE, by_gate, scope=own)

    assert said(bank, Severity.WARNING) == ["tags two: nothing uses this tag"]


def test_a_tag_names_a_law_of_the_document() -> None:
    own = replace(USED, tags=(replace(USED.tags[0], law="bgb"), *USED.tags[1:]))

    assert said(bank_with(own)) == ["tags gdpr, law: bgb is not a law of this document"]


def test_with_an_unsound_scope_the_questions_are_checked_all_the_same() -> None:
    own = replace(USED, tags=(*USED.tags, tag("loop", when("tag:loop"))))
    bank = replace(bank_with(own), questions=(question("DATA-01", weight=9, applies_when=when("gdpr")),))

    assert "questions DATA-01, weight: expected 1, 2 or 3, found 9" in said(bank)


def tags_with(**changes: Any) -> Edition:
    """A change to the tag gdpr, on which a duty rests."""
    tags = (replace(replace(USED.tags[0], settled_by="base"), **changes), *USED.tags[1:])
    own = replace(question("DATA-06", **WITH_STEPS), duties=(duty(),))
    return edition(*FIVE, own, scope=replace(USED, tags=tags))


US = when("base.us")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"otherwise": (Otherwise("No."), Otherwise("Never."))}, ["tags gdpr, otherwise, entry 1"]),
        ({"otherwise": (Otherwise("Not there.", US), Otherwise("No.", US))}, ["tags gdpr, otherwise, entry 2"]),
        ({"otherwise": (Otherwise("Not there.", US), Otherwise("No."))}, []),
        ({"settled_by": ""}, []),
    ],
)
def test_some_reason_holds_whenever_a_tag_is_off(changes: dict[str, Any], expected: list[str]) -> None:
    assert said(tags_with(**changes)) == [f"{place}: every text but the last has a condition" for place in expected]


def test_names_in_reasons_exist() -> None:
    bank = tags_with(otherwise=(Otherwise("Not there.", when("base.mars")), Otherwise("No.")))

    assert said(bank) == [
        "tags gdpr, otherwise, entry 1: base.mars is neither a question.option nor a tag:id of this document"
    ]


def test_the_question_that_settles_a_tag_is_one_that_it_depends_on() -> None:
    assert said(tags_with(settled_by="ai")) == ["tags gdpr, settled_by: the tag does not depend on a scope question ai"]
    through_a_tag = replace(USED.tags[2], set_when=(TagRule(when("tag:gdpr", "ai.tools"), "because"),))
    for name, found in {"base": 0, "ai": 0, "size": 1}.items():
        own = replace(USED, tags=(*USED.tags[:2], replace(through_a_tag, settled_by=name)))
        assert len(said(bank_with(own))) == found


def test_a_tag_that_duties_rest_on_says_what_settles_it() -> None:
    expected = ["tags gdpr, settled_by: gates or duties rest on it: name the scope question that settles it"]

    assert said(tags_with(settled_by=""), Severity.WARNING) == expected
    assert said(tags_with(), Severity.WARNING) == []
