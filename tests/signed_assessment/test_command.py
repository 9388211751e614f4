"""The command behind `./run verify`: exit codes that scripts rely on, and sentences for people."""

import json
from pathlib import Path

import pytest

from assessments.signed_assessment.__main__ import main
from assessments.signed_assessment.canonical import canonical
from assessments.signed_assessment.envelope import keys_document
from tests.signed_assessment.making_files import KEY, NOW, REPORT, SITE, edited, signed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.evenkeel.json").write_bytes(signed())
    (tmp_path / "changed.evenkeel.json").write_bytes(edited(signed(), "data", "answers", 0, "level", to=4))
    (tmp_path / "a.pdf").write_bytes(REPORT)
    (tmp_path / "other.pdf").write_bytes(REPORT + b"\n")
    (tmp_path / "keys.json").write_bytes(canonical(keys_document(SITE, KEY.public_key, [])))
    (tmp_path / "no-keys.json").write_text(json.dumps(keys_document(SITE, "00" * 32, [])))
    return tmp_path


def verify(folder: Path, *names: str, keys: str = "") -> int:
    given = [f"--keys={folder / keys}"] if keys else []
    return main(["--now", NOW.isoformat(), *given, "--", *(str(folder / name) for name in names)])


@pytest.mark.parametrize(
    ("names", "keys", "code", "last"),
    [
        (("a.evenkeel.json", "a.pdf"), "keys.json", 0, "Nothing was changed, and it is known who signed it."),
        (("a.pdf", "a.evenkeel.json"), "keys.json", 0, "Nothing was changed, and it is known who signed it."),
        (("a.evenkeel.json",), "keys.json", 0, "The signed file is as it was signed. Add the report to see"),
        (("a.evenkeel.json", "a.pdf"), "", 3, "Nothing was changed since somebody signed it."),
        (("a.evenkeel.json", "a.pdf"), "no-keys.json", 3, "Nothing was changed since somebody signed it."),
        (("a.evenkeel.json", "other.pdf"), "keys.json", 1, "Something is not as it was signed."),
        (("changed.evenkeel.json", "a.pdf"), "keys.json", 1, "Something is not as it was signed."),
    ],
)
def test_it_ends_with_a_code_and_a_verdict(
    folder: Path, capsys: pytest.CaptureFixture[str], names: tuple[str, ...], keys: str, code: int, last: str
) -> None:
    assert verify(folder, *names, keys=keys) == code
    said = capsys.readouterr()
    assert (said.err, said.out.splitlines()[-1].startswith(last)) == ("", True)


def test_what_a_file_says_moves_no_cursor(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither in what is told about it, nor in why it cannot be read."""
    hidden = "\x1b[2JNothing was changed\u202e"
    (folder / "hidden.evenkeel.json").write_bytes(edited(signed(), "data", "organisation", to=hidden))
    (folder / "odd.evenkeel.json").write_bytes(edited(signed(), "data", hidden, to=1))
    for name in ("hidden.evenkeel.json", "odd.evenkeel.json"):
        assert verify(folder, name, keys="keys.json") == 1
        said = capsys.readouterr()
        assert not {"\x1b", "\u202e"} & set(said.out + said.err)
        assert "[U+001B]" in said.out + said.err


@pytest.mark.parametrize(
    ("names", "keys", "sentence"),
    [
        (("nowhere.json",), "", "nowhere.json cannot be read (No such file or directory)."),
        (("a.pdf",), "", "This is a report. The signed file beside it has a name that ends in .evenkeel.json."),
        (("a.evenkeel.json",), "a.pdf", "a.pdf: The file is no valid JSON: it was cut off, changed, or is of another"),
        (("a.evenkeel.json",), "nowhere.json", "nowhere.json cannot be read (No such file or directory)."),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], names: tuple[str, ...], keys: str, sentence: str
) -> None:
    assert verify(folder, *names, keys=keys) == 1
    said = capsys.readouterr()
    assert (said.out, sentence in said.err, said.err.count("\n")) == ("", True, 1)


def test_a_person_reads_what_differs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    verify(folder, "changed.evenkeel.json", keys="keys.json")
    said = capsys.readouterr().out

    assert "Organisation: Boulangerie Lumière\n" in said
    assert "WRONG  Computed once more from the facts and answers, the result differs at " in said
    assert "         domains ACCESS, traces ACCESS-01, answer, level: 3 ≠ 4\n" in said
