"""The data folder: nobody but its owner reads what is in it, also if it was there before."""

import os
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from launch import data
from launch.errors import LaunchError


@pytest.fixture(autouse=True)
def _umask_of_others() -> Iterator[None]:
    """As most machines have it; whatever the code sets ends with the test."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_folder_is_its_owners_alone(tmp_path: Path) -> None:
    made = data.make_folder(tmp_path / "over" / "there")
    assert [mode(each) for each in (made, made / "log")] == [0o700, 0o700]


def test_one_that_was_there_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    assert mode(data.make_folder(folder)) == 0o700


def test_one_with_our_data_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    (folder / "secret-key").write_text("x")
    folder.chmod(0o750)
    assert mode(data.make_folder(folder)) == 0o700


def test_one_that_holds_other_files_stays_as_it_is(tmp_path: Path) -> None:
    """It may be a home folder, or one that a group works in."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    (folder / "letter").write_text("x")
    with pytest.raises(LaunchError, match="holds other files, and other users of this machine may enter it"):
        data.make_folder(folder)
    assert mode(folder) == 0o755
    folder.chmod(0o700)
    assert data.make_folder(folder) == folder


def test_one_that_cannot_be_closed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    monkeypatch.setattr(Path, "chmod", lambda *_: None)
    with pytest.raises(LaunchError, match="it cannot be closed"):
        data.make_folder(folder)


def test_what_is_made_from_then_on_is_closed_too(tmp_path: Path) -> None:
    """The database, its journal, reports: by this process and those that it starts."""
    folder = data.make_folder(tmp_path / "data")
    (folder / "own").write_text("x")
    subprocess.run(["/bin/sh", "-c", "mkdir files; echo x > files/report"], cwd=folder, check=True)
    assert [mode(folder / name) for name in ("own", "files", "files/report")] == [0o600, 0o700, 0o600]
