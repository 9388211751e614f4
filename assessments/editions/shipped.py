"""The editions that ship with Evenkeel, as folders of YAML files next to the bank."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from assessments.bank.document.carry_over import CarryOver, read_carry_over
from assessments.bank.document.reader import read_edition
from assessments.bank.errors import DocumentError, Problem
from assessments.bank.types import Edition

FOLDER = Path(__file__).resolve().parent.parent / "bank" / "data"
CARRY_OVER = ".carry_over.yaml"


def shipped_editions() -> list[Edition]:
    """Every shipped edition, oldest first. Raises DocumentError, which lists every problem of an invalid one."""
    return [read_folder(folder) for folder in sorted(FOLDER.iterdir()) if folder.is_dir()]


def read_folder(folder: Path) -> Edition:
    files = sorted(folder.rglob("*.yaml"))
    return read_edition({str(file.relative_to(folder)): file.read_text(encoding="utf-8") for file in files})


def shipped_carry_overs(editions: Iterable[Edition], folder: Path = FOLDER) -> dict[str, CarryOver]:
    """By edition, for those of `editions` that follow another; the file lies next to the edition's own folder.

    Raises DocumentError, also for a file of an edition that is not among them.
    """
    shipped = {edition.id: edition for edition in editions}
    return {
        file.name.removesuffix(CARRY_OVER): _carry_over(file, shipped) for file in sorted(folder.glob(f"*{CARRY_OVER}"))
    }


def _carry_over(file: Path, shipped: Mapping[str, Edition]) -> CarryOver:
    edition = shipped.get(file.name.removesuffix(CARRY_OVER))
    if edition is None:
        raise DocumentError([Problem("", "there is no shipped edition of this name", file=file.name)])
    text = file.read_text(encoding="utf-8")
    return read_carry_over(file.name, text, edition=edition.id, questions=edition.question)
