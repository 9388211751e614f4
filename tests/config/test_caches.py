"""The shared cache holds JSON: a value that somebody else wrote into Redis is data and never code."""

import pickle
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache

pytestmark = pytest.mark.skipif(
    "PatientRedisCache" not in settings.CACHES["default"]["BACKEND"], reason="the embedded default has no Redis"
)


class Planted:
    """Unpickling it creates a file."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (Path(self.path),))


def test_a_pickle_in_redis_is_not_run(tmp_path: Path) -> None:
    planted = tmp_path / "ran"
    client = cache._cache.redis.get_client(None, write=True)  # type: ignore[attr-defined]
    client.set(cache.make_key("limit"), pickle.dumps(Planted(str(planted))))
    assert cache.get("limit") is None
    assert not planted.exists()


@pytest.mark.parametrize("value", [True, 0, 7, 1.5, "text", [1.5, 2.5], {"a": [None, False]}, "", []])
def test_what_is_stored_comes_back(value: Any) -> None:
    cache.set("kept", value)
    assert cache.get("kept", "lost") == value
    assert type(cache.get("kept")) is type(value)


def test_counting_works() -> None:
    cache.set("count", 1)
    assert cache.incr("count") == 2


def test_what_json_cannot_hold_is_refused_when_it_is_stored() -> None:
    with pytest.raises(TypeError):
        cache.set("odd", object())
