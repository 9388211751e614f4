"""What a fact says about a rule: kept, partly kept or not yet, in words with its figure and date."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum, auto

from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import RecordKind
from accounts.operations.figures import RecordSpan
from assessments.own_rules.site_facts import Connection, Protection, SiteFacts
from assessments.wording.phrases import date_text


class Kept(IntEnum):
    """How far something is done."""

    NOT_YET = 0
    PARTLY = 1
    YES = 2


KEPT_WORDS = {Kept.NOT_YET: gettext_lazy("Not yet"), Kept.PARTLY: gettext_lazy("Partly"), Kept.YES: gettext_lazy("Yes")}


class LiveFact(StrEnum):
    """What the software can see for itself and a rule rests on."""

    SECOND_STEPS = auto()
    CONNECTIONS = auto()
    DATABASE_ROLE = auto()
    DELETION = auto()
    UNCONFIRMED = auto()
    FAILED_JOBS = auto()
    WEAKNESSES = auto()


@dataclass(frozen=True, slots=True)
class Finding:
    """`text` has the figure or the date that shows it. `overdue`: it was done, and it is time to do it again."""

    kept: Kept
    text: str
    overdue: bool = False


ASKED_EVERY: Mapping[RecordKind, timedelta] = {
    RecordKind.BACKUP: timedelta(days=7),
    RecordKind.RESTORE_TEST: timedelta(days=365),
    RecordKind.UPDATES: timedelta(days=31),
    RecordKind.AUDIT: timedelta(days=31),
    RecordKind.ACCESS_REVIEW: timedelta(days=183),
    RecordKind.KEYS: timedelta(days=365),
    RecordKind.SECURITY_CHECK: timedelta(days=365),
    RecordKind.TESTER: timedelta(days=730),
    RecordKind.EXERCISE: timedelta(days=365),
    RecordKind.BREACH_LOG: timedelta(days=365),
    RecordKind.NOTICE: timedelta(days=365),
    RecordKind.RISKS: timedelta(days=1095),
    RecordKind.SUPPLIERS: timedelta(days=183),
    RecordKind.REQUESTS: timedelta(days=365),
}
"""How often this is asked of others: the questions of the bank say so."""
_EVERY_WORDS = {
    7: gettext_lazy("once a week"),
    31: gettext_lazy("once a month"),
    183: gettext_lazy("twice a year"),
    365: gettext_lazy("once a year"),
    730: gettext_lazy("every two years"),
    1095: gettext_lazy("every three years"),
}
_WITHIN_WORDS = {
    7: gettext_lazy("within the past week"),
    31: gettext_lazy("within the past month"),
    183: gettext_lazy("within the past half year"),
    365: gettext_lazy("within the past year"),
    730: gettext_lazy("within the past two years"),
    1095: gettext_lazy("within the past three years"),
}
RETENTION_IS_LATE = timedelta(days=1)
_CONNECTION_WORDS = {
    Connection.PAGES: gettext_lazy("Pages"),
    Connection.DATABASE: gettext_lazy("Database"),
    Connection.REDIS: gettext_lazy("Redis"),
    Connection.MAIL: gettext_lazy("Mail"),
}
_PROTECTION_WORDS = {
    Protection.ENCRYPTED: gettext_lazy("encrypted"),
    Protection.OWN_MACHINE: gettext_lazy("stays on this machine"),
    Protection.PLAIN: gettext_lazy("not encrypted"),
    Protection.UNUSED: gettext_lazy("not used"),
}


def finding_of(need: LiveFact | RecordKind, facts: SiteFacts) -> Finding:
    """Of one need."""
    return recorded(need, facts.records, facts.now) if isinstance(need, RecordKind) else _SEEN[need](facts)


def how_often(kind: RecordKind) -> str:
    """Such as “once a year”."""
    return str(_EVERY_WORDS[ASKED_EVERY[kind].days])


def within_what(kind: RecordKind) -> str:
    """Such as “within the past year”, for what is not overdue."""
    return str(_WITHIN_WORDS[ASKED_EVERY[kind].days])


def recorded(kind: RecordKind, records: Mapping[RecordKind, RecordSpan], now: datetime) -> Finding:
    """Of what the operator writes down."""
    words = {"what": kind.label, "often": how_often(kind)}
    span = records.get(kind)
    if span is None:
        return Finding(Kept.NOT_YET, _("%(what)s: nothing is written down. We ask others for it %(often)s.") % words)
    words |= {"ago": _ago(span.newest, now), "day": date_text(span.newest.date())}
    if now - span.newest > ASKED_EVERY[kind]:
        text = _("%(what)s: last %(ago)s, on %(day)s; %(often)s is what we ask others.") % words
        return Finding(Kept.PARTLY, text, overdue=True)
    text = _("%(what)s: %(ago)s, on %(day)s.") % words
    if span.count > 1:
        since = {"count": span.count, "first": date_text(span.oldest.date())}
        text += " " + _("Written down %(count)s times since %(first)s.") % since
    return Finding(Kept.YES, text)


def _ago(then: datetime, now: datetime) -> str:
    if now.date() <= then.date():
        return _("today")
    return _("%(time)s ago") % {"time": timesince(then, now, depth=1)}


def _second_steps(facts: SiteFacts) -> Finding:
    share = facts.second_steps
    text = _("%(have)s of %(all)s people with rights of the site or at a consultancy have a second step.") % {
        "have": share.have,
        "all": share.all,
    }
    if not facts.second_step_required:
        text += " " + _("Here nobody has to have one (MFA_REQUIRED).")
    if share.have == share.all:
        return Finding(Kept.YES, text)
    return Finding(Kept.PARTLY if share.have or facts.second_step_required else Kept.NOT_YET, text)


def _connections(facts: SiteFacts) -> Finding:
    lines = [f"{_CONNECTION_WORDS[each]}: {_PROTECTION_WORDS[how]}." for each, how in facts.connections.items()]
    plain = [each for each, how in facts.connections.items() if how is Protection.PLAIN]
    guarded = [each for each, how in facts.connections.items() if how in (Protection.ENCRYPTED, Protection.OWN_MACHINE)]
    kept = Kept.YES if not plain else Kept.PARTLY if guarded else Kept.NOT_YET
    return Finding(kept, " ".join(lines))


def _database_role(facts: SiteFacts) -> Finding:
    if facts.rules_database is None:
        return Finding(Kept.YES, _("The database is a file on this machine, which only Evenkeel opens."))
    if facts.rules_database:
        return Finding(Kept.NOT_YET, _("Evenkeel uses a role that may do everything in the database."))
    return Finding(Kept.YES, _("Evenkeel uses a role that cannot change tables or lift guards."))


def _deletion(facts: SiteFacts) -> Finding:
    if facts.deleted_at is None:
        return Finding(Kept.NOT_YET, _("The hourly deletion has not run yet."))
    words = {"ago": _ago(facts.deleted_at, facts.now), "day": date_text(facts.deleted_at.date())}
    if facts.now - facts.deleted_at > RETENTION_IS_LATE:
        return Finding(Kept.PARTLY, _("The hourly deletion last ran %(ago)s, on %(day)s.") % words, overdue=True)
    text = _("The hourly deletion ran %(ago)s, on %(day)s.") % words
    if not facts.failed_erasures:
        return Finding(Kept.YES, text)
    waiting = ngettext(
        "%(count)d account was to be deleted and is not; the administration says why.",
        "%(count)d accounts were to be deleted and are not; the administration says why.",
        facts.failed_erasures,
    )
    return Finding(Kept.PARTLY, f"{text} {waiting % {'count': facts.failed_erasures}}")


def _unconfirmed(facts: SiteFacts) -> Finding:
    waiting, late = facts.unconfirmed.all, facts.unconfirmed.have
    text = ngettext("%(count)s account waits to be confirmed.", "%(count)s accounts wait to be confirmed.", waiting) % {
        "count": waiting
    }
    if not late:
        return Finding(Kept.YES, text)
    text += " " + ngettext(
        "%(count)s of them should have been deleted by now.", "%(count)s of them should have been deleted by now.", late
    ) % {"count": late}
    return Finding(Kept.PARTLY, text)


def _failed_jobs(facts: SiteFacts) -> Finding:
    failed = facts.failed_jobs
    text = ngettext(
        "%(count)s report failed and waits for somebody.", "%(count)s reports failed and wait for somebody.", failed
    ) % {"count": failed}
    return Finding(Kept.PARTLY if failed else Kept.YES, text)


def _weaknesses(facts: SiteFacts) -> Finding:
    done = recorded(RecordKind.AUDIT, facts.records, facts.now)
    if facts.weaknesses is None or done.kept is Kept.NOT_YET:
        return done
    text = ngettext(
        "%(count)s published weakness was found.", "%(count)s published weaknesses were found.", facts.weaknesses
    ) % {"count": facts.weaknesses}
    kept = Kept.PARTLY if facts.weaknesses else done.kept
    return Finding(kept, f"{done.text} {text}", done.overdue)


_SEEN: Mapping[LiveFact, Callable[[SiteFacts], Finding]] = {
    LiveFact.SECOND_STEPS: _second_steps,
    LiveFact.CONNECTIONS: _connections,
    LiveFact.DATABASE_ROLE: _database_role,
    LiveFact.DELETION: _deletion,
    LiveFact.UNCONFIRMED: _unconfirmed,
    LiveFact.FAILED_JOBS: _failed_jobs,
    LiveFact.WEAKNESSES: _weaknesses,
}
