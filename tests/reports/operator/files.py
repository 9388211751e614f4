"""Files of an operator to read: the filled one, the example, and changed copies."""

from pathlib import Path

from reports.operator.details import Operator
from reports.operator.operator_file import FILE_NAME, read_operator, read_operator_file

ROOT = Path(__file__).resolve().parents[3]
FILLED = ROOT / "tests" / "production" / "operator"
EXAMPLE = ROOT / "deploy" / "operator.example.toml"


def filled() -> Operator:
    found = read_operator(FILLED)
    assert found is not None
    return found


def example() -> Operator:
    return read_operator_file(EXAMPLE)


def changed(folder: Path, old: str, new: str) -> Path:
    """A folder with the filled file in which something is different."""
    text = (FILLED / FILE_NAME).read_text("utf-8")
    assert old in text, old
    (folder / FILE_NAME).write_text(text.replace(old, new, 1), "utf-8")
    return folder
