"""What can be wrong with a bank document, and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error prevents publishing, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """`place` uses the document's own terms ("questions ACCESS-02, levels"); `file` and `line` if known."""

    place: str
    message: str
    severity: Severity = Severity.ERROR
    file: str = ""
    line: int | None = None

    def __str__(self) -> str:
        text = f"{self.place}: {self.message}" if self.place else self.message
        where = f"{self.file} line {self.line}" if self.line else self.file
        return f"{text} ({where})" if where else text


class DocumentError(ValueError):
    """Everything that prevents a document from being read, in document order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
