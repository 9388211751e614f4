"""The lock files are made by uv from packages made here, without a network; those of the project are in order."""

import re
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from launch import locks
from launch.__main__ import main
from launch.environment import ROOT
from launch.errors import LaunchError
from tests.launch.test_environment import make_wheel

UV = Path(sys.executable).parent / "uv"
PROJECT = """\
[project]
name = "kitchen"
version = "1"
requires-python = ">=3.11"
dependencies = ["{needed}"]

[dependency-groups]
dev = ["spoon"]
bench = ["scales"]
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """It needs a teapot, a spoon for its tests and scales to measure; there is one version of each to be had."""
    root = tmp_path / "a project"
    shelf = tmp_path / "shelf"
    root.mkdir()
    shelf.mkdir()
    make_wheel(shelf, "teapot", "1.0")
    make_wheel(shelf, "spoon", "1.0")
    make_wheel(shelf, "scales", "1.0")
    (root / "pyproject.toml").write_text(PROJECT.format(needed="teapot"))
    settings = tmp_path / "uv.toml"
    settings.write_text(f'no-index = true\nno-cache = true\nfind-links = ["{shelf}"]\n')
    monkeypatch.setenv("UV_CONFIG_FILE", str(settings))
    return root


def make(project: Path, *, upgrade: bool = False) -> list[str]:
    messages: list[str] = []
    locks.make(project, UV, upgrade, messages.append)
    return messages


def contents(project: Path) -> Mapping[str, str]:
    return {name: (project / name).read_text() for name in locks.MADE}


def test_all_files_are_made_with_hashes(project: Path) -> None:
    digest = make_wheel(project.parent / "shelf", "teapot", "1.0")

    assert make(project) == [
        "requirements.lock: teapot new -> 1.0",
        "requirements-dev.lock: spoon new -> 1.0, teapot new -> 1.0",
        "requirements-bench.lock: scales new -> 1.0",
    ]
    assert contents(project)["requirements.lock"] == f"teapot==1.0 \\\n    --hash=sha256:{digest}\n"


def test_newer_versions_are_taken_only_when_asked_for(project: Path) -> None:
    make(project)
    before = contents(project)
    make_wheel(project.parent / "shelf", "teapot", "2.0")

    assert make(project) == [
        "requirements.lock: 1 packages, all versions as before",
        "requirements-dev.lock: 2 packages, all versions as before",
        "requirements-bench.lock: 1 packages, all versions as before",
    ]
    assert contents(project) == before
    assert make(project, upgrade=True) == [
        "requirements.lock: teapot 1.0 -> 2.0",
        "requirements-dev.lock: teapot 1.0 -> 2.0",
        "requirements-bench.lock: 1 packages, all versions as before",
    ]


def test_what_is_needed_no_more_is_gone(project: Path) -> None:
    make(project)
    (project / "pyproject.toml").write_text(PROJECT.format(needed="spoon"))

    assert make(project)[0] == "requirements.lock: spoon new -> 1.0, teapot 1.0 -> gone"


def test_a_dependency_that_is_an_address_is_refused_and_nothing_changes(project: Path) -> None:
    make(project)
    before = contents(project)
    wheel = project.parent / "shelf" / "teapot-1.0-py3-none-any.whl"
    (project / "pyproject.toml").write_text(PROJECT.format(needed=f"teapot @ {wheel.as_uri()}"))

    with pytest.raises(LaunchError, match=r"^requirements\.lock would contain a URL, so nothing was changed: teapot @"):
        make(project)
    assert contents(project) == before


def test_what_cannot_be_had_is_told(project: Path) -> None:
    (project / "pyproject.toml").write_text(PROJECT.format(needed="kettle"))

    with pytest.raises(LaunchError, match=r"(?s)^requirements\.lock could not be made:\n.*kettle"):
        make(project)


def test_an_unknown_option_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lock", "--newest"]) == 1
    assert "--newest" in capsys.readouterr().err


@pytest.mark.parametrize("name", locks.MADE)
def test_the_projects_files_have_hashes_and_no_url(name: str) -> None:
    """Every line is a package with its version or one of its hashes; each package has at least one."""
    text = (ROOT / name).read_text()

    assert re.fullmatch(
        r"(?:[a-z0-9][^\s=]*==[^\s;]+(?: ; [^\n\\]+)?(?: \\\n    --hash=sha256:[0-9a-f]{64})+\n)+", text
    )
    assert not re.search(r"://|@|\bindex\b", text)


def declared() -> list[set[str]]:
    """The packages that pyproject.toml names for the product, for its tests and for its benchmarks."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    lists = (project["project"]["dependencies"], groups["dev"], groups["bench"])
    return [{re.split(r"[\[~=<>!; ]", text)[0].lower().replace("_", "-") for text in each} for each in lists]


def test_every_dependency_of_the_project_is_locked_in_one_version() -> None:
    run, test, bench = (locks.packages((ROOT / name).read_text()) for name in locks.MADE)
    for_run, for_tests, for_benchmarks = declared()

    assert for_run <= run.keys()
    assert for_tests <= test.keys()
    assert run.items() <= test.items()
    assert for_benchmarks <= bench.keys()
