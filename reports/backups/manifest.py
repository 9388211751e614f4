"""What a backup says of itself: enough to refuse it where it does not fit, and to prove that all of it came back."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

FORMAT = 1
MANIFEST = "manifest.json"


class BackupError(Exception):
    """A backup could not be made or restored; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class TableContent:
    """`sha256` is that of the table's file in the backup, `rows_digest` that of its rows in any order."""

    rows: int
    sha256: str
    rows_digest: str


@dataclass(frozen=True, slots=True)
class BackedUpFile:
    """A file of the storage: size in bytes."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`made_at` is the moment that the backup shows, aware; `site` is the address of the installation.

    `versions` are those of Python, Django and the database, for whoever reads it. `migrations` are the newest of each
    app, `packages` the SHA-256 of the lock file: with the same packages, a report made again has the same bytes.
    `data_keys` are the ids of the keys that stored secrets were encrypted with, `signing_key` is the public key of
    whoever signed, empty if the process that made the backup signs nothing. `missing` are files that a row names and
    the storage did not have.
    """

    made_at: datetime
    site: str
    versions: Mapping[str, str]
    packages: str
    migrations: Mapping[str, str]
    data_keys: tuple[str, ...]
    signing_key: str
    tables: Mapping[str, TableContent]
    files: Mapping[str, BackedUpFile]
    missing: tuple[str, ...]

    @property
    def rows(self) -> int:
        return sum(each.rows for each in self.tables.values())


def manifest_to_json(manifest: Manifest) -> str:
    return json.dumps({"format": FORMAT, **asdict(manifest), "made_at": manifest.made_at.isoformat()}, indent=1)


def manifest_from_json(text: bytes) -> Manifest:
    """Raises BackupError for what is no manifest, or one of a format that this version does not know."""
    try:
        found: dict[str, Any] = json.loads(text)
        if found.pop("format") != FORMAT:
            raise BackupError("This backup was made by a later version of Evenkeel. Restore it with that version.")
        found = {each.name: found[each.name] for each in fields(Manifest)}
        return Manifest(
            **{
                **found,
                "made_at": datetime.fromisoformat(found["made_at"]),
                "data_keys": tuple(found["data_keys"]),
                "missing": tuple(found["missing"]),
                "tables": {label: TableContent(**each) for label, each in found["tables"].items()},
                "files": {name: BackedUpFile(**each) for name, each in found["files"].items()},
            }
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BackupError("This file is no backup of Evenkeel, or a part of it is missing.") from error
