"""`./run backup` and `./run restore`: while people go on working, and into a folder that is new."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.launch.running import ROOT, Product, environment

pytestmark = pytest.mark.long


def run(folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "run", *arguments], cwd=folder, env=environment(), capture_output=True, text=True, check=False
    )


def test_what_is_there_goes_into_a_new_folder(embedded_product: Product, tmp_path: Path) -> None:
    made = run(tmp_path, "--data", embedded_product.data, "backup")
    assert made.returncode == 0, made.stderr
    [backup] = (tmp_path / "evenkeel-backups").iterdir()
    assert str(backup) in made.stdout

    refused = run(tmp_path, "--data", embedded_product.data, "restore", backup)
    assert refused.returncode == 1
    assert "Evenkeel already runs on" in refused.stderr

    new = tmp_path / "new"
    new.mkdir(mode=0o700)
    for name in ("secret-key", "signing-key"):
        shutil.copy(embedded_product.data / name, new)
    restored = run(tmp_path, "--data", new, "restore", backup.relative_to(tmp_path))
    assert restored.returncode == 0, restored.stderr
    again = run(tmp_path, "--data", new, "backup", "again")
    assert again.returncode == 0, again.stderr
    assert len(list((tmp_path / "again").iterdir())) == 1
