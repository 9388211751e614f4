"""`./run verify`: no data, no server, and the exit code of the check."""

import subprocess
from pathlib import Path

import pytest

from launch.__main__ import main
from tests.launch.running import ROOT, environment
from tests.signed_assessment.making_files import REPORT, signed


def test_files_of_the_current_folder_are_checked_without_any_data(tmp_path: Path) -> None:
    (tmp_path / "a.evenkeel.json").write_bytes(signed())
    (tmp_path / "-odd.pdf").write_bytes(REPORT)
    # A module of a name that ours imports must not be picked up there.
    (tmp_path / "yaml.py").write_text("raise SystemExit('picked up')\n")
    result = subprocess.run(
        [ROOT / "run", "verify", "a.evenkeel.json", "--", "-odd.pdf"],
        cwd=tmp_path,
        env={**environment(), "EVENKEEL_DATA": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (result.returncode, result.stderr) == (3, "")
    assert "The report is byte for byte the one that the file names" in result.stdout
    assert not (tmp_path / "data").exists()


def test_without_a_file_it_says_so_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify"]) == 1
    out, err = capsys.readouterr()
    assert (out, err) == ("", "The following arguments are required: FILE. ./run help lists what can be asked for.\n")
