"""How deep to go, with the size of each depth for this business."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.bank.types import Depth, Edition
from assessments.models import Assessment
from assessments.scoring.progress import depth_sizes


@dataclass(frozen=True, slots=True)
class DepthOption:
    value: str
    name: str
    says: str
    questions: int
    minutes: int
    chosen: bool


def depth_page(edition: Edition, assessment: Assessment) -> list[DepthOption]:
    """Every depth, the quickest first, with its number of questions for this business."""
    words = {
        Depth.QUICK: (
            _("Quick"),
            _("What matters most: what the law forbids or demands, and what does most harm."),
        ),
        Depth.STANDARD: (_("Standard"), _("The main body of good practice. Right for most businesses.")),
        Depth.FULL: (_("Full"), _("Everything, for those who want a complete picture or have an adviser at hand.")),
    }
    sizes = depth_sizes(edition, frozenset(assessment.tags))
    return [
        DepthOption(depth.value, *words[depth], sizes[depth].questions, sizes[depth].minutes, depth == assessment.depth)
        for depth in Depth
    ]
