"""The file of a backup: a ZIP, which age encrypts on its way to the disk if somebody is to be the only reader."""

import contextlib
import hashlib
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import IO

import pyrage

from reports.backups.manifest import MANIFEST, BackedUpFile, BackupError, Manifest, manifest_from_json

PIECE = 256 * 1024
AGE_MAGIC = b"age-encryption.org/"
DIFFERENT = "{name} in this backup is not what was written into it. Use another backup."


class BackupWriter:
    """Adds files one after the other; the manifest comes last."""

    def __init__(self, target: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(target, "w", allowZip64=True)

    def add_lines(self, name: str, lines: Iterable[str]) -> str:
        """Compressed. Returns the SHA-256 of what was written."""
        digest = hashlib.sha256()
        with self._zip.open(_entry(name, zipfile.ZIP_DEFLATED), "w", force_zip64=True) as file:
            for line in lines:
                content = f"{line}\n".encode()
                digest.update(content)
                file.write(content)
        return digest.hexdigest()

    def add_file(self, name: str, content: IO[bytes]) -> BackedUpFile:
        """As it is: finished files hardly shrink."""
        digest, size = hashlib.sha256(), 0
        with self._zip.open(_entry(name, zipfile.ZIP_STORED), "w", force_zip64=True) as file:
            while piece := content.read(PIECE):
                digest.update(piece)
                size += len(piece)
                file.write(piece)
        return BackedUpFile(size, digest.hexdigest())

    def close(self, manifest: str) -> None:
        self._zip.writestr(_entry(MANIFEST, zipfile.ZIP_DEFLATED), manifest)
        self._zip.close()


class BackupReader:
    """Of a backup that is open. What it hands out was compared with the manifest first."""

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
            self.manifest: Manifest = manifest_from_json(self._zip.read(MANIFEST))
        except (KeyError, zipfile.BadZipFile, zlib.error) as error:
            raise BackupError("This file is no backup of Evenkeel, or its end is missing.") from error

    def check_tables(self) -> None:
        """Raises BackupError if one is not what was written."""
        for label, content in self.manifest.tables.items():
            self._check(table_entry(label), label, content.sha256)

    def lines(self, label: str) -> Iterator[str]:
        with self._opened(table_entry(label)) as file:
            for line in file:
                yield line.decode().removesuffix("\n")

    @contextlib.contextmanager
    def file(self, name: str) -> Iterator[IO[bytes]]:
        """A file of the storage. Raises BackupError if it is not what was written."""
        self._check(file_entry(name), name, self.manifest.files[name].sha256)
        with self._opened(file_entry(name)) as source:
            yield source

    def _check(self, entry: str, name: str, sha256: str) -> None:
        with self._opened(entry) as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:  # type: ignore[arg-type]
                raise BackupError(DIFFERENT.format(name=name))

    @contextlib.contextmanager
    def _opened(self, name: str) -> Iterator[IO[bytes]]:
        if name not in self._zip.NameToInfo:
            raise BackupError(DIFFERENT.format(name=name))
        try:
            with self._zip.open(name) as file:
                yield file
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise BackupError(DIFFERENT.format(name=name)) from error


def roomy_folder(backup: Path) -> Path | None:
    """Where there is room for what comes out of a backup: beside it, or where the machine says if that is read-only.

    A container's own folder for temporary files is memory, and small.
    """
    folder = backup.resolve().parent
    return folder if os.access(folder, os.W_OK) else None


def file_entry(name: str) -> str:
    """Where a file of the storage stands in a backup."""
    return f"files/{name}"


def table_entry(label: str) -> str:
    """Where the rows of a table stand in a backup."""
    return f"tables/{label}.jsonl"


@contextlib.contextmanager
def write_archive(target: IO[bytes], recipients: Sequence[str]) -> Iterator[BackupWriter]:
    """Encrypted for the recipients, public keys of age, if there are any: then nothing legible reaches the disk."""
    if not recipients:
        yield BackupWriter(target)
        return
    readers = [_recipient(each) for each in recipients]
    source_end, target_end = os.pipe()
    with ThreadPoolExecutor(1) as thread, os.fdopen(source_end, "rb") as source:
        with os.fdopen(target_end, "wb") as plain:
            sealing: Future[None] = thread.submit(_seal, source, target, readers)
            yield BackupWriter(plain)
        sealing.result()


def _seal(source: IO[bytes], target: IO[bytes], readers: Sequence[pyrage.x25519.Recipient]) -> None:
    try:
        pyrage.encrypt_io(source, target, readers)
    finally:
        # The other end learns at once that nobody reads any more.
        source.close()


@contextlib.contextmanager
def read_archive(path: Path, identities: Sequence[str]) -> Iterator[BackupReader]:
    """`identities` are secret keys of age. Raises BackupError where none of them opens it."""
    with contextlib.ExitStack() as stack:
        try:
            file: IO[bytes] = stack.enter_context(path.open("rb"))
        except OSError as error:
            raise BackupError(f"{path} cannot be read ({error.strerror}).") from error
        if file.read(len(AGE_MAGIC)) == AGE_MAGIC:
            file.seek(0)
            file = stack.enter_context(_unsealed(file, identities))
        yield BackupReader(file)


@contextlib.contextmanager
def _unsealed(file: IO[bytes], identities: Sequence[str]) -> Iterator[IO[bytes]]:
    if not identities:
        raise BackupError("This backup is encrypted. Give the file with its secret key: --identity FILE")
    try:
        keys = [pyrage.x25519.Identity.from_str(each) for each in identities]
    except pyrage.IdentityError as error:
        raise BackupError("This is no secret key of age: it begins with AGE-SECRET-KEY.") from error
    # Without a name, so that nothing of it is left whatever happens.
    with tempfile.TemporaryFile(dir=roomy_folder(Path(file.name))) as plain:
        try:
            pyrage.decrypt_io(file, plain, keys)
        except pyrage.DecryptError as error:
            raise BackupError("This backup was not encrypted for this key, or its beginning was changed.") from error
        except OSError as error:
            # What age finds wrong is such an error without a number.
            why = error.strerror if error.errno else "a part of it is missing or was changed"
            raise BackupError(f"This backup could not be decrypted: {why}.") from error
        plain.seek(0)
        yield plain


def _recipient(text: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise BackupError(f"{text} is no public key of age: it begins with age1.") from error


def _entry(name: str, compression: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = compression
    entry.external_attr = 0o600 << 16
    return entry
