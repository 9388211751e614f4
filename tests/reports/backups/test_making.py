"""A backup shows one moment, and people go on working while it is made."""

import io
import json
import threading
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from accounts.models import Organisation
from assessments.models import EditionRow, GuestCheck
from reports.backups.making import make_backup
from reports.backups.manifest import BackupError, Manifest
from reports.backups.places import backup_name, backups_in, delete_oldest, made_at, new_backup
from reports.models import Report
from reports.services import request_report
from tests.factories import OrganisationFactory
from tests.reports.clients import make_ready
from tests.runs import finished_run

pytestmark = pytest.mark.django_db(transaction=True)


class WorkedMeanwhile(io.BytesIO):
    """Somebody saves something, and is done with it, after the first piece of the backup was written."""

    def __init__(self) -> None:
        super().__init__()
        self.before: datetime | None = None

    def write(self, content: bytes) -> int:  # type: ignore[override]
        if self.before is None:
            self.before = timezone.now()
            worker = threading.Thread(target=self._save)
            worker.start()
            worker.join(30)
            assert not worker.is_alive(), "a save waits for the end of a backup"
        return super().write(content)

    def _save(self) -> None:
        OrganisationFactory.create(name="Founded meanwhile")
        connection.close()


def rows_of(backup: io.BytesIO, label: str) -> list[str]:
    with zipfile.ZipFile(backup) as archive:
        return archive.read(f"tables/{label}.jsonl").decode().removesuffix("\n").split("\n")[1:]


def made(target: io.BytesIO) -> Manifest:
    return make_backup(target=target, recipients=[], clock=timezone.now)


def test_what_is_saved_meanwhile_is_in_the_next(edition_row: EditionRow) -> None:
    OrganisationFactory.create(name="There before")
    target = WorkedMeanwhile()
    manifest = made(target)
    assert target.before is not None
    assert manifest.made_at <= target.before
    assert ["There before" in row for row in rows_of(target, "accounts.organisation")] == [True]
    assert manifest.tables["accounts.organisation"].rows == 1
    assert Organisation.objects.count() == 2
    assert made(io.BytesIO()).tables["accounts.organisation"].rows == 2


def test_files_go_in_and_a_missing_one_is_named(edition_row: EditionRow) -> None:
    reports = []
    for _ in range(3):
        result = finished_run()
        report = request_report(result=result, requested_by=result.finished_by, language="en-gb", now=timezone.now())
        make_ready(report)
        report.refresh_from_db()
        reports.append(report)
    default_storage.delete(reports[1].file)
    Report.objects.filter(pk=reports[2].pk).update(file="../../elsewhere")
    target = io.BytesIO()
    manifest = made(target)
    assert {name: (each.size, each.sha256) for name, each in manifest.files.items()} == {
        reports[0].file: (reports[0].size, reports[0].sha256)
    }
    assert set(manifest.missing) == {reports[1].file, "../../elsewhere"}
    with zipfile.ZipFile(target) as archive, default_storage.open(reports[0].file) as file:
        assert archive.read(f"files/{reports[0].file}") == file.read()


def test_what_is_promised_to_be_gone_after_a_day_is_in_no_backup(edition_row: EditionRow) -> None:
    assert "assessments.guestcheck" not in made(io.BytesIO()).tables
    assert not GuestCheck._meta.related_objects, "a row that leads to one could not come back"


def test_nobody_is_signed_in_by_a_backup(edition_row: EditionRow) -> None:
    from django.contrib.sessions.models import Session

    Session.objects.create(session_key="the-key-of-a-session", session_data="", expire_date=timezone.now())
    target = io.BytesIO()
    assert not {"sessions.session", "usersessions.usersession"} & made(target).tables.keys()
    with zipfile.ZipFile(target) as archive:
        assert all(b"the-key-of-a-session" not in archive.read(name) for name in archive.namelist())


def test_any_text_comes_out_as_it_went_in(edition_row: EditionRow) -> None:
    name = 'Café "Ñandú"\t\u2028 \U0001f9c1 \\ שלום'
    OrganisationFactory.create(name=name)
    target = io.BytesIO()
    made(target)
    [row] = rows_of(target, "accounts.organisation")
    assert name in json.loads(row)


def test_a_backup_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "backups" / backup_name(timezone.now(), encrypted=False)
    with pytest.raises(TypeError), new_backup(path) as file:
        file.writelines([b"half", "and no more"])  # type: ignore[list-item]
    assert list(path.parent.iterdir()) == []
    with new_backup(path) as file:
        file.write(b"whole")
        assert not path.exists()
    assert path.read_bytes() == b"whole"
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(BackupError, match="could not be written"), new_backup(path / "below"):
        pass


def test_the_oldest_make_room_and_nothing_else_does(tmp_path: Path) -> None:
    moments = [datetime.fromisoformat(f"2026-11-{day:02}T02:00:00+00:00") for day in (1, 2, 3, 10)]
    names = [backup_name(moment, encrypted=moment.day > 2) for moment in moments]
    for name in (*names, "evenkeel.sqlite3", "evenkeel-2026-11-01.zip", "notes.txt"):
        (tmp_path / name).touch()
    assert [made_at(each) for each in backups_in(tmp_path)] == moments[::-1]
    assert delete_oldest(tmp_path, keep=2) == [names[1], names[0]]
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(
        [names[2], names[3], "evenkeel.sqlite3", "evenkeel-2026-11-01.zip", "notes.txt"]
    )
    assert backups_in(tmp_path / "none") == []
