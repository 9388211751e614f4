"""`manage.py` as an operator runs it, on a database of choice."""

import contextlib
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from reports.backups.archive import read_archive
from reports.backups.manifest import Manifest
from tests.launch.running import ROOT

OF_THE_TEST_RUN = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "MEDIA_ROOT", "EVENKEEL_DATA", "OPERATOR_FOLDER")


def on_tests_database() -> dict[str, str]:
    """The database and the storage of this test run, as production has them."""
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    return on_postgresql(f"{server}/{connection.settings_dict['NAME']}", Path(settings.MEDIA_ROOT))


def on_postgresql(url: str, files: Path, data_key: str | None = None) -> dict[str, str]:
    return {"DATABASE_URL": url, "MEDIA_ROOT": str(files), **({"DATA_KEY": data_key} if data_key else {})}


def on_embedded(folder: Path) -> dict[str, str]:
    """With the key that encrypted second steps in the tests' database."""
    folder.mkdir(mode=0o700, exist_ok=True)
    return {"EVENKEEL_DATA": str(folder), "SECRET_KEY": settings.DATA_KEY}


@contextlib.contextmanager
def service(place: dict[str, str], *arguments: str | Path) -> Iterator[subprocess.Popen[bytes]]:
    """A command that runs until it is asked to end; it has ended afterwards."""
    process = subprocess.Popen([sys.executable, "manage.py", *arguments], cwd=ROOT, env=_environment(place))
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def manage(place: dict[str, str], *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=_environment(place),
        capture_output=True,
        text=True,
        check=False,
    )


def _environment(place: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in OF_THE_TEST_RUN}
    own = {"DATA_KEY": settings.DATA_KEY, "SIGNING_KEY": secrets.token_urlsafe(64), "SITE_URL": settings.SITE_URL}
    return {**kept, "SECRET_KEY": secrets.token_urlsafe(64), **own, **place}


def back_up(place: dict[str, str], folder: Path) -> Path:
    """The one backup that is then in the folder."""
    made = manage(place, "backup", folder)
    assert made.returncode == 0, made.stderr
    [found] = folder.iterdir()
    return found


def manifest_of(backup: Path) -> Manifest:
    with read_archive(backup, []) as archive:
        return archive.manifest
