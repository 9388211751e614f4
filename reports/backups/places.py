"""Where backups are kept: a folder, in which each has its moment as its name and the oldest make room."""

import contextlib
import os
import re
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from reports.backups.manifest import BackupError

PREFIX = "evenkeel-"
NAME = re.compile(PREFIX + r"\d{4}-\d\d-\d\dT\d{6}Z\.zip(\.age)?")
MOMENT = "%Y-%m-%dT%H%M%SZ"


def backup_name(moment: datetime, *, encrypted: bool) -> str:
    """`moment` is aware; to the second, in UTC."""
    return f"{PREFIX}{moment.astimezone(UTC):{MOMENT}}.zip{'.age' if encrypted else ''}"


def backups_in(folder: Path) -> list[Path]:
    """The newest first. What has another name is not ours to judge."""
    if not folder.is_dir():
        return []
    # With the moment in their names, the order of the names is that of time.
    return sorted((each for each in folder.iterdir() if NAME.fullmatch(each.name)), key=lambda each: each.name)[::-1]


def made_at(backup: Path) -> datetime:
    """What its name says, aware."""
    moment = backup.name.removeprefix(PREFIX).partition(".")[0]
    return datetime.strptime(moment, MOMENT).replace(tzinfo=UTC)


@contextlib.contextmanager
def new_backup(path: Path) -> Iterator[IO[bytes]]:
    """The file is there under its name once it is whole and on the disk, readable by its owner alone; else not at all.

    Raises BackupError where it cannot be written.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).rename(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise BackupError(f"The backup could not be written to {path.parent} ({error.strerror}).") from error


def delete_oldest(folder: Path, *, keep: int) -> list[str]:
    """All but the newest `keep`. Returns the names of those that are gone."""
    old = backups_in(folder)[keep:]
    for each in old:
        each.unlink(missing_ok=True)
    return [each.name for each in old]
