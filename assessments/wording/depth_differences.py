"""Where a less deep run would say something else, in words."""

from django.utils.translation import gettext as _

from assessments.presentation.figures import DepthDifferenceStatement
from assessments.wording.phrases import joined
from assessments.wording.scales import depth_name


def depth_difference_sentence(item: DepthDifferenceStatement) -> str:
    """The two labels, and the questions that make the difference."""
    return _(
        "%(name)s: at depth %(depth)s the same answers come to “%(there)s”, here to “%(here)s”. "
        "What makes the difference: %(questions)s."
    ) % {
        "name": item.name,
        "depth": depth_name(item.depth),
        "there": item.there.name,
        "here": item.here.name,
        "questions": joined([f"{own.text} ({own.id})" for own in item.questions]),
    }
