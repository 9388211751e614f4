"""`./run mutants` with the real mutmut on a project made here."""

from pathlib import Path

import pytest

from launch import environment, mutants
from launch.__main__ import main
from launch.errors import LaunchError
from launch.mutants import Mutant, Outcome

ROOMS = {"assessments/scoring": ["tests/scoring"], "accounts/access.py": ["tests/accounts/test_access.py"]}
DIFF = """\
# assessments.scoring.sums.x__label__mutmut_14: survived
--- assessments/scoring/sums.py
+++ assessments/scoring/sums.py
@@ -1,2 +1,2 @@
 def _label(size):
-    return size > 1
+    return size > 2
"""
CODE = """\
def is_large(size: int) -> bool:
    return size > 10


def whole(size: int) -> int:
    return size * 1
"""
TESTS = """\
from assessments.scoring.sizes import is_large, whole


def test_sizes() -> None:
    assert is_large(20)
    assert not is_large(5)
    assert whole(3) == 3
"""
PYPROJECT = """\
[tool.mutmut]
source_paths = ["assessments"]

[tool.evenkeel]
pure_tests = ["tests/scoring"]

[tool.evenkeel.mutants]
"assessments/scoring" = ["tests/scoring"]
"""
EQUIVALENT = """\
[[equivalent]]
function = "assessments.scoring.sizes.whole"
before = ["return size * 1"]
after = ["return size / 1"]
reason = "3 and 3.0 are equal, and nobody asks for the type."
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Its only test misses the boundary, where a size is exactly 10."""
    for name, text in {
        "pyproject.toml": PYPROJECT,
        "assessments/__init__.py": "",
        "assessments/scoring/__init__.py": "",
        "assessments/scoring/sizes.py": CODE,
        "tests/scoring/test_sizes.py": TESTS,
        "tests/mutation/equivalent.toml": EQUIVALENT,
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "provide_packages", lambda lock, tell: None)
    return tmp_path


@pytest.mark.slow
def test_what_no_test_noticed_is_shown_and_counts(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mutants", "assessments/scoring/sizes.py"]) == 1

    said = capsys.readouterr().out
    assert "survived: assessments.scoring.sizes.is_large\n" in said
    assert "-    return size > 10\n+    return size >= 10\n" in said
    assert "survived: assessments.scoring.sizes.whole\n" not in said
    assert said.endswith("killed 1, survived 2, equivalent 1: 33.3 % (95 % are needed)\n")

    (project / "tests/scoring/test_sizes.py").write_text(
        TESTS + "    assert is_large(11)\n    assert not is_large(10)\n"
    )
    assert main(["mutants"]) == 0
    assert capsys.readouterr().out.endswith("killed 3, survived 0, equivalent 1: 100.0 % (95 % are needed)\n")


@pytest.mark.slow
def test_tests_that_fail_without_any_change_are_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "tests/scoring/test_sizes.py").write_text("def test_it() -> None:\n    raise AssertionError\n")

    assert main(["mutants"]) == 1
    assert "mutmut run failed:" in capsys.readouterr().err


def test_a_path_brings_the_tests_of_its_room(tmp_path: Path) -> None:
    (tmp_path / "assessments" / "scoring").mkdir(parents=True)
    (tmp_path / "assessments" / "scoring" / "sums.py").touch()

    found = mutants.chosen(["assessments/scoring/sums.py", "assessments/scoring"], ROOMS, tmp_path)

    assert found == [("assessments/scoring/sums.py", ["tests/scoring"]), ("assessments/scoring", ["tests/scoring"])]
    assert mutants.chosen([], ROOMS, tmp_path) == [("assessments/scoring", ["tests/scoring"])]


@pytest.mark.parametrize(
    "path", ["assessments/views/result.py", "assessments/scoring/nothing.py", "assessments/scorings"]
)
def test_other_paths_are_refused(path: str, tmp_path: Path) -> None:
    with pytest.raises(LaunchError, match=rf"^{path} is in none of these: assessments/scoring, accounts/access\.py\.$"):
        mutants.chosen([path], ROOMS, tmp_path)


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("assessments.scoring.sums.x__label__mutmut_14", "assessments.scoring.sums._label"),
        ("assessments.scoring.sums.x_label__mutmut_1", "assessments.scoring.sums.label"),
        ("assessments.bank.types.x\u01c1Edition\u01c1domain__mutmut_2", "assessments.bank.types.Edition.domain"),
    ],
)
def test_a_mutant_is_known_by_its_function_and_its_change(name: str, function: str) -> None:
    assert mutants.parse_mutant(name, DIFF) == Mutant(function, ("return size > 1",), ("return size > 2",), DIFF)


def test_an_equivalent_mutant_needs_a_reason(tmp_path: Path) -> None:
    listed = tmp_path / "equivalent.toml"
    listed.write_text('[[equivalent]]\nfunction = "a.b"\nbefore = ["x"]\nafter = ["y"]\nreason = " "\n')

    with pytest.raises(LaunchError, match=r"^equivalent\.toml: a\.b needs a reason why no test can tell\.$"):
        mutants.read_equivalent(listed)


@pytest.mark.parametrize(("killed", "survived", "code"), [(95, 5, 0), (94, 5, 1), (0, 0, 0)])
def test_95_in_100_are_enough(killed: int, survived: int, code: int) -> None:
    assert mutants.report(Outcome(killed, [Mutant("a", (), ())] * survived, 7), lambda text: None) == code


def test_the_projects_own_list_is_in_order() -> None:
    mutants.read_equivalent(environment.ROOT / mutants.EQUIVALENT)
