"""The environment is made by the real tools, from a package made here, without a network."""

import base64
import hashlib
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from launch import environment
from launch.errors import LaunchError

pytestmark = pytest.mark.slow


def make_wheel(folder: Path, package: str = "teapot", version: str = "1.0") -> str:
    """Its hash, as a lock file has it."""
    about = f"{package}-{version}.dist-info"
    files = {
        f"{package}.py": "SHORT = True\n",
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nGenerator: hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{name},sha256={url_hash(text)},{len(text)}\n" for name, text in files.items())
    path = folder / f"{package}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in (files | {f"{about}/RECORD": f"{record}{about}/RECORD,,\n"}).items():
            # The same bytes whenever it is made.
            wheel.writestr(zipfile.ZipInfo(name), text)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def url_hash(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


@pytest.fixture
def lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one package in a folder with a space; uv or pip may use nothing but that package."""
    root = tmp_path / "a project"
    root.mkdir()
    digest = make_wheel(root)
    path = root / "requirements.lock"
    path.write_text(f"teapot==1.0 \\\n    --hash=sha256:{digest}\n")
    folder = root / ".venv"
    for name, value in {
        "ROOT": root,
        "ENVIRONMENT": folder,
        "PYTHON": folder / "bin" / "python",
        "STAMPS": folder / "locks",
        "RUN_LOCK": path,
    }.items():
        monkeypatch.setattr(environment, name, value)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", root.as_uri())
    monkeypatch.setenv("UV_NO_INDEX", "1")
    monkeypatch.setenv("UV_FIND_LINKS", str(root))
    return path


def works(python: Path) -> bool:
    return subprocess.run([python, "-c", "import teapot"], capture_output=True, check=False).returncode == 0


def test_it_is_made_once_and_then_left_alone(lock: Path) -> None:
    told: list[str] = []
    environment.provide_packages(lock, told.append)
    assert works(environment.PYTHON)
    assert told == ["Installing the Python packages, each checked against its hash"]
    environment.provide_packages(lock, told.append)
    assert len(told) == 1


def test_a_changed_lock_file_is_installed(lock: Path) -> None:
    environment.provide_packages(lock, print)
    lock.write_text("# a comment\n" + lock.read_text())
    assert not environment.is_installed(lock)
    environment.provide_packages(lock, print)
    assert environment.is_installed(lock)


def test_an_environment_without_its_python_is_made_anew(lock: Path) -> None:
    environment.provide_packages(lock, print)
    environment.PYTHON.unlink()
    environment.provide_packages(lock, print)
    assert works(environment.PYTHON)


def test_a_package_with_another_hash_is_refused(lock: Path) -> None:
    refuses_another_hash(lock)


def test_without_uv_pip_does_the_same(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    right = lock.read_text()
    refuses_another_hash(lock)
    lock.write_text(right)
    environment.provide_packages(lock, print)
    assert works(environment.PYTHON)


def refuses_another_hash(lock: Path) -> None:
    lock.write_text(f"teapot==1.0 \\\n    --hash=sha256:{'0' * 64}\n")
    with pytest.raises(LaunchError, match=r"^The Python environment in .* could not be made: .*(?i:hash)") as told:
        environment.provide_packages(lock, print)
    assert "\n" not in str(told.value)
    assert not environment.is_installed(lock)


def test_a_missing_lock_file_is_told(lock: Path) -> None:
    lock.unlink()
    with pytest.raises(LaunchError, match=r"requirements\.lock is missing: get the project's files again"):
        environment.provide_packages(lock, print)
