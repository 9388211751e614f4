"""A few reports made again from restored rows: the same bytes show that what they rest on came back whole."""

from dataclasses import dataclass
from hashlib import sha256

from django.utils import translation

from reports.backups.making import digest_of_packages
from reports.backups.manifest import Manifest
from reports.formats.renderer import renderer_of
from reports.models import Report, ReportState
from reports.services import TEMPLATE_VERSION
from reports.signing.keys import issuer
from reports.worker.rendering import document_of, reports_to_render

SAMPLE = 5


@dataclass(frozen=True, slots=True)
class SampleOutcome:
    """`equal` of `made` have the bytes of the file that was stored. `comparable` is False where other packages made
    those, or a site of another address, which reports name: then nothing was made.
    """

    comparable: bool
    made: int
    equal: int


def make_sample_again(manifest: Manifest) -> SampleOutcome:
    """The newest reports of this version's form. Nothing is stored."""
    if (manifest.packages, manifest.site) != (digest_of_packages(), issuer()):
        return SampleOutcome(comparable=False, made=0, equal=0)
    rows = reports_to_render().filter(state=ReportState.READY, template_version=TEMPLATE_VERSION)
    sample = list(rows.order_by("-ready_at", "pk")[:SAMPLE])
    equal = sum(1 for report in sample if _is_same(report))
    return SampleOutcome(comparable=True, made=len(sample), equal=equal)


def _is_same(report: Report) -> bool:
    with translation.override(report.language):
        rendered = renderer_of(report.file_format)(document_of(report))
    return sha256(rendered.content).hexdigest() == report.sha256
