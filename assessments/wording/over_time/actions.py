"""The living plan in words: dates without blame, and why a step is no longer part of it."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Action
from assessments.results.newest_plan import OutOfPlan
from assessments.wording.phrases import date_text


def assignee_text(action: Action) -> str:
    """The name of whoever does it; empty for nobody."""
    return str(action.assignee) if action.assignee else action.assignee_name


def due_text(due: date, today: date) -> str:
    """ "By 3 December 2026, in 5 days"; a day that has passed is an offer to choose another."""
    days = (due - today).days
    day = date_text(due)
    if days < 0:
        return _("Was planned for %(day)s. Still of use? Choose a new date.") % {"day": day}
    if days == 0:
        return _("By today, %(day)s") % {"day": day}
    if days == 1:
        return _("By tomorrow, %(day)s") % {"day": day}
    return ngettext("By %(day)s, in %(count)d day", "By %(day)s, in %(count)d days", days) % {"day": day, "count": days}


def out_of_plan_text(why: OutOfPlan, day: date) -> str:
    """`day` is that of the newest result."""
    texts = {
        OutOfPlan.GONE: _("The questions of today no longer ask for this."),
        OutOfPlan.NOT_ASKED: _("By what you said about your business on %(day)s, this does not concern you."),
        OutOfPlan.LEFT_OUT: _("You answered that this does not apply to you (result of %(day)s)."),
        OutOfPlan.REACHED: _("Your answers say that you have reached this."),
    }
    return texts[why] % {"day": date_text(day)}


def plan_counts_text(todo: int, doing: int, done: int) -> str:
    """ "3 to do, 1 being done, 2 done"; empty where there is nothing to count."""
    if not todo + doing + done:
        return ""
    parts = (
        ngettext("%(count)d to do", "%(count)d to do", todo) % {"count": todo},
        ngettext("%(count)d being done", "%(count)d being done", doing) % {"count": doing},
        ngettext("%(count)d done", "%(count)d done", done) % {"count": done},
    )
    return ", ".join(parts)
