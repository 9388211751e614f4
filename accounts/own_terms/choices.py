"""What owners may choose from: within the limits of the installation, from which every longest term comes."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models.organisation_terms import LONGEST_RESULTS
from accounts.people_data.own_terms import OWN_TERMS
from accounts.people_data.terms import RetentionTerm, term_of

YEAR = 365
OFFERED: dict[str, tuple[int, ...]] = {
    "results": tuple(range(YEAR, LONGEST_RESULTS + 1, YEAR)),
    "trail": (180, YEAR, 2 * YEAR, 3 * YEAR, 5 * YEAR),
    "downloads": (1, 2, 3, 5, 7, 14, 30),
}
"""In days. Those of the installation's term and beyond are left out."""
LABELS: dict[str, str | Promise] = {
    "results": gettext_lazy("Finished results"),
    "trail": gettext_lazy("Names in “Who changed what”"),
    "downloads": gettext_lazy("Files made to be downloaded"),
}
HELP: dict[str, str | Promise] = {
    "results": gettext_lazy(
        "With their answers and reports. Before the newest one goes, owners are told 30 days ahead."
    ),
    "trail": gettext_lazy("After that it still says what happened and when, and no longer who it was."),
    "downloads": gettext_lazy("Whoever needs one after that has it made again."),
}


@dataclass(frozen=True, slots=True)
class OwnChoice:
    """`days` is None for the installation's own term, the longest."""

    days: int | None
    words: str


def own_choices_of(code: str) -> list[OwnChoice]:
    """Longest first; only one if the installation leaves no choice."""
    term = term_of(code)
    shorter = [OwnChoice(days, time_words(days)) for days in sorted(_offered(term), reverse=True)]
    return [OwnChoice(None, _("%(time)s (this site’s standard)") % {"time": site_words(code)}), *shorter]


def may_choose(code: str, days: int | None) -> bool:
    """Whether the installation's limits allow it now."""
    return days is None or days in _offered(term_of(code))


def time_words(days: int) -> str:
    """In whole years, or in days."""
    if days % YEAR:
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    return ngettext("%(count)d year", "%(count)d years", days // YEAR) % {"count": days // YEAR}


def site_words(code: str) -> str:
    """The installation's own term."""
    kept = term_of(code).kept
    return _("No end date") if kept is None else time_words(kept.days)


def own_term_words(code: str, days: int | None) -> str:
    """A stored choice, or the installation's term in its place."""
    return site_words(code) if days is None else time_words(days)


def _offered(term: RetentionTerm) -> Iterator[int]:
    shortest, longest = term.shortest or 0, term.kept.days if term.kept is not None else LONGEST_RESULTS + 1
    return (days for days in OFFERED[term.code] if shortest <= days < longest)


CODES: tuple[str, ...] = tuple(sorted((term.code for term in OWN_TERMS), key=tuple(OFFERED).index))
"""In the order of the page."""
