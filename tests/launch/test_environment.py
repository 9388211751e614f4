"""The environment is made by the real tools, from a package made here, without a network."""

import base64
import hashlib
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from launch import environment
from launch.errors import LaunchError

pytestmark = pytest.mark.long
OTHER_HASH = "0" * 64
INSTALLS = "Installing the Python packages, each checked against its hash"
MAKERS = ["pip", *(["uv"] if shutil.which("uv") else [])]


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


def wheel_line(folder: Path, name: str) -> str:
    """A line of a lock file for the package that is made."""
    return locked(name, make_wheel(folder, name))


def locked(name: str, digest: str) -> str:
    return f"{name}==1.0 \\\n    --hash=sha256:{digest}\n"


def url_hash(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def use(patch: pytest.MonkeyPatch, root: Path, maker: str) -> Path:
    """The lock file of the project in `root`, for which uv or pip may use nothing but the packages that lie there."""
    path, folder = root / "requirements.lock", root / ".venv"
    for name, value in {
        "ROOT": root,
        "ENVIRONMENT": folder,
        "PYTHON": folder / "bin" / "python",
        "STAMPS": folder / "locks",
        "RUN_LOCK": path,
    }.items():
        patch.setattr(environment, name, value)
    for variable in ("PIP_NO_INDEX", "UV_NO_INDEX"):
        patch.setenv(variable, "1")
    patch.setenv("PIP_FIND_LINKS", root.as_uri())
    patch.setenv("UV_FIND_LINKS", str(root))
    if maker == "pip":
        patch.setattr(shutil, "which", lambda name: None)
    return path


@dataclass(frozen=True)
class MadeProject:
    root: Path
    maker: str
    kettle: str
    """The line of a lock file for a package that is not installed."""
    messages: tuple[str, ...]
    """What making the environment printed."""


@pytest.fixture(scope="module", params=MAKERS)
def made_environment(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> MadeProject:
    """A project of one package in a folder with a space, its environment made from nothing. Tests work on copies."""
    root = tmp_path_factory.mktemp("made") / "a project"
    root.mkdir()
    messages: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        lock = use(patch, root, request.param)
        lock.write_text(wheel_line(root, "teapot"))
        environment.provide_packages(lock, messages.append)
    return MadeProject(root, request.param, wheel_line(root, "kettle"), tuple(messages))


@pytest.fixture
def lock(made_environment: MadeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = shutil.copytree(made_environment.root, tmp_path / "a copy", symlinks=True)
    return use(monkeypatch, root, made_environment.maker)


def works(python: Path, package: str = "teapot") -> bool:
    return subprocess.run([python, "-c", f"import {package}"], capture_output=True, check=False).returncode == 0


def test_it_is_made_once_and_then_left_alone(lock: Path, made_environment: MadeProject) -> None:
    assert made_environment.messages == (INSTALLS,)
    assert works(made_environment.root / ".venv" / "bin" / "python")
    messages: list[str] = []
    environment.provide_packages(lock, messages.append)
    assert messages == []


def test_a_changed_lock_file_is_installed(lock: Path, made_environment: MadeProject) -> None:
    assert not works(environment.PYTHON, "kettle")
    lock.write_text(lock.read_text() + made_environment.kettle)
    assert not environment.is_installed(lock)
    environment.provide_packages(lock, print)
    assert environment.is_installed(lock)
    assert works(environment.PYTHON, "kettle")


def test_an_environment_without_its_python_is_made_anew(lock: Path) -> None:
    environment.PYTHON.unlink()
    environment.provide_packages(lock, print)
    assert works(environment.PYTHON)


def test_a_package_with_another_hash_is_refused(lock: Path) -> None:
    lock.write_text(locked("kettle", OTHER_HASH))
    with pytest.raises(LaunchError, match=r"^The Python environment in .* could not be made: .*(?i:hash)") as refused:
        environment.provide_packages(lock, print)
    assert "\n" not in str(refused.value)
    assert not environment.is_installed(lock)
    assert not works(environment.PYTHON, "kettle")


def test_a_missing_lock_file_is_told(lock: Path) -> None:
    lock.unlink()
    with pytest.raises(LaunchError, match=r"requirements\.lock is missing: get the project's files again"):
        environment.provide_packages(lock, print)
