"""Storage of finished reports and bundles. A name is used once, so a file under its name is complete or nobody's."""

import contextlib
import errno
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import IO, Any
from uuid import UUID

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, default_storage

REPORTS, BUNDLES, EXPORTS, SAMPLES, PORTFOLIOS = "reports", "bundles", "exports", "samples", "portfolios"
ORPHAN_AFTER = timedelta(hours=1)
"""Far longer than making one takes: a younger file may be about to become one."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """`name` is the one in the storage, `file_name` the one a person gets."""

    name: str
    file_name: str
    sha256: str
    size: int


class DurableFileSystemStorage(FileSystemStorage):
    """A file appears under its name complete and on the disk, or not at all: temporary name, fsync, rename.

    Only files of its own are opened: whoever may write into the folder could lead the web server to its secrets by a
    link, or hold it by a pipe.
    """

    def open(self, name: str, mode: str = "rb") -> "File[Any]":
        if mode != "rb":
            return super().open(name, mode)
        return File(os.fdopen(_open_below(Path(self.location), Path(self.path(name))), mode), name)

    def _save(self, name: str, content: "File[Any]") -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(prefix=".", suffix=".part", dir=target.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).rename(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)
        return name


def store(*, content: bytes, token: UUID, file_name: str, folder: str = REPORTS) -> StoredFile:
    """Keeps the suffix of `file_name`."""
    name = default_storage.save(f"{folder}/{token.hex}{PurePosixPath(file_name).suffix}", ContentFile(content))
    return StoredFile(name, file_name, hashlib.sha256(content).hexdigest(), len(content))


def store_zip(*, content: IO[bytes], token: UUID, file_name: str, folder: str = BUNDLES) -> StoredFile:
    """Reads the file through twice, a piece at a time."""
    content.seek(0)
    sha256 = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
    size = content.tell()
    name = default_storage.save(f"{folder}/{token.hex}.zip", File(content))
    return StoredFile(name, file_name, sha256, size)


def scratch_file(folder: str) -> IO[bytes]:
    """An empty file without a name, of which nothing is left if this process is killed.

    It lies on the disk of the stored files: a container's own folder for temporary files is memory, and small. With
    a storage that is no folder, such as S3, the machine chooses the place.
    """
    try:
        place = Path(default_storage.path(folder))
    except NotImplementedError:
        return tempfile.TemporaryFile()
    place.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryFile(dir=place)


def open_file(name: str) -> IO[bytes]:
    """Raises FileNotFoundError if it is gone, or is no plain file in the folder of files."""
    return default_storage.open(name, "rb")


def digest_of_file(name: str) -> tuple[str, int]:
    """SHA-256 and size, read a piece at a time. Raises FileNotFoundError like `open_file`."""
    with open_file(name) as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
        return sha256, file.tell()


def delete_file(name: str) -> None:
    """Does nothing if it is gone."""
    with contextlib.suppress(FileNotFoundError):
        default_storage.delete(name)


def old_files(folder: str, now: datetime) -> Iterator[str]:
    """Names of all files that are too old to belong to work in progress."""
    try:
        names = default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return
    for name in names:
        path = f"{folder}/{name}"
        with contextlib.suppress(FileNotFoundError):
            if default_storage.get_modified_time(path) < now - ORPHAN_AFTER:
                yield path


def _open_below(folder: Path, path: Path) -> int:
    """A descriptor to read the file with, reached from the folder step by step, none of which is a link."""
    *folders, last = path.relative_to(folder).parts
    plain = os.O_NOFOLLOW | os.O_CLOEXEC
    held = [os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)]
    try:
        for part in folders:
            held.append(os.open(part, os.O_RDONLY | os.O_DIRECTORY | plain, dir_fd=held[-1]))
        opened = os.open(last, os.O_RDONLY | os.O_NONBLOCK | plain, dir_fd=held[-1])
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENOTDIR, errno.ENXIO):
            raise FileNotFoundError(error.errno, error.strerror, str(path)) from error
        raise
    finally:
        for each in held:
            os.close(each)
    if not stat.S_ISREG(os.fstat(opened).st_mode):
        os.close(opened)
        raise FileNotFoundError(errno.ENOENT, "This is no plain file", str(path))
    return opened


def _sync_folder(folder: Path) -> None:
    """So that the rename survives a power cut, too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
