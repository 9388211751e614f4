"""The service that makes a backup after the other, as Compose starts it."""

import signal
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from assessments.models import EditionRow
from reports.backups.places import backup_name, backups_in
from tests.faults.waiting import wait_until
from tests.reports.backups.commands import manage, on_tests_database, service

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_it_makes_one_when_it_is_due_and_ends_when_asked(edition_row: EditionRow, tmp_path: Path) -> None:
    old = tmp_path / backup_name(timezone.now() - timedelta(hours=25), encrypted=False)
    old.touch()
    with service(on_tests_database(), "backup", tmp_path, "--every", "24", "--keep", "1") as running:
        wait_until(lambda: [old] != backups_in(tmp_path) and not old.exists(), 120, "a newer one in its place")
        assert len(backups_in(tmp_path)) == 1
        running.send_signal(signal.SIGTERM)
        assert running.wait(60) == 0


def test_what_makes_no_sense_is_refused(edition_row: EditionRow, tmp_path: Path) -> None:
    refused = manage(on_tests_database(), "backup", tmp_path, "--keep", "0")
    assert refused.returncode == 1
    assert "must be 1 or more" in refused.stderr
    assert list(tmp_path.iterdir()) == []
