"""`python -m assessments.scoring_case`: files and standard input in, JSON out, in a process without Django."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from assessments.scoring_case.__main__ import main

ROOT = Path(__file__).resolve().parent.parent.parent
CASE = "day: 2026-11-29\ndepth: quick\nfacts: {where.country: ie, ai.ai: none}\nanswers_default: 2\n"
WITHOUT_DJANGO = """
import runpy, sys
sys.modules["django"] = None
runpy.run_module("assessments.scoring_case", run_name="__main__", alter_sys=True)
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "case.yaml"
    path.write_text(CASE)
    return path


def run(*files: object) -> int:
    return main(["--today", "2026-11-30", *map(str, files)])


def test_a_file_gives_one_object(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(case) == 0

    out, err = capsys.readouterr()
    told = json.loads(out)
    assert (told["day"], told["edition"]["id"], told["depth"]) == ("2026-11-29", "2026.3", "quick")
    assert err == ""
    assert out == json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def test_several_files_give_a_list_in_their_order(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    later = case.with_name("later.yaml")
    later.write_text(CASE.replace("day: 2026-11-29\n", ""))

    assert run(later, case) == 0

    assert [told["day"] for told in json.loads(capsys.readouterr().out)] == ["2026-11-30", "2026-11-29"]


def test_texts_are_utf_8_whatever_the_terminal_speaks(case: Path) -> None:
    case.write_text(f"{CASE}answers: {{STORE-04: {{not_applicable: Kein Büro – „Küche“}}}}\n", encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "-m", "assessments.scoring_case", "--today", "2026-11-30", case],
        cwd=ROOT,
        env={"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert "Kein Büro – „Küche“".encode() in result.stdout


def test_standard_input_is_read_where_a_hyphen_stands(
    case: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(case)
    from_file = capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(CASE.encode())))

    assert run("-") == 0

    assert capsys.readouterr().out == from_file


def test_errors_of_all_files_are_said_and_nothing_is_printed(
    case: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong, missing, other = (case.with_name(name) for name in ("wrong.yaml", "missing.yaml", "other.yaml"))
    wrong.write_text(f"{CASE}answers:\n  GOV-99: 1\n  GOV-01: 5\n")
    other.write_bytes("depth: süß".encode("latin-1"))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"depth: quick\n")))

    assert run(case, wrong, missing, case.parent, other, "-") == 1

    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        f"{wrong}, line 6, answers.GOV-99: no question of edition 2026.3 has this id; did you mean GOV-09?",
        f"{wrong}, line 7, answers.GOV-01: expected a whole number from 0 to 4, found 5",
        f"{missing}: cannot be read (No such file or directory)",
        f"{case.parent}: cannot be read (Is a directory)",
        f"{other}, line 1: expected UTF-8, byte FC is not valid here: it looks like Latin-1 (süß): save it as UTF-8",
        "standard input, line 1: facts is missing",
    ]


def test_a_warning_is_said_beside_the_result(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case.write_text(f"{CASE}answers: {{GOV-02: 1}}")

    assert run(case) == 0

    out, err = capsys.readouterr()
    assert json.loads(out)["depth"] == "quick"
    assert err == (
        f"warning: {case}, line 5, answers.GOV-02: this question is not asked under these facts and at this depth, "
        "so it plays no part\n"
    )


def test_it_needs_no_django(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result = subprocess.run(
        [sys.executable, "-c", WITHOUT_DJANGO, "--today", "2026-11-30", case],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    run(case)
    assert (result.stdout, result.stderr) == (capsys.readouterr().out, "")


def test_who_reads_only_the_beginning_ends_it_quietly(case: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "assessments.scoring_case", "--today", "2026-11-30", *[case] * 20],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(1)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() < 0
