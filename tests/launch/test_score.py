"""`./run score`: the result of a case on standard output, and nothing else there."""

import json
import os
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from launch import environment
from launch.__main__ import main
from tests.launch.running import ROOT
from tests.launch.running import environment as without_this_test_run

CASE = "depth: quick\nfacts: {base: eu, ai: none}\nanswers_default: 2\n"


def run_score(folder: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "run", "score", *arguments],
        cwd=folder,
        env={**without_this_test_run(), "EVENKEEL_DATA": str(folder / "data")},
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_file_in_the_current_folder_is_scored_on_this_day_without_any_data(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(CASE)
    # A module of a name that ours imports must not be picked up there.
    (tmp_path / "yaml.py").write_text("raise SystemExit('picked up')\n")
    before = datetime.now(UTC).date()

    result = run_score(tmp_path, "case.yaml", "--format", "json")

    assert (result.returncode, result.stderr) == (0, "")
    assert before.isoformat() <= json.loads(result.stdout)["day"] <= datetime.now(UTC).date().isoformat()
    assert not (tmp_path / "data").exists()


def test_standard_input_is_scored_and_mistakes_end_with_code_1(tmp_path: Path) -> None:
    scored = run_score(tmp_path, "-", given=f"day: 2026-11-29\n{CASE}")
    refused = run_score(tmp_path, "-", given=f"{CASE}answers: {{GOV-01: 5}}")

    assert (scored.returncode, json.loads(scored.stdout)["day"]) == (0, "2026-11-29")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "standard input, line 4, answers.GOV-01: expected a whole number from 0 to 4, found 5\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "The following arguments are required: FILE. ./run help lists what can be asked for.\n"),
        (["case.yaml", "--format", "xml"], "Argument --format: invalid choice: 'xml'"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", *arguments]) == 1
    out, err = capsys.readouterr()
    assert (out, err.startswith(sentence), err.count("\n")) == ("", True, 1)


def test_only_what_the_product_needs_is_installed_and_told_beside_the_result(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Replaced(Exception):
        pass

    def replace_process(program: Path, words: list[str], settings: dict[str, str]) -> None:
        raise Replaced(program, words[-2:])

    def provide(lock: Path, tell: Callable[[str], None]) -> None:
        tell(f"Installing {lock.name}")

    monkeypatch.setattr(environment, "provide_packages", provide)
    monkeypatch.setattr(os, "execve", replace_process)

    with pytest.raises(Replaced) as replaced:
        main(["score", "--", "--odd.yaml"])

    assert replaced.value.args == (environment.PYTHON, ["--", "--odd.yaml"])
    assert capsys.readouterr() == ("", "Installing requirements.lock\n")
