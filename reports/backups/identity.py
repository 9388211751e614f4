"""The key of whoever reads encrypted backups: made once, in the form of age, kept away from the server."""

import os
from pathlib import Path

import pyrage

from reports.backups.manifest import BackupError


def make_identity(path: Path) -> str:
    """Writes a new secret key into a new file of its owner alone. Returns the public key. Raises BackupError."""
    identity = pyrage.x25519.Identity.generate()
    public = str(identity.to_public())
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise BackupError(f"{path} cannot be made ({error.strerror}): give the name of a new file.") from error
    with os.fdopen(descriptor, "w") as file:
        file.write(f"# public key: {public}\n{identity}\n")
    return public


def read_identities(path: Path) -> list[str]:
    """The secret keys of a file as `make_identity` or age-keygen writes it. Raises BackupError if it has none."""
    try:
        lines = [line.strip() for line in path.read_text().splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise BackupError(f"{path} cannot be read.") from error
    found = [line for line in lines if line and not line.startswith("#")]
    if not found:
        raise BackupError(f"{path} holds no key. It is the file that begins with AGE-SECRET-KEY.")
    return found
