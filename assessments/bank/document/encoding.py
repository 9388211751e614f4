"""Uploaded bytes as text: UTF-8, or a plain message about what else they are."""

import codecs

from assessments.bank.document.yaml_parts import MAX_BYTES
from assessments.bank.errors import DocumentError, Problem

_SAVE = "save it as UTF-8"

# The longer mark first: UTF-32 begins like UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_OTHER_FILES = (
    (b"PK\x03\x04", "a ZIP or XLSX file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (.xls, .doc)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"%PDF-", "a PDF"),
)


def decode(data: bytes, name: str = "") -> str:
    """The text of a UTF-8 file, with or without a byte order mark. `name` is the file's, for the problem.

    Raises DocumentError for anything else, and for more bytes than the document reader accepts.
    """
    message = _refused(data)
    if message:
        raise DocumentError([Problem("", message, file=name)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Its positions count from after the byte order mark.
        data = data.removeprefix(codecs.BOM_UTF8)
        line = data.count(b"\n", 0, error.start) + 1
        raise DocumentError([Problem("", _not_utf8(data, error.start), file=name, line=line)]) from error


def _refused(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        return f"the file is larger than {MAX_BYTES // 1_000_000} MB"
    for start, kind in _OTHER_FILES:
        if data.startswith(start):
            return f"expected a text file, this is {kind}"
    for start, kind in _MARKS:
        if data.startswith(start):
            return f"expected UTF-8, this is {kind}: {_SAVE}"
    if b"\x00" in data:
        # In UTF-16 every other byte of plain English is zero.
        if len(data) % 2 == 0 and 4 * data.count(b"\x00") >= len(data):
            return f"expected UTF-8, this looks like UTF-16: {_SAVE}"
        return "expected a text file, this contains NUL bytes"
    return ""


def _not_utf8(data: bytes, place: int) -> str:
    shown = f"expected UTF-8, byte {data[place]:02X} is not valid here"
    if data[place] >= 0xC0 or 0x80 <= data[place] < 0xA0:
        # Windows-1252 differs from Latin-1 in 80 to 9F alone: curly quotes, dashes, the euro sign.
        kind = "Windows-1252" if any(0x80 <= byte < 0xA0 for byte in data) else "Latin-1"
        return f"{shown}: it looks like {kind} ({_as_seen(data, place)}): {_SAVE}"
    return f"{shown}: {_SAVE}"


def _as_seen(data: bytes, place: int) -> str:
    """The word around a byte as Windows-1252 shows it."""
    start = max(data.rfind(sep, 0, place) for sep in (b" ", b"\n", b"\t", b'"')) + 1
    word = data[max(start, place - 20) : place + 20].decode("cp1252", errors="replace")
    return word.split()[0].strip("\"',.:;") or word
