"""Model terms that change get a new version and day: somebody may have agreed to the old ones."""

import hashlib

from reports.operator.terms import MODEL_DAY, MODEL_VERSION
from tests.reports.operator.files import ROOT

TEXTS = ("_processor_terms.html", "_measures.html")
VERSION, DAY, DIGEST = 1, "2026-11-30", "5cde175e7e38371d"
INSTRUCTION = (
    "The model terms changed. Raise MODEL_VERSION and MODEL_DAY in reports/operator/terms.py (once per release is "
    "enough), tell CHANGELOG.md and set VERSION, DAY and DIGEST here to {version}, {day!r} and {digest!r}."
)


def test_the_model_terms_are_those_of_their_version() -> None:
    content = b"".join((ROOT / "templates" / "operator" / name).read_bytes() for name in TEXTS)
    digest = hashlib.sha256(content).hexdigest()[:16]
    found = (MODEL_VERSION, MODEL_DAY.isoformat(), digest)
    assert found == (VERSION, DAY, DIGEST), INSTRUCTION.format(version=found[0], day=found[1], digest=digest)
