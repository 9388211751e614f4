"""What does not fit is refused before anything is touched, with what to do."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyrage
import pytest
from django.conf import LazySettings
from django.utils import timezone

from assessments.models import EditionRow
from reports.backups import restoring
from reports.backups.identity import make_identity, read_identities
from reports.backups.making import make_backup
from reports.backups.manifest import MANIFEST, BackupError
from reports.backups.restoring import Restored, restore_backup
from tests.factories import OrganisationFactory
from tests.migrating import newest

NO_TABLE = {"rows": 1, "sha256": "", "rows_digest": ""}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nothing_is_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' own tables would be gone."""

    def refuse() -> None:
        raise AssertionError("it began to restore")

    monkeypatch.setattr(restoring, "remove_tables", refuse)


@pytest.fixture
def content(edition_row: EditionRow) -> bytes:
    return backed_up()


def backed_up(*recipients: str) -> bytes:
    target = io.BytesIO()
    make_backup(target=target, recipients=recipients, clock=timezone.now)
    return target.getvalue()


def restore(folder: Path, content: bytes, *identities: str, without_key: bool = False) -> Restored:
    file = folder / "backup.zip"
    file.write_bytes(content)
    return restore_backup(path=file, identities=identities, without_key=without_key, tell=lambda text: None)


def with_manifest(content: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if name != MANIFEST:
                new.writestr(name, old.read(name))
        manifest = json.loads(old.read(MANIFEST))
        change(manifest)
        new.writestr(MANIFEST, json.dumps(manifest))
    return target.getvalue()


def test_a_whole_one_begins_to_restore(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="it began to restore"):
        restore(tmp_path, content)


def test_a_database_with_people_in_it(content: bytes, tmp_path: Path) -> None:
    OrganisationFactory.create()
    with pytest.raises(BackupError, match="People's data is in this database already"):
        restore(tmp_path, content)


def test_one_of_a_later_version(content: bytes, tmp_path: Path) -> None:
    later = with_manifest(content, lambda manifest: manifest["migrations"].update(accounts="9999_later"))
    with pytest.raises(BackupError, match="of a later version of Evenkeel, with accounts 9999_later"):
        restore(tmp_path, later)


def test_one_of_a_later_form(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="made by a later version"):
        restore(tmp_path, with_manifest(content, lambda manifest: manifest.update(format=2)))


def test_second_steps_of_another_key(content: bytes, tmp_path: Path) -> None:
    other = with_manifest(content, lambda manifest: manifest.update(data_keys=["0123abcd"]))
    with pytest.raises(BackupError, match=r"another key \(0123abcd\)"):
        restore(tmp_path, other)
    with pytest.raises(AssertionError, match="it began to restore"):
        restore(tmp_path, other, without_key=True)


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: b"PK",
        lambda content: b"a letter",
        lambda content: content[: len(content) // 2],
        lambda content: content[:-1],
        lambda content: with_manifest(content, lambda manifest: manifest.clear()),
        lambda content: with_manifest(content, lambda manifest: manifest.update(tables=[])),
        lambda content: with_manifest(content, lambda manifest: manifest["tables"]["accounts.user"].pop("sha256")),
        lambda content: with_manifest(content, lambda manifest: manifest["tables"]["accounts.user"].update(sha256="")),
        lambda content: with_manifest(content, lambda manifest: manifest["tables"].update(other=NO_TABLE)),
    ],
)
def test_a_damaged_one(content: bytes, tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    with pytest.raises(BackupError):
        restore(tmp_path, damage(content))


def test_a_byte_that_was_changed(content: bytes, tmp_path: Path) -> None:
    """In each of the first hundred places of the rows: found before a row is restored."""
    place = content.index(b"tables/assessments.questionrow.jsonl") + 400
    for offset in range(100):
        changed = bytearray(content)
        changed[place + offset] ^= 1
        with pytest.raises(BackupError):
            restore(tmp_path, bytes(changed))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="cannot be read"):
        restore_backup(path=tmp_path / "none.zip", identities=[], without_key=False, tell=lambda text: None)


def test_an_encrypted_one_without_its_key(edition_row: EditionRow, tmp_path: Path) -> None:
    public = make_identity(tmp_path / "key")
    content = backed_up(public)
    assert b"accounts.user" not in content
    [secret] = read_identities(tmp_path / "key")
    with pytest.raises(BackupError, match="Give the file with its secret key"):
        restore(tmp_path, content)
    with pytest.raises(BackupError, match="was not encrypted for this key"):
        restore(tmp_path, content, str(pyrage.x25519.Identity.generate()))
    with pytest.raises(BackupError, match="a part of it is missing or was changed"):
        restore(tmp_path, content[:-20], secret)
    with pytest.raises(BackupError, match="no secret key of age"):
        restore(tmp_path, content, "a word")
    with pytest.raises(AssertionError, match="it began to restore"):
        restore(tmp_path, content, secret)


def test_a_key_that_is_none(tmp_path: Path, edition_row: EditionRow) -> None:
    with pytest.raises(BackupError, match="no public key of age"):
        backed_up("age1nobody")
    make_identity(tmp_path / "key")
    with pytest.raises(BackupError, match="give the name of a new file"):
        make_identity(tmp_path / "key")
    (tmp_path / "empty").write_text("# nothing\n")
    with pytest.raises(BackupError, match="holds no key"):
        read_identities(tmp_path / "empty")


def test_a_database_that_was_not_migrated(
    edition_row: EditionRow, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    from django.db.migrations.recorder import MigrationRecorder

    applied = MigrationRecorder.applied_migrations

    def without_the_newest(self: MigrationRecorder) -> dict[tuple[str, str], Any]:
        found = applied(self)
        return {key: row for key, row in found.items() if key != newest("reports")}

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", without_the_newest)
    with pytest.raises(BackupError, match="The database is older"):
        backed_up()
