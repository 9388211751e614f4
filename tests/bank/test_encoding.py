"""Bytes to text: UTF-8 or a plain message about what it is instead."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.bank.document import encoding
from assessments.bank.document.encoding import decode
from assessments.bank.errors import DocumentError

TEXT = "id: '1'\ntitle: Café “Zürich”\n"


def refused(data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        decode(data, "bank.yaml")
    [problem] = caught.value.problems
    return str(problem)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff")))
def test_utf8_comes_with_or_without_a_mark(text: str) -> None:
    hidden = ("PK\x03\x04", "%PDF-")
    if not text.startswith(hidden):
        assert decode(text.encode()) == text
    assert decode(codecs.BOM_UTF8 + text.encode()) == text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "expected UTF-8, this is UTF-16: save it as UTF-8"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "expected UTF-8, this is UTF-16: save it as UTF-8"),
        (TEXT.encode("utf-16-le"), "expected UTF-8, this looks like UTF-16: save it as UTF-8"),
        (TEXT.encode("utf-32"), "expected UTF-8, this is UTF-32: save it as UTF-8"),
        (b"id: 1\x00\n", "expected a text file, this contains NUL bytes"),
        (b"PK\x03\x04....", "expected a text file, this is a ZIP or XLSX file"),
        (b"\xd0\xcf\x11\xe0....", "expected a text file, this is an old Office file (.xls, .doc)"),
        (b"\x1f\x8b....", "expected a text file, this is a compressed file (gzip)"),
        (b"%PDF-1.7", "expected a text file, this is a PDF"),
    ],
)
def test_other_files_are_called_by_their_name(data: bytes, message: str) -> None:
    assert refused(data) == f"{message} (bank.yaml)"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            "a: b\nt: Café au lait".encode("latin-1"),
            "byte E9 is not valid here: it looks like Latin-1 (Café): save it as UTF-8 (bank.yaml line 2)",
        ),
        (
            TEXT.encode("cp1252"),
            "byte E9 is not valid here: it looks like Windows-1252 (Café): save it as UTF-8 (bank.yaml line 2)",
        ),
        (
            "a: “b”".encode("cp1252"),
            "byte 93 is not valid here: it looks like Windows-1252 (“b”): save it as UTF-8 (bank.yaml line 1)",
        ),
        (codecs.BOM_UTF8 + b"ok\n\n\xbf", "byte BF is not valid here: save it as UTF-8 (bank.yaml line 3)"),
    ],
)
def test_other_encodings_are_told_with_the_line_and_the_word(data: bytes, message: str) -> None:
    assert refused(data) == f"expected UTF-8, {message}"


def test_a_file_that_is_too_large_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "MAX_BYTES", 2_000_000)

    assert refused(b"x" * 2_000_001) == "the file is larger than 2 MB (bank.yaml)"
