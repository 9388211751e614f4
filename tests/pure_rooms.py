"""Which folders of tests need neither Django nor a server, and what a selection of tests needs."""

import sys
import tomllib
from collections.abc import Iterable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
PURE_FOLDERS: Sequence[str] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["evenkeel"]["pure_tests"]
SERVER_PACKAGES = ("django", "celery", "redis", "psycopg2")


def is_pure(selected: Sequence[str], folder: Path) -> bool:
    """Whether these pytest arguments, relative to `folder`, name only tests of pure rooms."""
    return bool(selected) and all(_is_in_pure_folder(folder / argument.partition("::")[0]) for argument in selected)


def _is_in_pure_folder(path: Path) -> bool:
    path = path.resolve()
    return path.exists() and any(path.is_relative_to(ROOT / pure) for pure in PURE_FOLDERS)


class ServerPackagesRefused(MetaPathFinder):
    """In a run of pure tests, importing Django or a client of a server is an error that names the package."""

    def __init__(self, packages: Iterable[str] = SERVER_PACKAGES) -> None:
        self.packages = frozenset(packages)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] in self.packages:
            raise ImportError(f"{fullname} must not be imported by a pure room or its tests (tests/pure_rooms.py)")
        return None


def refuse_server_packages() -> None:
    loaded = sorted(set(SERVER_PACKAGES) & sys.modules.keys())
    if loaded:
        raise RuntimeError(f"already imported before any pure test: {', '.join(loaded)}")
    sys.meta_path.insert(0, ServerPackagesRefused())
