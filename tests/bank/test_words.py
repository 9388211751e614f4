"""The word diff: exact, and in whole words and phrases."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.bank.diff import words
from assessments.bank.diff.words import WordFate, word_diff

texts = st.text(st.sampled_from("ab .,'’-\n?é€"), max_size=40)

_SIGN = {WordFate.SAME: "{}", WordFate.REMOVED: "[-{}-]", WordFate.ADDED: "[+{}+]"}


def shown(old: str, new: str) -> str:
    return "".join(_SIGN[run.fate].format(run.text) for run in word_diff(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("Do you know?", "Do you know?", "Do you know?"),
        ("", "New.", "[+New.+]"),
        ("Old.", "", "[-Old.-]"),
        ("Do you know it?", "Do they know it?", "Do [-you-][+they+] know it?"),
        ("one two three four", "one 2 3 four", "one [-two three-][+2 3+] four"),
        ("a, b, c", "x, y, c", "[-a, b-][+x, y+], c"),
        ("Keep a list.", "Keep a written list.", "Keep a [+written +]list."),
        ("Is it known", "Is it known?", "Is it known[+?+]"),
        ("We don't.", "We do.", "We [-don't-][+do+]."),
        ("a sub-supplier", "a supplier", "a [-sub-supplier-][+supplier+]"),
        ("one\ntwo", "one\n\ntwo", "one[-\n-][+\n\n+]two"),
    ],
)
def test_what_is_shown(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


@given(texts, texts)
def test_both_texts_can_be_put_together_from_the_runs(old: str, new: str) -> None:
    runs = word_diff(old, new)

    assert "".join(run.text for run in runs if run.fate is not WordFate.ADDED) == old
    assert "".join(run.text for run in runs if run.fate is not WordFate.REMOVED) == new


@given(texts, texts)
def test_runs_are_not_empty_and_not_cut_twice(old: str, new: str) -> None:
    runs = word_diff(old, new)

    assert all(run.text for run in runs)
    assert all(one.fate is not other.fate for one, other in pairwise(runs))


@given(texts)
def test_a_text_is_the_same_as_itself(text: str) -> None:
    assert all(run.fate is WordFate.SAME for run in word_diff(text, text))


def test_texts_too_long_to_compare_are_compared_at_their_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "MAX_PIECES", 5)

    assert shown("begin a b c d end", "begin a x c y end") == "begin a [-b c d-][+x c y+] end"
