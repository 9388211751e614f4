"""How deep to go, with what each depth adds for this business and how long it takes."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.bank.types import Depth, Edition
from assessments.models import Assessment
from assessments.results.paces import pace_of
from assessments.scoring.progress import questions_at
from assessments.scoring.time_needed import TimeNeeded, time_needed
from assessments.wording.phrases import minutes_between


@dataclass(frozen=True, slots=True)
class DepthOption:
    """`size` is how many questions, and for the deeper ones how many more; `takes` how long they take."""

    value: str
    name: str
    size: str
    takes: str
    says: str
    chosen: bool


def depth_page(edition: Edition, assessment: Assessment) -> list[DepthOption]:
    """Every depth, the quickest first, for this business."""
    return list(_options(edition, assessment))


def _options(edition: Edition, assessment: Assessment) -> Iterator[DepthOption]:
    words = {
        Depth.QUICK: (
            _("Quick"),
            _("What the law forbids or demands first, and what does most harm on a bad day. Enough for a first plan."),
        ),
        Depth.STANDARD: (
            _("Standard"),
            _(
                "Adds how you work from day to day: staff, suppliers, mistakes, people who ask about their data. "
                "Levels then rest on several answers each. Right for most businesses."
            ),
        ),
        Depth.FULL: (
            _("Full"),
            _(
                "Adds tests, drills, records and the rarer duties. For those who have to show how they work to a "
                "large customer, an insurer or an auditor."
            ),
        ),
    }
    before = 0
    for depth in Depth:
        asked = questions_at(edition, depth, frozenset(assessment.tags))
        name, says = words[depth]
        takes = _takes(time_needed(asked, pace_of(depth)))
        yield DepthOption(depth.value, name, _size(len(asked), before), takes, says, depth == assessment.depth)
        before = len(asked)


def _size(asked: int, before: int) -> str:
    size = ngettext("%(count)d question", "%(count)d questions", asked) % {"count": asked}
    if not before:
        return size
    more = asked - before
    if not more:
        return _("%(size)s, none more for you") % {"size": size}
    return ngettext("%(size)s, %(count)d more", "%(size)s, %(count)d more", more) % {"size": size, "count": more}


def _takes(time: TimeNeeded) -> str:
    return minutes_between(time.low, time.high)
