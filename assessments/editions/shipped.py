"""The editions that ship with Evenkeel, as folders of YAML files next to the bank."""

from pathlib import Path

from assessments.bank.document.reader import read_edition
from assessments.bank.types import Edition

FOLDER = Path(__file__).resolve().parent.parent / "bank" / "data"


def shipped_editions() -> list[Edition]:
    """Every shipped edition, oldest first. Raises DocumentError, which lists every problem of an invalid one."""
    return [read_folder(folder) for folder in sorted(FOLDER.iterdir()) if folder.is_dir()]


def read_folder(folder: Path) -> Edition:
    files = sorted(folder.rglob("*.yaml"))
    return read_edition({str(file.relative_to(folder)): file.read_text(encoding="utf-8") for file in files})
