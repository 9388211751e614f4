"""What the pages about an organisation's own terms say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.template.defaultfilters import date as in_words
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import OrganisationTerms
from accounts.own_terms.choices import LABELS, own_term_words
from accounts.own_terms.queries import Chosen, FirstRun
from accounts.people_data.own_terms import NOTICE_OF_A_CHANGE
from accounts.people_data.terms import NOTICE_BEFORE_DELETION


@dataclass(frozen=True, slots=True)
class CheckedTerm:
    """One line of the check: how long it will be kept, and what the first deletion takes."""

    what: str
    kept: str
    goes: str


@dataclass(frozen=True, slots=True)
class TermsCheck:
    """What an owner sees before saving. `deletes` is whether anything at all would go."""

    day: str
    lines: tuple[CheckedTerm, ...]
    deletes: bool
    notice_days: int


def terms_check(chosen: Chosen, runs: Iterable[FirstRun], now: datetime) -> TermsCheck:
    """For a choice that is not saved yet."""
    found = list(runs)
    return TermsCheck(
        day=_day(now + NOTICE_OF_A_CHANGE),
        lines=tuple(
            CheckedTerm(str(LABELS[run.code]), own_term_words(run.code, chosen[run.code]), _goes(run)) for run in found
        ),
        deletes=any(run.count for run in found),
        notice_days=NOTICE_BEFORE_DELETION.days,
    )


def pending_words(terms: OrganisationTerms | None, now: datetime) -> str:
    """When a choice takes effect that has not done so yet; empty otherwise."""
    if terms is None or terms.takes_effect_at <= now:
        return ""
    return _("The times below take effect on %(day)s. Until then nothing is deleted because of them.") % {
        "day": _day(terms.takes_effect_at)
    }


def _goes(run: FirstRun) -> str:
    if run.before is None or not run.count:
        return _("Nothing")
    words = {
        "results": ngettext("%(count)d result from before %(day)s", "%(count)d results from before %(day)s", run.count),
        "trail": ngettext(
            "The name in %(count)d entry from before %(day)s",
            "The names in %(count)d entries from before %(day)s",
            run.count,
        ),
        "downloads": ngettext("%(count)d file from before %(day)s", "%(count)d files from before %(day)s", run.count),
    }
    return words[run.code] % {"count": run.count, "day": _day(run.before)}


def _day(moment: datetime) -> str:
    return str(in_words(timezone.localtime(moment), "j F Y"))
