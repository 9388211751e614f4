"""Why somebody should look at a client, in words."""

from collections.abc import Iterable

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.wording.phrases import joined
from reports.portfolio.told.types import AttentionReason, ReasonValue


def reasons_text(reasons: Iterable[ReasonValue]) -> str:
    """ "2 points not lawful now, 3 urgent gaps and result 14 months old." """
    return capfirst(joined([_reason(each.reason, each.amount) for each in reasons])) + "."


def _reason(reason: AttentionReason, count: int) -> str:
    words = {
        AttentionReason.NOT_LAWFUL: ngettext(
            "%(count)d point not lawful now", "%(count)d points not lawful now", count
        ),
        AttentionReason.URGENT_GAPS: ngettext("%(count)d urgent gap", "%(count)d urgent gaps", count),
        AttentionReason.STARTED_SINCE: ngettext(
            "%(count)d duty that has started since the result",
            "%(count)d duties that have started since the result",
            count,
        ),
        AttentionReason.REVIEW_OVERDUE: ngettext(
            "review overdue by %(count)d day", "review overdue by %(count)d days", count
        ),
        AttentionReason.OLD_RESULT: _("result %(count)d months old"),
        AttentionReason.STARTS_SOON: ngettext(
            "%(count)d duty that starts within 90 days", "%(count)d duties that start within 90 days", count
        ),
    }
    return words[reason] % {"count": count}
