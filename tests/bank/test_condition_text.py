"""Conditions and lists in one cell of a sheet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.bank.conditions import ALWAYS, Clause, Condition
from assessments.bank.sheets.condition_text import (
    LONGEST,
    UnreadableCondition,
    read_condition_text,
    read_list,
    write_condition,
    write_list,
)

words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
names = st.lists(words | st.sampled_from(["gdpr", "base.eu", "tag:uses_ai"]), max_size=3).map(tuple)
clauses = st.builds(Clause, all=names, any=names, none=names).filter(lambda own: own != Clause())


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (ALWAYS, ""),
        (Condition((Clause(all=("gdpr", "large_scale")),)), "all: gdpr, large_scale"),
        (
            Condition((Clause(all=("a",), any=("b", "c"), none=("d",)), Clause(none=("e",)))),
            "all: a; any: b, c; none: d\nnone: e",
        ),
        (Condition((Clause(any=("tag:uses_ai", "base.eu")),)), "any: tag:uses_ai, base.eu"),
        (Condition((Clause(all=("two words", 'a "b"', "a;b")),)), r'all: "two words", "a \"b\"", "a;b"'),
    ],
)
def test_how_a_condition_is_written(condition: Condition, text: str) -> None:
    assert write_condition(condition) == text
    assert read_condition_text(text) == condition


@given(st.lists(clauses, max_size=3).map(tuple))
def test_any_condition_reads_back_the_same(own: tuple[Clause, ...]) -> None:
    assert read_condition_text(write_condition(Condition(own))) == Condition(own)


@pytest.mark.parametrize(
    "text", ["all:gdpr;none:ccpa", "  all : gdpr ;  none:  ccpa ;", "\n\nall: gdpr,; none: ccpa\n"]
)
def test_spaces_do_not_matter(text: str) -> None:
    assert read_condition_text(text) == Condition((Clause(all=("gdpr",), none=("ccpa",)),))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("gdpr", 'expected "all: ...", "any: ..." or "none: ...", found gdpr'),
        ("not: gdpr", 'expected "all: ...", "any: ..." or "none: ...", found not: gdpr'),
        ("all: gdpr; all: ccpa", "all appears twice"),
        ("all:", "all: expected at least one name"),
        ("all: gdpr ccpa", "all: expected a comma before ccpa"),
        ("all: , gdpr", "all: expected a name, found , gdpr"),
        ('all: "gdpr', 'all: expected a name, found "gdpr'),
        (r'all: "\x"', r'"\x" begins with a quote but is not quoted text'),
    ],
)
def test_what_is_no_condition(text: str, message: str) -> None:
    with pytest.raises(UnreadableCondition) as caught:
        read_condition_text(text)

    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("entries", "text"),
    [
        ((), ""),
        (("A list.", "A note, too."), "A list.\nA note, too."),
        (("two\nlines", '"quoted"', " spaced "), '"two\\nlines"\n"\\"quoted\\""\n" spaced "'),
        (("=1+1", "-", "@x"), "=1+1\n-\n@x"),
    ],
)
def test_how_a_list_is_written(entries: tuple[str, ...], text: str) -> None:
    assert write_list(entries) == text
    assert read_list(text) == entries


@given(st.lists(words, max_size=4).map(tuple))
def test_any_list_reads_back_the_same(entries: tuple[str, ...]) -> None:
    assert read_list(write_list(entries)) == entries


@pytest.mark.parametrize("text", ['"open', '"a" b'])
def test_what_begins_with_a_quote_must_end_with_one(text: str) -> None:
    with pytest.raises(UnreadableCondition, match="begins with a quote"):
        read_list(text)


def test_a_condition_that_is_too_long_is_not_looked_at() -> None:
    name = "a" * (LONGEST - len("all: "))
    assert read_condition_text(f"all: {name}") == Condition((Clause(all=(name,)),))
    with pytest.raises(UnreadableCondition, match="longer than 5,000 characters"):
        read_condition_text(f"all: {name}b")
