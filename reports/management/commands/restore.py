"""`manage.py restore FILE`: into a database that nobody uses yet; with --check, into one that is thrown away."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import RecordKind
from accounts.operations.records import write_record
from reports.backups.identity import read_identities
from reports.backups.manifest import BackupError
from reports.backups.restoring import Restored, restore_backup
from reports.backups.scratch import try_restoring


class Command(BaseCommand):
    help = "Restore a backup into a database that holds nobody's data, and compare what came back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--identity", type=Path, metavar="FILE", help="the secret key of an encrypted backup")
        parser.add_argument(
            "--check", action="store_true", help="restore it into a place of its own, compare, and throw that away"
        )
        parser.add_argument(
            "--without-key", action="store_true", help="although the key of the second steps in it is not given"
        )

    def handle(
        self, *args: Any, file: Path, identity: Path | None, check: bool, without_key: bool, **options: Any
    ) -> None:
        try:
            if check:
                try_restoring(path=file, identity=identity, tell=self.stdout.write)
                write_record(kind=RecordKind.RESTORE_TEST, happened_at=timezone.now(), by=None, note=file.name)
                return
            identities = read_identities(identity) if identity else []
            restored = restore_backup(path=file, identities=identities, without_key=without_key, tell=self.stdout.write)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self._report(restored, without_key=without_key)

    def _report(self, restored: Restored, *, without_key: bool) -> None:
        manifest, sample = restored.manifest, restored.sample
        self.stdout.write(
            f"Restored: {manifest.rows} rows of {len(manifest.tables)} tables and {len(manifest.files)} files, "
            "each compared with what was written into the backup"
        )
        if restored.unreadable:
            self.stdout.write(f"{restored.unreadable} second steps cannot be used: their key is not given.")
        if not sample.comparable:
            self.stdout.write("No report was made again: other packages or another address would make other bytes.")
        else:
            self.stdout.write(
                f"Made again from restored rows with the same bytes: {sample.equal} of {sample.made} reports"
            )
        if sample.equal < sample.made or (restored.unreadable and not without_key):
            raise CommandError("Not all came back as it was. The lines above say what did not.")
