"""The shell script, on machines that are not ready for it."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TOO_OLD = "#!/bin/sh\nexit 1\n"


@pytest.fixture
def bare_path(tmp_path: Path) -> Path:
    """A PATH with what the script itself uses and an old Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("dirname", "sh", "touch"):
        found = shutil.which(name)
        assert found
        (folder / name).symlink_to(found)
    put(folder / "python3", TOO_OLD)
    return folder


def put(path: Path, script: str) -> None:
    path.write_text(script)
    path.chmod(0o755)


def run(script: Path, path: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": path, "HOME": "/nowhere"}
    return subprocess.run(
        [script, *arguments], cwd="/", env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def test_without_a_new_python_the_one_line_is_said(bare_path: Path) -> None:
    put(bare_path / "id", "#!/bin/sh\necho 1000\n")
    result = run(ROOT / "run", str(bare_path))
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == (
        "Evenkeel needs Python 3.11 or newer. On Debian or Ubuntu type: sudo apt-get install -y python3\n"
    )


def test_as_root_python_is_installed(bare_path: Path) -> None:
    put(bare_path / "id", "#!/bin/sh\necho 0\n")
    new = '#!/bin/sh\\necho "handed over: $*"\\n'
    put(bare_path / "apt-get", f"#!/bin/sh\nprintf '{new}' > '{bare_path}/python3'\n")
    result = run(ROOT / "run", str(bare_path), "help")
    assert result.returncode == 0
    assert result.stdout == "handed over: -P -m launch help\n"


def test_an_environment_whose_packages_are_gone_is_told_in_one_sentence(tmp_path: Path) -> None:
    project = tmp_path / "my project"
    project.mkdir()
    shutil.copytree(ROOT / "launch", project / "launch", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("run", "requirements.lock"):
        shutil.copy2(ROOT / name, project)
    (project / ".venv" / "bin").mkdir(parents=True)
    put(
        project / ".venv" / "bin" / "python",
        "#!/bin/sh\necho \"ModuleNotFoundError: No module named 'django'\" >&2\nexit 1\n",
    )
    (project / ".venv" / "locks").mkdir()
    digest = hashlib.sha256((project / "requirements.lock").read_bytes()).hexdigest()
    (project / ".venv" / "locks" / "requirements.lock").write_text(digest)
    result = run(project / "run", os.environ["PATH"], "--port", "65534")
    assert result.returncode == 1
    assert result.stderr == (
        "The Python environment is broken (ModuleNotFoundError: No module named 'django'). "
        f"Delete the folder {project}/.venv and start again: it will be made again.\n"
    )


def test_a_module_in_the_current_folder_is_not_picked_up(tmp_path: Path) -> None:
    (tmp_path / "argparse.py").write_text("raise SystemExit('picked up')\n")
    result = subprocess.run([ROOT / "run", "help"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == 0
    assert result.stdout.startswith("./run [--port N] [--data DIR]")


def test_help_lists_every_command() -> None:
    from launch.__main__ import COMMANDS, HELP

    assert not [name for name in COMMANDS if name != "start" and f"./run {name}" not in HELP]
