"""What can be wrong with a bank document, said so that its writer finds the place."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """`place` is in the document's own terms ("questions ACCESS-02, levels"); `file` and `line` where known."""

    place: str
    message: str
    severity: Severity = Severity.ERROR
    file: str = ""
    line: int | None = None

    def __str__(self) -> str:
        said = f"{self.place}: {self.message}" if self.place else self.message
        where = f"{self.file} line {self.line}" if self.line else self.file
        return f"{said} ({where})" if where else said


class DocumentError(ValueError):
    """All that keeps a document from being read, in the order in which it stands."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
