"""Tests of pure rooms start without Django and servers; every other selection gets both."""

import subprocess
import sys
from collections.abc import Sequence

import pytest

from tests.launch.running import ROOT, environment
from tests.pure_rooms import PURE_FOLDERS, SERVER_PACKAGES, ServerPackagesRefused, is_pure


def run_pytest(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("selected", "pure"),
    [
        (["tests/bank"], True),
        (["tests/bank/", "tests/scoring/test_plan.py"], True),
        (["tests/scoring/test_plan.py::test_which_is_not_looked_up"], True),
        (["tests"], False),
        ([], False),
        (["tests/scoring", "tests/accounts"], False),
        (["tests/scoring/../accounts"], False),
        (["tests/scoring/test_nowhere.py"], False),
        (["tests/bank_of_another_kind"], False),
    ],
)
def test_a_selection_is_pure_when_every_path_in_it_is(selected: Sequence[str], pure: bool) -> None:
    assert is_pure(selected, ROOT) is pure


def test_paths_are_read_from_where_pytest_was_started() -> None:
    assert is_pure(["test_plan.py"], ROOT / "tests" / "scoring")
    assert not is_pure(["test_plan.py"], ROOT)


@pytest.mark.parametrize("package", SERVER_PACKAGES)
def test_a_pure_run_refuses_what_talks_to_a_server(package: str) -> None:
    refuse = ServerPackagesRefused()

    with pytest.raises(ImportError, match=rf"^{package}\.part must not be imported by a pure room"):
        refuse.find_spec(f"{package}.part")
    assert refuse.find_spec(f"{package}_but_another") is None


@pytest.mark.slow
def test_every_test_of_the_declared_folders_passes_without_django_and_servers() -> None:
    """In such a run, importing one of the server packages is an error."""
    folders = [folder for folder in PURE_FOLDERS if (ROOT / folder).is_dir()]
    assert {"tests/bank", "tests/scoring"} <= set(folders)

    result = run_pytest(*folders)

    assert result.returncode == 0, result.stdout


@pytest.mark.slow
def test_beside_a_test_that_needs_django_pure_ones_run_with_it() -> None:
    result = run_pytest("tests/scoring/test_plan.py", "tests/config/test_uploads.py")

    assert result.returncode == 0, result.stdout
