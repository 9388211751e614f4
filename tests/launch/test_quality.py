import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from launch import data, environment, quality
from launch.__main__ import main


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> dict[str, Sequence[str]]:
    """Checks of our own, run by this Python with the servers of this test run."""
    own: dict[str, Sequence[str]] = {}
    monkeypatch.setattr(quality, "CHECKS", own)
    monkeypatch.setattr(environment, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(environment, "provide_packages", lambda lock, tell: None)
    return own


def test_all_checks_are_reported_and_one_failure_is_enough(
    checks: dict[str, Sequence[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    checks["lint"] = ("-c", "raise SystemExit('one line is too long')")
    checks["types"] = ("-c", "")
    assert main(["check"]) == 1
    assert capsys.readouterr().out == "FAILED lint\none line is too long\n\nok types\n"
    del checks["lint"]
    assert main(["check"]) == 0


def test_a_failed_check_fails_the_whole_although_the_tests_pass(
    checks: dict[str, Sequence[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    checks["lint"] = ("-c", "raise SystemExit(1)")
    monkeypatch.setattr(quality, "EVERY_TEST", ["--version"])
    assert main(["test"]) == 1
    assert capsys.readouterr().out.endswith("Failed besides the tests: lint\n")
    del checks["lint"]
    assert main(["test"]) == 0


def test_failing_tests_fail_the_whole(checks: dict[str, Sequence[str]], tmp_path: Path) -> None:
    failing = tmp_path / "test_it.py"
    failing.write_text("def test_it() -> None:\n    raise AssertionError\n")
    assert main(["test", str(failing), "-q", "-p", "no:cacheprovider"]) == 1


def test_what_a_person_has_set_does_not_reach_the_product(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    monkeypatch.setenv("EVENKEEL_DEBUG", "true")
    assert not {"PYTHONHOME", "PYTHONPATH", "EVENKEEL_DEBUG"} & data.inherited_environment().keys()
