"""Restoring a backup into a database that nobody uses yet, and proving that all of it came back."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model

from accounts.second_step.encryption import known_key_ids, unreadable_secrets
from reports.backups.archive import BackupReader, read_archive
from reports.backups.emptying import guards_lifted, is_in_use, remove_tables
from reports.backups.manifest import BackupError, Manifest
from reports.backups.rows import (
    LEFT_OUT,
    RowWriter,
    columns_in,
    columns_of,
    digest_of_rows,
    models_with_tables,
    read_rows,
)
from reports.backups.sample import SampleOutcome, make_sample_again

IN_USE = (
    "People's data is in this database already, and a backup would replace it. "
    "Restore into a new database, or with ./run into a new folder: ./run --data FOLDER restore FILE"
)
LATER = "This backup is of a later version of Evenkeel, with {app} {name}. Restore it with that version."
OTHER_KEY = (
    "Second steps in this backup were encrypted with another key ({keys}), so nobody who has one could sign in. "
    "Give the old DATA_KEY as DATA_KEY_FALLBACKS; with ./run, copy the file secret-key of the old folder into the new "
    "one. If it is lost, --without-key restores all the same; then remove these second steps in the administration."
)


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and what was compared with how it was."""

    manifest: Manifest
    unreadable: int
    sample: SampleOutcome


def restore_backup(
    *, path: Path, identities: Sequence[str], without_key: bool, tell: Callable[[str], None]
) -> Restored:
    """Into the present database, which must hold nobody's data, and the storage. Says in `tell` how far it is.

    The rows come back in the tables as they were when the backup was made; then the migrations since then run. Raises
    BackupError, with what to do, and leaves the database empty, where the backup does not fit or is damaged.
    """
    with read_archive(path, identities) as archive:
        manifest = archive.manifest
        _refuse_what_does_not_fit(manifest, without_key=without_key)
        archive.check_tables()
        tell(f"Restoring {manifest.rows} rows as they were at {manifest.made_at:%Y-%m-%d %H:%M} UTC")
        remove_tables()
        _restore_tables(archive)
        tell("Bringing the tables to the present version")
        call_command("migrate", verbosity=0, interactive=False)
        tell(f"Restoring {len(manifest.files)} files")
        _restore_files(archive)
    return Restored(manifest, unreadable_secrets(), make_sample_again(manifest))


def _refuse_what_does_not_fit(manifest: Manifest, *, without_key: bool) -> None:
    known = MigrationExecutor(connection).loader.graph.nodes
    for app, name in manifest.migrations.items():
        if (app, name) not in known:
            raise BackupError(LATER.format(app=app, name=name))
    if is_in_use():
        raise BackupError(IN_USE)
    unknown = sorted(set(manifest.data_keys) - set(known_key_ids()))
    if unknown and not without_key:
        raise BackupError(OTHER_KEY.format(keys=", ".join(unknown)))


def _restore_tables(archive: BackupReader) -> None:
    """The tables are first made as they were: a later version may have other columns."""
    targets = list(archive.manifest.migrations.items())
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    models = models_with_tables(MigrationExecutor(connection).loader.project_state(targets).apps)
    tables = archive.manifest.tables.keys()
    # Another version may have left out others.
    if not models.keys() - LEFT_OUT <= tables <= models.keys():
        raise BackupError("This backup does not hold the tables that its version has. Use another backup.")
    with transaction.atomic():
        with guards_lifted(models.values()):
            _empty(models.values())
            for label in tables:
                _restore_table(archive, label, models[label])
        _set_sequences(models.values())


def _empty(models: Iterable[type[Model]]) -> None:
    """Of what migrations put there."""
    with connection.cursor() as cursor:
        for model in models:
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 (our own table)


def _restore_table(archive: BackupReader, label: str, model: type[Model]) -> None:
    """Reads the rows again afterwards, as if for a backup: each must be the same."""
    lines = archive.lines(label)
    columns = columns_in(next(lines), label)
    if set(columns) != set(columns_of(model)):
        raise BackupError(f"{label} in this backup has other columns than its version. Use another backup.")
    RowWriter(model, columns, connection).write(lines)
    found, wanted = digest_of_rows(read_rows(model, columns)), archive.manifest.tables[label]
    if (found.rows, found.value()) != (wanted.rows, wanted.rows_digest):
        raise BackupError(f"{label} did not come back as it was: {found.rows} of {wanted.rows} rows. Nothing was kept.")


def _set_sequences(models: Iterable[type[Model]]) -> None:
    """The next new row gets a number of its own."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)


def _restore_files(archive: BackupReader) -> None:
    for name in archive.manifest.files:
        with archive.file(name) as content:
            if default_storage.exists(name):
                default_storage.delete(name)
            default_storage.save(name, File(content))
