"""What was laid out is kept within bounds in bytes and in time, and the least lately read goes first."""

import random

from assessments.pages.html_cache import HtmlCache


def noise(length: int) -> str:
    """Text that hardly gets smaller."""
    return "".join(random.choices("äbcdéfghijklmnöpqrstüvwxyz0123456789", k=length))  # noqa: S311


def never() -> str:
    raise AssertionError


def test_what_is_kept_is_not_laid_out_again() -> None:
    cache = HtmlCache(most_bytes=10_000, most_seconds=60)
    assert cache.get_or_set("a", lambda: "<p>é ü €</p>\0") == "<p>é ü €</p>\0"
    assert cache.get_or_set("a", never) == "<p>é ü €</p>\0"
    cache.clear()
    assert cache.get_or_set("a", lambda: "anew") == "anew"


def test_html_is_kept_compressed() -> None:
    cache = HtmlCache(most_bytes=10_000, most_seconds=60)
    cache.get_or_set("a", lambda: "<li>A step</li>" * 1_000)
    assert cache.bytes < 500


def test_it_never_grows_beyond_its_bound() -> None:
    cache = HtmlCache(most_bytes=10_000, most_seconds=60)
    for number in range(100):
        cache.get_or_set(number, lambda: noise(1_000))
        assert cache.bytes <= 10_000
    assert 5 < len(cache) < 20
    cache.clear()
    assert (len(cache), cache.bytes) == (0, 0)


def test_what_was_not_read_for_longest_makes_room() -> None:
    cache = HtmlCache(most_bytes=1_800, most_seconds=60)
    first, second = noise(1_000), noise(1_000)
    cache.get_or_set("first", lambda: first)
    cache.get_or_set("second", lambda: second)
    cache.get_or_set("first", never)
    cache.get_or_set("third", lambda: noise(1_000))
    assert cache.get_or_set("first", never) == first
    assert cache.get_or_set("second", lambda: "anew") == "anew"


def test_a_page_larger_than_the_bound_is_shown_and_not_kept() -> None:
    cache = HtmlCache(most_bytes=100, most_seconds=60)
    page = noise(1_000)
    assert cache.get_or_set("a", lambda: page) == page
    assert len(cache) == 0
    assert cache.get_or_set("a", lambda: "anew") == "anew"


def test_after_its_time_it_is_laid_out_anew() -> None:
    """Read in between or not: a name that was erased meanwhile is not shown for longer."""
    clock = iter((0.0, 30.0, 59.0, 60.0, 61.0))
    cache = HtmlCache(most_bytes=10_000, most_seconds=60, clock=lambda: next(clock))
    cache.get_or_set("a", lambda: "Ann Lee")
    assert [cache.get_or_set("a", never) for _time in range(2)] == ["Ann Lee"] * 2
    assert cache.get_or_set("a", lambda: "former member") == "former member"
    assert cache.get_or_set("a", never) == "former member"
    assert len(cache) == 1
