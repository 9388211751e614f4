"""How laws and their changes are put into words: how something is known, and how many days are left."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.bank.laws import Verification


def how_known(verification: Verification | None) -> str:
    """A sentence; empty where an edition does not say."""
    return {
        Verification.TEXT: _("Checked in the text of the law."),
        Verification.SECONDARY: _("Read in other sources, such as pages of authorities, not in the law itself."),
        Verification.MEMORY: _("From memory: check it before you rely on it."),
        None: "",
    }[verification]


def how_known_short(verification: Verification | None) -> str:
    """For a column of a table."""
    return known_mark(verification) or (_("text of the law") if verification else _("not noted"))


def known_mark(verification: Verification | None) -> str:
    """A few words beside what was not read in the law itself; empty otherwise."""
    return {
        Verification.SECONDARY: _("from other sources"),
        Verification.MEMORY: _("from memory: check it"),
    }.get(verification or Verification.TEXT, "")


def laws_in_short(applying: int, open_laws: int, others: int) -> str:
    """ "2 laws probably apply, 1 is to be checked, 3 probably do not." """
    parts = [
        ngettext("%(n)d law probably applies", "%(n)d laws probably apply", applying) % {"n": applying},
        ngettext("%(n)d is to be checked", "%(n)d are to be checked", open_laws) % {"n": open_laws},
        ngettext("%(n)d probably does not", "%(n)d probably do not", others) % {"n": others},
    ]
    counted = zip(parts, (1, open_laws, others), strict=True)
    return _("From what you told us: %(counts)s.") % {"counts": ", ".join(part for part, n in counted if n)}


def days_left_text(days: int) -> str:
    """ "in 2 days" """
    if days < 2:
        return _("tomorrow") if days else _("today")
    return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
