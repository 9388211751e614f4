"""`manage.py backup FOLDER`: one backup, or with --every one after the other, until it is asked to stop."""

import signal
import threading
from argparse import ArgumentParser
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import RecordKind
from accounts.operations.records import write_record
from reports.backups.identity import make_identity
from reports.backups.making import make_backup
from reports.backups.manifest import BackupError
from reports.backups.places import backup_name, backups_in, delete_oldest, made_at, new_backup

TRY_AGAIN = timedelta(minutes=15)
LOOK_SECONDS = 60


class Command(BaseCommand):
    help = "Write everything that Evenkeel keeps into one file, while people go on working."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="where backups are kept, each under the moment it shows")
        parser.add_argument(
            "--recipient",
            action="append",
            default=[],
            metavar="AGE1...",
            help="encrypt it for this public key of age, besides BACKUP_RECIPIENTS; without any it is not encrypted",
        )
        parser.add_argument("--keep", type=int, default=14, help="how many stay in the folder; default 14")
        parser.add_argument("--every", type=int, metavar="HOURS", help="go on, with a backup every so many hours")
        parser.add_argument(
            "--make-key", type=Path, metavar="FILE", help="make a key for backups in this new file, and no backup"
        )

    def handle(
        self,
        *args: Any,
        folder: Path,
        recipient: list[str],
        keep: int,
        every: int | None,
        make_key: Path | None,
        **options: Any,
    ) -> None:
        if keep < 1 or (every is not None and every < 1):
            raise CommandError("--keep and --every must be 1 or more.")
        recipients = [*settings.BACKUP_RECIPIENTS, *recipient]
        try:
            if make_key is not None:
                self.stdout.write(f"Encrypt backups with --recipient {make_identity(make_key)}")
                self.stdout.write(f"Whoever has {make_key} can read them. Keep it apart from them, and twice.")
            elif every is None:
                self._back_up(folder, recipients, keep)
            else:
                self._go_on(folder, recipients, keep, timedelta(hours=every))
        except BackupError as error:
            raise CommandError(str(error)) from error

    def _back_up(self, folder: Path, recipients: list[str], keep: int) -> None:
        path = folder / backup_name(timezone.now(), encrypted=bool(recipients))
        with new_backup(path) as file:
            manifest = make_backup(target=file, recipients=recipients, clock=timezone.now)
        note = f"{manifest.rows} rows, {len(manifest.files)} files"
        write_record(kind=RecordKind.BACKUP, happened_at=manifest.made_at, by=None, note=note)
        self.stdout.write(f"{path}: {note}, as of {manifest.made_at:%Y-%m-%d %H:%M:%S} UTC")
        if manifest.missing:
            self.stdout.write(f"{len(manifest.missing)} files are made again when somebody asks for them.")
        if not recipients:
            self.stdout.write("It is not encrypted: whoever has the file can read everything in it.")
        for name in delete_oldest(folder, keep=keep):
            self.stdout.write(f"Deleted: {name}")

    def _go_on(self, folder: Path, recipients: list[str], keep: int, pause: timedelta) -> None:
        """Started again, it goes by the files that are there; a failure is told, and tried again soon."""
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        next_try = datetime.min.replace(tzinfo=UTC)
        while not stop.is_set():
            now = timezone.now()
            newest = next(iter(backups_in(folder)), None)
            if now >= next_try and (newest is None or now >= made_at(newest) + pause):
                try:
                    self._back_up(folder, recipients, keep)
                except Exception as error:  # whatever it is, there must be a backup tomorrow
                    self.stderr.write(f"No backup was made: {error}")
                    next_try = now + TRY_AGAIN
            stop.wait(LOOK_SECONDS)
