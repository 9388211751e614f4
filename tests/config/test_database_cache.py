"""The cache of `./run`: Django's table, with JSON in it."""

import base64
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from config.caches import JsonDatabaseCache

pytestmark = pytest.mark.django_db


@pytest.fixture
def cache() -> JsonDatabaseCache:
    if "kept" not in connection.introspection.table_names():
        settings_of = {"default": {"BACKEND": "config.caches.JsonDatabaseCache", "LOCATION": "kept"}}
        with override_settings(CACHES=settings_of):
            call_command("createcachetable", verbosity=0)
    return JsonDatabaseCache("kept", {})


class Attack:
    """What runs when a pickle of it is read."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.mark,)


@pytest.mark.parametrize("kind", ["as Django stores it", "bare"])
def test_a_pickle_in_the_table_does_not_run(cache: JsonDatabaseCache, tmp_path: Path, kind: str) -> None:
    mark = tmp_path / "ran"
    pickled = pickle.dumps(Attack(mark), 0)
    pickle.loads(pickled)  # noqa: S301
    assert mark.exists(), "or this shows nothing"
    mark.unlink()
    cache.set("a", 1)
    stored = base64.b64encode(pickled).decode() if kind == "as Django stores it" else pickled.decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kept SET value = %s", [stored])
    assert cache.get("a", "missing") == "missing"
    assert cache.get_many(["a"]) == {}
    assert not mark.exists()


@pytest.mark.parametrize("value", [0, 7, -1, "text", "Łódź", True, False, 1.5, [1, [2]], {"a": [None]}])
def test_what_goes_in_comes_out(cache: JsonDatabaseCache, value: object) -> None:
    cache.set("a", value)
    assert cache.get("a") == value


def test_it_counts_and_forgets(cache: JsonDatabaseCache) -> None:
    assert cache.add("count", 1, 60)
    assert not cache.add("count", 9, 60)
    assert cache.incr("count") == 2
    assert cache.get_many(["count", "other"]) == {"count": 2}
    assert cache.delete("count")
    assert cache.get("count") is None
    assert cache.get_many([]) == {}


def test_what_is_over_is_not_there_and_makes_room(cache: JsonDatabaseCache) -> None:
    cache.set("over", 1, -5)
    assert cache.get("over") is None
    assert not cache.touch("over", 60)
    assert cache.add("over", 2, 60)
    assert cache.get("over") == 2
    assert cache.touch("over", -5)
    assert cache.get("over") is None
    cache.set("kept", 3, None)
    assert cache.get("kept") == 3


def test_a_full_table_is_cleared_out(cache: JsonDatabaseCache) -> None:
    small = JsonDatabaseCache("kept", {"OPTIONS": {"MAX_ENTRIES": 3}})
    for number in range(20):
        small.set(f"key-{number}", number, 60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kept")
        assert cursor.fetchone()[0] <= 5
    assert small.get("key-19") == 19


def test_nothing_that_is_shared_holds_pickles() -> None:
    assert settings.CELERY_ACCEPT_CONTENT == ["json"]
    assert settings.CELERY_TASK_SERIALIZER == "json"
    assert settings.SESSION_SERIALIZER.endswith(".JSONSerializer")
    for each in settings.CACHES.values():
        json_table = each["BACKEND"] == "config.caches.JsonDatabaseCache"
        assert json_table or each["OPTIONS"]["serializer"] == "config.caches.JsonSerializer"


def test_the_embedded_default_uses_it(tmp_path: Path) -> None:
    script = "from config import settings as s; print(s.CACHES['default']['BACKEND'])"
    keys = {"SECRET_KEY": settings.SECRET_KEY, "SIGNING_KEY": settings.SIGNING_KEY}
    given = {"EVENKEEL_DATA": str(tmp_path), "ALLOWED_HOSTS": "localhost", **keys}
    said = subprocess.run(
        [sys.executable, "-c", script], cwd=settings.BASE_DIR, env=given, capture_output=True, text=True, check=True
    ).stdout
    assert said.strip() == "config.caches.JsonDatabaseCache"
