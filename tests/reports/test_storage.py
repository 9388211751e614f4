"""A file is complete or absent."""

import os
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile

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
