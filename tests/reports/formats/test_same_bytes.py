"""The same input makes the same bytes in every format, in whatever process."""

import hashlib
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from reports.formats.registry import REPORT_FORMATS
from reports.formats.zip_files import FIRST_DAY, repacked

ROOT = Path(__file__).parents[3]
MAKE_EACH = """
import hashlib
import django
django.setup()
from django.utils import translation
from assessments.editions.shipped import shipped_editions
from reports.document import build
from reports.formats.registry import REPORT_FORMATS
from reports.formats.renderer import renderer_of
from tests.reports.formats.samples import nasty_source
with translation.override("en-gb"):
    document = build(nasty_source(shipped_editions()[-1]))
    for code, each in REPORT_FORMATS.items():
        print(code, hashlib.sha256(renderer_of(each)(document).content).hexdigest())
"""


def digests(seed: str) -> dict[str, str]:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "TZ": f"Etc/GMT+{seed}"}
    command = [sys.executable, "-c", MAKE_EACH]
    made = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
    return dict(line.split() for line in made.splitlines())


@pytest.mark.slow
def test_two_processes_make_the_same_bytes() -> None:
    first = digests("1")
    assert set(first) == set(REPORT_FORMATS)
    assert digests("2") == first


def test_a_repacked_file_forgets_when_and_where_it_was_packed() -> None:
    packed = []
    for year in (2001, 2026):
        file = BytesIO()
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            for name in ("b.xml", "a/c.xml"):
                archive.writestr(ZipInfo(name, (year, 2, 3, 4, 5, 6)), f"<{name[0]}/>")
        packed.append(repacked(file.getvalue()))
    assert len({hashlib.sha256(each).hexdigest() for each in packed}) == 1
    with ZipFile(BytesIO(packed[0])) as archive:
        assert archive.namelist() == ["b.xml", "a/c.xml"]
        assert {each.date_time for each in archive.infolist()} == {FIRST_DAY}
        assert archive.read("b.xml") == b"<b/>"
