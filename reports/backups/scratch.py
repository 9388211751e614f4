"""Trying a backup: restored by a process of its own into a database and a folder that are deleted afterwards."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from reports.backups.archive import roomy_folder
from reports.backups.manifest import BackupError

KEPT = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "XDG_CACHE_HOME", "HOME")


def try_restoring(*, path: Path, identity: Path | None, tell: Callable[[str], object]) -> None:
    """Raises BackupError if the backup does not come back whole. Nothing that people use is touched.

    SQLite stands in for whatever database the backup came from: it needs no right to make one on a server.
    """
    with tempfile.TemporaryDirectory(prefix="evenkeel-restore-", dir=roomy_folder(path)) as name:
        command = [sys.executable, "manage.py", "restore", str(path.resolve())]
        if identity is not None:
            command += ["--identity", str(identity.resolve())]
        with tempfile.TemporaryFile("w+") as problems:
            process = subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env=_environment(Path(name)),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=problems,
                text=True,
            )
            for line in process.stdout or ():
                tell(line.rstrip("\n"))
            if process.wait():
                problems.seek(0)
                reason = problems.read().strip().removeprefix("CommandError: ")
                raise BackupError(f"This backup did not come back. {reason}")


def _environment(folder: Path) -> dict[str, str]:
    """Of the embedded default, with this installation's keys and address. No password of a server is handed on."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {
        **kept,
        "EVENKEEL_DATA": str(folder),
        # There, one key does both.
        "SECRET_KEY": settings.DATA_KEY,
        "SECRET_KEY_FALLBACKS": ",".join(settings.DATA_KEY_FALLBACKS),
        "SIGNING_KEY": settings.SIGNING_KEY or settings.DATA_KEY,
        "ALLOWED_HOSTS": ",".join(settings.ALLOWED_HOSTS),
        "SITE_URL": settings.SITE_URL,
        "PYTHONDONTWRITEBYTECODE": "1",
    }
