import subprocess
import sys
from pathlib import Path

from launch.machine import RUN_NEEDS

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = (ROOT / "Dockerfile").read_text()


def test_the_linter_finds_nothing() -> None:
    hadolint = Path(sys.executable).parent / "hadolint"
    result = subprocess.run([hadolint, ROOT / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (0, "")


def test_it_installs_the_same_libraries_as_run_does() -> None:
    libraries = {need.package for need in RUN_NEEDS} - {"python3-venv"}
    installed = next(line for line in TEXT.splitlines() if "apt-get install" in line).split()
    assert {word for word in installed if word.startswith("lib")} == libraries


def test_packages_are_checked_and_nobody_is_root() -> None:
    final = TEXT.rpartition("FROM ")[2]
    assert "--require-hashes" in TEXT
    assert "\nUSER 10001:10001\n" in final
    assert "HEALTHCHECK" in final
    assert "ENV SECRET_KEY" not in TEXT
    assert "ARG SECRET" not in TEXT


def test_the_image_takes_in_nothing_but_the_product() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    taken = {line[1:].rstrip("/") for line in lines if line.startswith("!")}
    assert "*" in lines
    assert taken == {
        "accounts",
        "assessments",
        "config",
        "reports",
        "static",
        "templates",
        "locale",
        "manage.py",
        "pyproject.toml",
        "requirements.lock",
    }
