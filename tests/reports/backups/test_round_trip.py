"""A backup comes back whole: from PostgreSQL into SQLite, and from there into another major version of PostgreSQL."""

from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from accounts.models import OperatorRecord, RecordKind
from accounts.second_step.encryption import encrypt
from assessments.models import EditionRow
from reports.backups.manifest import Manifest
from reports.kinds.registry import STATEMENT
from reports.models import Report
from reports.services import request_report
from tests.access.site import Site, make_site
from tests.personas import OWNER
from tests.reports.backups.commands import back_up, manage, manifest_of, on_embedded, on_postgresql, on_tests_database
from tests.reports.backups.newer_postgresql import VERSION, newer_postgresql
from tests.reports.clients import make_with_its_bytes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
FORBIDDEN = (
    "from assessments.models import EditionRow; "
    "EditionRow.objects.filter(status='published').update(status='draft', published_at=None)"
)
# Each backup and each try writes down that it was made.
OWN_RECORDS = "accounts.operatorrecord"


@pytest.fixture
def site(edition_row: EditionRow) -> Site:
    """Something in nearly every table, with a real report and a second step."""
    site = make_site()
    # Their files are none that a worker made.
    Report.objects.update(template_version=1)
    Authenticator.objects.create(user=site.person(OWNER), type="totp", data={"secret": encrypt("a secret")})
    owner, now = site.person(OWNER), timezone.now()
    make_with_its_bytes(
        request_report(result=site.report.result, requested_by=owner, language="en-gb", now=now, kind=STATEMENT)
    )
    return site


def a_guard_holds(place: dict[str, str]) -> bool:
    """A published edition becomes no draft again."""
    tried = manage(place, "shell", "-c", FORBIDDEN)
    return tried.returncode == 1 and "IntegrityError" in tried.stderr


def test_a_backup_is_tried_and_leaves_nothing(site: Site, tmp_path: Path) -> None:
    backup = back_up(on_tests_database(), tmp_path / "backups")
    checked = manage(on_tests_database(), "restore", "--check", backup)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "Made again from restored rows with the same bytes: 1 of 1 reports" in checked.stdout
    assert list((tmp_path / "backups").iterdir()) == [backup]
    for kind in (RecordKind.BACKUP, RecordKind.RESTORE_TEST):
        assert OperatorRecord.objects.filter(kind=kind, recorded_by=None).count() == 1


def test_a_backup_goes_from_one_database_to_the_next(site: Site, tmp_path: Path) -> None:
    first = back_up(on_tests_database(), tmp_path / "first")
    embedded = on_embedded(tmp_path / "embedded")
    restored = manage(embedded, "restore", first)
    assert restored.returncode == 0, restored.stderr
    assert a_guard_holds(embedded)
    second = back_up(embedded, tmp_path / "second")
    with newer_postgresql() as url:
        newer = on_postgresql(url, tmp_path / "files")
        restored = manage(newer, "restore", second)
        assert restored.returncode == 0, restored.stderr
        assert a_guard_holds(newer)
        third = back_up(newer, tmp_path / "third")

    manifests = [manifest_of(each) for each in (first, second, third)]
    assert manifests[2].versions["database"].startswith(f"PostgreSQL {VERSION}.")
    contents = [rows_of(each) for each in manifests]
    assert contents[0] == contents[1] == contents[2]
    assert manifests[0].files == manifests[1].files == manifests[2].files
    assert site.report.file in manifests[0].files
    assert manifests[0].data_keys == manifests[2].data_keys != ()


def rows_of(manifest: Manifest) -> dict[str, tuple[int, str]]:
    return {label: (each.rows, each.rows_digest) for label, each in manifest.tables.items() if label != OWN_RECORDS}
