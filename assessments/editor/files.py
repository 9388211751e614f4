"""An edition as a file and back: YAML, JSON, or a spreadsheet."""

from dataclasses import dataclass, replace
from enum import StrEnum

from assessments.bank.ciso.draft import draft_from_library
from assessments.bank.document.encoding import decode
from assessments.bank.document.json_document import read_json_file, write_json
from assessments.bank.document.origin import ORIGIN, FileOrigin, origin_as_plain
from assessments.bank.document.reader import BankFile, read_yaml_file
from assessments.bank.document.writer import write_edition
from assessments.bank.errors import DocumentError, Problem
from assessments.bank.sheets.about import about_sheet
from assessments.bank.sheets.reader import read_sheets_file
from assessments.bank.sheets.writer import write_sheets
from assessments.bank.types import Edition
from assessments.editor.xlsx import MOST_BYTES, read_xlsx, write_xlsx
from assessments.formatting import spreadsheets


class FileFormat(StrEnum):
    """The formats of an edition's file; the value is the suffix of its name."""

    YAML = "yaml"
    JSON = "json"
    XLSX = "xlsx"


CONTENT_TYPES = {
    FileFormat.YAML: "application/yaml; charset=utf-8",
    FileFormat.JSON: "application/json; charset=utf-8",
    FileFormat.XLSX: spreadsheets.XLSX,
}


@dataclass(frozen=True, slots=True)
class FileRead:
    """`notes` say what could not be imported from another tool's file; `origin` what ours was exported from."""

    edition: Edition
    notes: tuple[str, ...] = ()
    origin: FileOrigin | None = None


def write_file(edition: Edition, kind: FileFormat, origin: FileOrigin | None = None) -> bytes:
    """The file says where it comes from if `origin` is given. Raises DocumentError for what the format cannot hold."""
    if kind is FileFormat.XLSX:
        return write_xlsx((*([about_sheet(origin)] if origin else ()), *write_sheets(edition)))
    header = {ORIGIN: origin_as_plain(origin)} if origin else None
    return (write_edition(edition, header) if kind is FileFormat.YAML else write_json(edition, header)).encode()


def read_file(data: bytes, name: str) -> FileRead:
    """The end of its name gives the format. Raises DocumentError with every problem and its place."""
    if len(data) > MOST_BYTES:
        raise DocumentError([Problem("", f"the file is larger than {MOST_BYTES // 1_000_000} MB", file=name)])
    ending = name.rpartition(".")[2].casefold()
    if ending == "xlsx":
        return _own(read_sheets_file(read_xlsx(data, name)))
    if ending == "json":
        return _own(read_json_file(decode(data, name), name))
    if ending in ("yaml", "yml"):
        return _own(read_yaml_file(decode(data, name), name))
    raise DocumentError([Problem("", "expected a file that ends in .yaml, .json or .xlsx", file=name)])


def _own(file: BankFile) -> FileRead:
    return FileRead(file.edition, origin=file.origin)


def read_library_file(data: bytes, name: str, base: Edition) -> FileRead:
    """A framework library of CISO Assistant; scale, scope and laws come from `base`."""
    draft = draft_from_library(decode(data, name), base, file=name)
    return FileRead(draft.edition, tuple(str(problem) for problem in draft.unmapped))


def named(edition: Edition, code: str, bank: str) -> Edition:
    """With another name and bank: a file never renames the draft that it goes into, or moves it to another bank."""
    return replace(edition, id=code, bank=bank)
