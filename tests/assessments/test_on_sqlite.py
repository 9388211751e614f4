"""The embedded default runs on SQLite: its guards and constraints refuse the same."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
# In parts that take about as long as each other, so that several workers share them.
PARTS = {
    "guards": (
        "test_guards.py",
        "test_bank_slugs.py",
        "test_collaboration_guards.py",
        "test_own_answers.py",
        "test_constraints.py",
        "test_taken_over.py::test_the_database_refuses_what_cannot_be_taken_over",
        "../standing/test_services.py",
        "../desk/test_answered.py",
        "../desk/test_queries.py",
        "../desk/test_summaries.py",
    ),
    "migrations": (
        "test_migrations.py",
        "../reports/test_migrations.py",
        "../reports/test_brand.py::test_the_database_takes_one_report_for_each_look",
        "../reports/test_models.py",
        "../reports/test_bundles.py::test_the_database_refuses_half_a_state_and_a_client_twice",
    ),
    "people": (
        "../accounts/test_audit.py",
        "../accounts/test_erasure.py",
        "../accounts/test_erasure_guards.py",
        "../accounts/test_erased_addresses.py",
        "../accounts/test_erased_codes.py",
        "../accounts/test_erased_names.py",
        "../accounts/test_write_lock.py",
        "../accounts/test_compiled_sql.py",
        "../accounts/test_session_store.py",
        "../accounts/test_brands.py::test_the_database_refuses_to_change_a_version",
        "../accounts/test_brands.py::test_the_database_refuses_half_a_logo_and_a_large_one",
    ),
}
OTHER_DATABASE = ("DATABASE_URL", "REDIS_URL", "MEDIA_ROOT", "PYTEST_")


@pytest.mark.long
@pytest.mark.parametrize("part", PARTS)
def test_the_database_of_the_embedded_default_refuses_the_same(part: str, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OTHER_DATABASE)}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *(HERE / name for name in PARTS[part])],
        env=environment | {"EVENKEEL_DATA": str(tmp_path)},
        cwd=HERE.parent.parent,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
