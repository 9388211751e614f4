import os
from pathlib import Path
from typing import Any

import pytest

from config.prepare import when_changed


@pytest.fixture
def source(tmp_path: Path, settings: Any) -> Path:
    settings.DATA = tmp_path / "data"
    (tmp_path / "data").mkdir()
    path = tmp_path / "source.css"
    path.write_text("p {}")
    return path


def times_acted(*situations: list[Path]) -> list[int]:
    """How often it has acted after each situation, in order."""
    acted: list[int] = []
    counts = []
    for sources in situations:
        when_changed("style", sources, lambda: acted.append(1))
        counts.append(len(acted))
    return counts


def test_it_acts_once_for_the_same_sources_in_any_order(source: Path) -> None:
    other = source.with_name("other.css")
    other.touch()
    assert times_acted([source, other], [source, other], [other, source]) == [1, 1, 1]


def test_it_acts_again_for_new_content_another_time_or_another_file(source: Path) -> None:
    assert times_acted([source]) == [1]
    source.write_text("p { margin: 0 }")
    assert times_acted([source], [source]) == [1, 1]
    os.utime(source, (1, 1))
    assert times_acted([source], [source]) == [1, 1]
    other = source.with_name("other.css")
    other.touch()
    assert times_acted([source, other]) == [1]


def test_what_failed_is_tried_again(source: Path) -> None:
    def fail() -> None:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="the disk is full"):
        when_changed("style", [source], fail)
    assert times_acted([source]) == [1]
