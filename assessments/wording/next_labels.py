"""What stands between a figure and its next label, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.presentation.figures import NamedRise, NextLabelValues
from assessments.wording.phrases import check_mark, joined


@dataclass(frozen=True, slots=True)
class RiseWords:
    """A question to raise: "from 1 to 2", or what it needs where nobody knows its level. `mark` as for steps."""

    question: str
    asks: str
    change: str
    mark: str


@dataclass(frozen=True, slots=True)
class NextLabelWords:
    """What stands between a figure and its next label. `short` names the same rises by their ids, in one sentence."""

    title: str
    lead: str
    short: str
    rises: tuple[RiseWords, ...]


def next_label_words(values: NextLabelValues) -> NextLabelWords:
    following, many = values.following.name, len(values.rises)
    return NextLabelWords(
        title=_("On the way to “%(label)s”") % {"label": following},
        lead=ngettext(
            "%(count)d thing stands between you and “%(label)s”:",
            "%(count)d things stand between you and “%(label)s”:",
            many,
        )
        % {"count": many, "label": following},
        short=_("To “%(label)s”: %(rises)s.")
        % {
            "label": following,
            "rises": joined([_("%(id)s to %(to)d") % {"id": r.question.id, "to": r.to.level} for r in values.rises]),
        },
        rises=tuple(_rise(rise) for rise in values.rises),
    )


def _rise(rise: NamedRise) -> RiseWords:
    words = {"to": f"{rise.to.level} “{rise.to.name}”"}
    if rise.now is None:
        change = _("Not known yet; needed: %(to)s.") % words
    else:
        change = _("From %(now)s to %(to)s.") % {**words, "now": f"{rise.now.level} “{rise.now.name}”"}
    return RiseWords(rise.question.id, rise.question.text, change, check_mark(rise.provisional))
