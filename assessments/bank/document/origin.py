"""Where a file of the bank comes from: which edition, in which state. Without it nobody knows what the file changed."""

import hashlib
import json
from dataclasses import dataclass, fields

import yaml

from assessments.bank.document.entry import Entry
from assessments.bank.document.writer import day_as_text, to_plain
from assessments.bank.types import Edition

ORIGIN = "exported_from"
"""The key of a document, before everything else."""


@dataclass(frozen=True, slots=True)
class FileOrigin:
    """`fingerprint` is that of the content when it was exported; `version` counts what was changed in the frame.

    All of it is text as the file has it: people may have written anything there.
    """

    edition: str
    status: str
    version: str
    fingerprint: str
    exported_at: str


NAMES = tuple(own.name for own in fields(FileOrigin))


def content_fingerprint(edition: Edition) -> str:
    """Equal for equal content, in whatever format and order of keys it was stored. Raises ValueError as `to_plain`."""
    plain = json.dumps(to_plain(edition), default=day_as_text, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def origin_of(edition: Edition, *, status: str, version: int, exported_at: str) -> FileOrigin:
    """What an export of this content, made now, says about itself."""
    return FileOrigin(edition.id, status, str(version), content_fingerprint(edition), exported_at)


def origin_as_plain(origin: FileOrigin) -> dict[str, str]:
    """What stands under ORIGIN in a document."""
    return {name: getattr(origin, name) for name in NAMES}


def read_origin(entry: Entry | None) -> FileOrigin | None:
    """None where anything is missing. Never a problem: a file of unknown origin can be read all the same."""
    if entry is None or entry.shape != "map":
        return None
    texts = {key.value: value.value.strip() for key, value in entry.node.value if isinstance(value, yaml.ScalarNode)}
    found = FileOrigin(*(texts.get(name, "") for name in NAMES))
    return found if found.edition and found.fingerprint else None
