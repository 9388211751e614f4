"""How laws and their changes are put into words: how something is known, and how many days are left."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.bank.laws import Verification


def how_known(verification: Verification | None) -> str:
    """A sentence; empty where an edition does not say."""
    return {
        Verification.TEXT: _("The text of the law itself was read."),
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


def days_left_text(days: int) -> str:
    """ "in 2 days" """
    if days < 2:
        return _("tomorrow") if days else _("today")
    return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
