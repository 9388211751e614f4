"""Which keys were moved, and two orders merged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.bank.diff.order import merged, moved

orders = st.lists(st.sampled_from("abcdefgh"), unique=True)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("abc", "abc", ""),
        ("abc", "axbyc", ""),
        ("abcd", "bcda", "a"),
        ("abcd", "dabc", "d"),
        ("abcde", "abdce", "c"),
        ("abcdef", "cab", "c"),
        ("", "ab", ""),
    ],
)
def test_the_fewest_are_moved(old: str, new: str, expected: str) -> None:
    assert moved(list(old), list(new)) == set(expected)


@given(orders, orders)
def test_without_the_moved_both_orders_agree(old: list[str], new: list[str]) -> None:
    lifted = moved(old, new)
    shared = set(old) & set(new) - lifted

    assert lifted <= set(old) & set(new)
    assert [key for key in old if key in shared] == [key for key in new if key in shared]


@given(orders, orders)
def test_following_in_all_that_is_new_or_moved_gives_the_other_order(old: list[str], new: list[str]) -> None:
    follow = moved(old, new) | (set(new) - set(old))

    assert merged(old, new, follow, set(new)) == new


@given(orders, orders, st.sets(st.sampled_from("abcdefgh")))
def test_what_does_not_follow_keeps_its_order(old: list[str], new: list[str], follow: set[str]) -> None:
    present = set(old) | (set(new) & follow)

    found = merged(old, new, follow & set(new), present)

    assert sorted(found) == sorted(present)
    stays = [key for key in old if key not in follow & set(new)]
    assert [key for key in found if key in stays] == stays


def test_what_is_new_stands_behind_what_precedes_it() -> None:
    assert merged(list("adc"), list("axyc"), {"x", "y"}, set("adcxy")) == list("axydc")
    assert merged(list("ab"), list("xa"), {"x"}, set("abx")) == list("xab")
