"""A backup of many assessments with every question answered, and restoring it into another database."""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter

from django.db import connection
from django.utils import timezone

from benchmarks.businesses import businesses
from benchmarks.measuring import Figure
from reports.backups.making import make_backup
from reports.backups.scratch import try_restoring

MANY = 10_000
MOST_MINUTES = 5.0
AT_ONCE = 1_000
MEGABYTE = 1024 * 1024


def figures() -> Iterable[Figure]:
    for _ in range(MANY // AT_ONCE):
        businesses(AT_ONCE)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with tempfile.TemporaryDirectory(prefix="evenkeel-bench-") as name:
        path = Path(name) / "backup.zip"
        start = perf_counter()
        with path.open("wb") as file:
            manifest = make_backup(target=file, recipients=[], clock=timezone.now)
        made = perf_counter() - start
        yield Figure(f"backup of {MANY} assessments, {manifest.rows} rows", made / 60, "min", MOST_MINUTES)
        yield Figure("its size", path.stat().st_size / MEGABYTE, "MB")
        start = perf_counter()
        try_restoring(path=path, identity=None, tell=lambda line: None)
        yield Figure("restored into SQLite and compared", (perf_counter() - start) / 60, "min", MOST_MINUTES)
