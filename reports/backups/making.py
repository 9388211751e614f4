"""Making a backup: every row as it was at one moment, and the files that those rows name."""

import contextlib
import hashlib
import platform
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import IO

import django
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model

from accounts.second_step.encryption import key_id_of
from reports import storage
from reports.backups.archive import BackupWriter, file_entry, table_entry, write_archive
from reports.backups.manifest import BackedUpFile, BackupError, Manifest, TableContent, manifest_to_json
from reports.backups.rows import RowsDigest, columns_of, header, read_rows, stored_models
from reports.models import MadeFile
from reports.signing.keys import issuer, signing_key


def make_backup(*, target: IO[bytes], recipients: Sequence[str], clock: Callable[[], datetime]) -> Manifest:
    """Writes it to the end of `target`. People go on working: what they save meanwhile is in the next backup.

    With `recipients`, public keys of age, only the holder of one of the secret keys can read it. Raises BackupError.
    """
    migrations = newest_migrations()
    with write_archive(target, recipients) as archive, _one_moment():
        made_at = clock()
        tables = {label: _add_table(archive, model) for label, model in sorted(stored_models(apps).items())}
        files, missing = _add_files(archive)
        manifest = Manifest(
            made_at=made_at,
            site=issuer(),
            versions=_versions(),
            packages=digest_of_packages(),
            migrations=migrations,
            data_keys=tuple(sorted(_data_keys())),
            signing_key=signing_key().public_key if settings.SIGNING_KEY else "",
            tables=tables,
            files=files,
            missing=tuple(missing),
        )
        archive.close(manifest_to_json(manifest))
    return manifest


def newest_migrations() -> dict[str, str]:
    """The newest of each app. Raises BackupError while one has not run."""
    executor = MigrationExecutor(connection)
    newest = executor.loader.graph.leaf_nodes()
    if executor.migration_plan(newest):
        raise BackupError("The database is older than this version of Evenkeel. Run: python manage.py migrate")
    return dict(newest)


def digest_of_packages() -> str:
    """Of the lock file from which the packages were installed."""
    return hashlib.sha256((settings.BASE_DIR / "requirements.lock").read_bytes()).hexdigest()


@contextlib.contextmanager
def _one_moment() -> Iterator[None]:
    """All that is read inside was there at the same time, however long it takes; nobody who writes has to wait."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SELECT FROM django_migrations")
            yield
        return
    # `atomic` would begin one that writes, and everybody else's saves would wait for its end.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1").fetchall()
            yield
        finally:
            cursor.execute("ROLLBACK")


def _add_table(archive: BackupWriter, model: type[Model]) -> TableContent:
    digest, label, columns = RowsDigest(), model._meta.label_lower, columns_of(model)

    def lines() -> Iterator[str]:
        yield header(label, columns)
        for line in read_rows(model, columns):
            digest.add(line)
            yield line

    sha256 = archive.add_lines(table_entry(label), lines())
    return TableContent(rows=digest.rows, sha256=sha256, rows_digest=digest.value())


def _add_files(archive: BackupWriter) -> tuple[dict[str, BackedUpFile], list[str]]:
    added: dict[str, BackedUpFile] = {}
    missing: list[str] = []
    for name in _named_files():
        try:
            with storage.open_file(name) as content:
                added[name] = archive.add_file(file_entry(name), content)
        except (FileNotFoundError, SuspiciousFileOperation):
            # Whoever asks for it next gets it made again from its row; what no worker of ours wrote stops no backup.
            missing.append(name)
    return added, missing


def _named_files() -> Iterable[str]:
    for model in apps.get_models():
        if issubclass(model, MadeFile):
            names = model._base_manager.exclude(file="").order_by("pk").values_list("file", flat=True)
            yield from names.iterator(chunk_size=2000)


def _data_keys() -> set[str]:
    """Which keys the stored secrets were encrypted with. Whoever makes a backup has none of them."""
    rows = Authenticator.objects.order_by("pk").values_list("data", flat=True)
    return {key for data in rows.iterator() for value in data.values() if (key := key_id_of(value)) is not None}


def _versions() -> dict[str, str]:
    found = connection.get_database_version()
    database = f"{connection.display_name} {'.'.join(map(str, found))}"
    return {"python": platform.python_version(), "django": django.get_version(), "database": database}
