"""Rules for the wizard: names exist, nothing is circular, every tag can be set and is used."""

from dataclasses import replace

from assessments.bank.checks.edition import check_edition
from assessments.bank.conditions import Clause, Condition
from assessments.bank.errors import Severity
from assessments.bank.scope_types import OutOfView, Scope
from assessments.bank.types import Edition
from tests.bank.making import SMALL_SCOPE, edition, gate, question, scope, scope_question, tag, when

# The tags of the small bank that its laws and targets use.
USED = replace(SMALL_SCOPE, tags=tuple(own for own in SMALL_SCOPE.tags if own.id != "uses_ai"))


def bank_with(own: Scope) -> Edition:
    """A bank that uses the tags gdpr, ccpa and large_scale by its laws and targets."""
    return edition(*(question(f"DATA-0{n}") for n in range(1, 6)), scope=own)


def said(bank: Edition, severity: Severity = Severity.ERROR) -> list[str]:
    return [f"{p.place}: {p.message}" for p in check_edition(bank) if p.severity is severity]


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
    tags = [tag(name, when("base.eu")) for name in ("one", "two")]
    own = replace(USED, tags=(*USED.tags, *tags))
    by_gate = question("DATA-06", gates=(gate(on=when("one")),))
    bank = edition(*(question(f"DATA-0{n}") for n in range(1, 6)), by_gate, scope=own)

    assert said(bank, Severity.WARNING) == ["tags two: nothing uses this tag"]


def test_a_tag_names_a_law_of_the_document() -> None:
    own = replace(USED, tags=(replace(USED.tags[0], law="bgb"), *USED.tags[1:]))

    assert said(bank_with(own)) == ["tags gdpr, law: bgb is not a law of this document"]


def test_with_an_unsound_scope_the_questions_are_checked_all_the_same() -> None:
    own = replace(USED, tags=(*USED.tags, tag("loop", when("tag:loop"))))
    bank = replace(bank_with(own), questions=(question("DATA-01", weight=9, applies_when=when("gdpr")),))

    assert "questions DATA-01, weight: expected 1, 2 or 3, found 9" in said(bank)
