"""A file is complete or absent."""

import os
import tempfile
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage

from reports import storage
from reports.storage import DurableFileSystemStorage, open_file, store


@pytest.fixture
def place(tmp_path: Path) -> DurableFileSystemStorage:
    return DurableFileSystemStorage(location=tmp_path)


def test_what_is_stored_can_be_read(monkeypatch: pytest.MonkeyPatch, place: DurableFileSystemStorage) -> None:
    monkeypatch.setattr(storage, "default_storage", place)
    token = uuid4()

    stored = store(content=b"%PDF-1.7", token=token, file_name="Bakery.pdf")

    assert (stored.name, stored.size, stored.file_name) == (f"reports/{token.hex}.pdf", 8, "Bakery.pdf")
    with open_file(stored.name) as file:
        assert file.read() == b"%PDF-1.7"


@pytest.mark.parametrize("step", ["fsync", "write"])
def test_a_full_disk_leaves_nothing(
    step: str, place: DurableFileSystemStorage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    class Full(ContentFile):  # type: ignore[type-arg]
        def chunks(self, chunk_size: int | None = None) -> None:  # type: ignore[override]
            full()

    if step == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    content = ContentFile(b"x" * 100) if step == "fsync" else Full(b"x")

    with pytest.raises(OSError, match="No space"):
        place.save("reports/a.pdf", content)

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_file_that_is_gone_is_missed(monkeypatch: pytest.MonkeyPatch, place: DurableFileSystemStorage) -> None:
    monkeypatch.setattr(storage, "default_storage", place)
    with pytest.raises(FileNotFoundError):
        open_file("reports/none.pdf")
    storage.delete_file("reports/none.pdf")


def test_nothing_is_read_through_a_link_or_a_pipe(
    monkeypatch: pytest.MonkeyPatch, place: DurableFileSystemStorage, tmp_path: Path
) -> None:
    """Whoever may write into the folder of files reads nothing else by that, and holds nobody."""
    monkeypatch.setattr(storage, "default_storage", DurableFileSystemStorage(location=tmp_path / "files"))
    secrets, files = tmp_path / "secrets", tmp_path / "files" / "reports"
    secrets.mkdir()
    files.mkdir(parents=True)
    (secrets / "key.pdf").write_text("secret")
    (files / "real.pdf").write_text("%PDF-1.7")
    (files / "link.pdf").symlink_to(secrets / "key.pdf")
    (files / "beside.pdf").symlink_to(files / "real.pdf")
    (files / "folder").symlink_to(secrets)
    (files / "folder.pdf").mkdir()
    os.mkfifo(files / "pipe.pdf")
    for name in ("link.pdf", "beside.pdf", "folder/key.pdf", "folder.pdf", "pipe.pdf", "real.pdf/a.pdf"):
        with pytest.raises(FileNotFoundError):
            open_file(f"reports/{name}")
    with open_file("reports/real.pdf") as file:
        assert file.read() == b"%PDF-1.7"


def test_what_is_being_put_together_lies_on_the_disk_of_the_files_and_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, place: DurableFileSystemStorage, tmp_path: Path
) -> None:
    """In a container the machine's own folder for temporary files is 256 MB of memory."""
    monkeypatch.setattr(storage, "default_storage", place)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "not there"))
    with storage.scratch_file(storage.BUNDLES) as file:
        file.write(b"PK")
        assert os.fstat(file.fileno()).st_dev == tmp_path.stat().st_dev
        file.seek(0)
        assert file.read() == b"PK"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_with_files_elsewhere_the_machine_chooses_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "default_storage", InMemoryStorage())
    with storage.scratch_file(storage.BUNDLES) as file:
        assert file.write(b"PK") == 2
