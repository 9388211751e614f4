"""What there is to say about each thing that the site needs, and what to do where one is wanting."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from django.conf import settings
from django.db import connection
from django.template.defaultfilters import filesizeformat
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import RecordKind
from assessments.own_rules.findings import Kept, recorded
from reports.site_status.checks import LONGEST_WAIT, MEGABYTE, DiskSpace
from reports.site_status.figures import SiteFigures

DELETION_IS_LATE = timedelta(hours=3)
"""It runs every hour."""
LITTLE_ROOM = 0.1
"""The share of a disk below which somebody should look at it."""


class LineState(IntEnum):
    """The worst is the largest."""

    GOOD = 0
    LOOK = 1
    WRONG = 2


_WORDS = {
    LineState.GOOD: gettext_lazy("In order"),
    LineState.LOOK: gettext_lazy("Have a look"),
    LineState.WRONG: gettext_lazy("Not working"),
}
_TAGS = {LineState.GOOD: "tag--done", LineState.LOOK: "tag--part", LineState.WRONG: "tag--stop"}


@dataclass(frozen=True, slots=True)
class StatusLine:
    """`task` says what to do, and is empty where there is nothing to do."""

    what: str
    state: LineState
    says: str
    task: str = ""

    @property
    def word(self) -> str:
        return str(_WORDS[self.state])

    @property
    def tag(self) -> str:
        """The class of the word."""
        return _TAGS[self.state]


@dataclass(frozen=True, slots=True)
class StatusFacts:
    """At `now`. `failed` are names of checks; `disk` is None where files are not in a folder."""

    now: datetime
    failed: Collection[str]
    figures: SiteFigures
    disk: DiskSpace | None


def status_lines(facts: StatusFacts) -> list[StatusLine]:
    """What is wanting comes first."""
    return sorted((line(facts) for line in _LINES), key=lambda each: -each.state)


def _database(facts: StatusFacts) -> StatusLine:
    what, name = _("Database"), {"name": connection.display_name}
    if "database" in facts.failed:
        return StatusLine(
            what, LineState.WRONG, _("%(name)s does not answer.") % name, _("Look whether it runs, and at its log.")
        )
    return StatusLine(what, LineState.GOOD, _("%(name)s answers.") % name)


def _broker(facts: StatusFacts) -> StatusLine:
    what = _("Messages to workers")
    if "broker" in facts.failed:
        says = _("No message can be sent. Reports wait, and are made by themselves when it works again.")
        return StatusLine(what, LineState.WRONG, says, _("Look whether the broker, Redis in Compose, runs."))
    return StatusLine(what, LineState.GOOD, _("They can be sent."))


def _workers(facts: StatusFacts) -> StatusLine:
    what, at_work = _("Workers"), sum(each.in_work for each in facts.figures.queue)
    waits = [each.oldest for each in facts.figures.queue if each.oldest is not None]
    if waits and max(waits) > LONGEST_WAIT and not at_work:
        says = _("Something has waited for %(time)s, and nobody works on anything.") % {"time": _time(max(waits))}
        return StatusLine(what, LineState.WRONG, says, _("Look whether a worker runs, and at its log."))
    if at_work:
        says = ngettext("One file is being made.", "%(count)d files are being made.", at_work) % {"count": at_work}
        return StatusLine(what, LineState.GOOD, says)
    if facts.figures.worked_at is None:
        return StatusLine(what, LineState.GOOD, _("Nobody has asked for a file yet."))
    ago = {"time": _time(facts.now - facts.figures.worked_at)}
    return StatusLine(what, LineState.GOOD, _("The last file was finished %(time)s ago.") % ago)


def _queue(facts: StatusFacts) -> StatusLine:
    what, waiting = _("Files in line"), sum(each.waiting for each in facts.figures.queue)
    failed = sum(each.failed for each in facts.figures.queue)
    says = ngettext("One file waits.", "%(count)d files wait.", waiting) % {"count": waiting} if waiting else ""
    waits = [each.oldest for each in facts.figures.queue if each.oldest is not None]
    if waits and max(waits) > LONGEST_WAIT:
        says += " " + _("The oldest has waited for %(time)s.") % {"time": _time(max(waits))}
        return StatusLine(what, LineState.WRONG, says, _("See the report queue. More workers make it shorter."))
    if failed:
        broken = ngettext("One file has failed for good.", "%(count)d files have failed for good.", failed)
        says = f"{says} {broken % {'count': failed}}".strip()
        return StatusLine(what, LineState.LOOK, says, _("The report queue says why."))
    return StatusLine(what, LineState.GOOD, says or _("Nothing waits."))


def _disk(facts: StatusFacts) -> StatusLine:
    what, space = _("Room for files"), facts.disk
    if space is None:
        return StatusLine(what, LineState.GOOD, _("Files are kept elsewhere, not on a disk of this machine."))
    words = {"free": filesizeformat(space.free), "size": filesizeformat(space.size)}
    says = _("%(free)s of %(size)s are free.") % words
    if space.free < settings.DISK_FREE_MB * MEGABYTE:
        return StatusLine(what, LineState.WRONG, says, _("Make room or enlarge the disk: reports cannot be stored."))
    if space.free < space.size * LITTLE_ROOM:
        return StatusLine(what, LineState.LOOK, says, _("Make room or enlarge the disk in the next days."))
    return StatusLine(what, LineState.GOOD, says)


def _mail(facts: StatusFacts) -> StatusLine:
    what = _("E-mail")
    if settings.MAIL_CONFIGURED:
        says = _("It is set up. Whether a message arrives, only a message shows: manage.py sendtestemail.")
        return StatusLine(what, LineState.GOOD, says)
    says = _("It is not set up: no address is confirmed, no password can be reset by mail, and nobody is reminded.")
    return StatusLine(what, LineState.LOOK, says, _("Set EMAIL_HOST, unless that is what you want."))


def _deleting(facts: StatusFacts) -> StatusLine:
    what, figures = _("Deleting what is over"), facts.figures
    look = _("Look whether the scheduler runs, and at its log.")
    if figures.deleted_at is None:
        return StatusLine(what, LineState.LOOK, _("It has not run yet. It runs every hour."), look)
    says = _("It last ran %(time)s ago.") % {"time": _time(facts.now - figures.deleted_at)}
    if figures.failed_erasures:
        stuck = ngettext(
            "One account was to be deleted and is not.",
            "%(count)d accounts were to be deleted and are not.",
            figures.failed_erasures,
        )
        says = f"{says} {stuck % {'count': figures.failed_erasures}}"
        return StatusLine(what, LineState.WRONG, says, _("The administration shows which; the log says why."))
    late = facts.now - figures.deleted_at > DELETION_IS_LATE
    return StatusLine(what, LineState.WRONG, says, look) if late else StatusLine(what, LineState.GOOD, says)


def _backup(facts: StatusFacts) -> StatusLine:
    task = _("Look at the log of the service “backup”; with ./run, type ./run backup.")
    return _recorded(_("Backup"), RecordKind.BACKUP, facts, task)


def _restore(facts: StatusFacts) -> StatusLine:
    task = _("Try the newest: manage.py restore --check, or ./run restore --check with its name.")
    return _recorded(_("Test of a restore"), RecordKind.RESTORE_TEST, facts, task)


def _recorded(what: str, kind: RecordKind, facts: StatusFacts, task: str) -> StatusLine:
    found = recorded(kind, facts.figures.records, facts.now)
    good = found.kept is Kept.YES
    return StatusLine(what, LineState.GOOD if good else LineState.LOOK, found.text, "" if good else task)


def _migrations(facts: StatusFacts) -> StatusLine:
    what, missing = _("Migrations"), facts.figures.pending_migrations
    if not missing:
        return StatusLine(what, LineState.GOOD, _("The database is as this version wants it."))
    says = ngettext("The database lacks one.", "The database lacks %(count)d.", missing) % {"count": missing}
    return StatusLine(what, LineState.WRONG, says, _("Run the service migrate, or manage.py migrate."))


def _version(facts: StatusFacts) -> StatusLine:
    return StatusLine(_("Version"), LineState.GOOD, f"Evenkeel {settings.VERSION}")


def _time(waited: timedelta) -> str:
    if waited < timedelta(minutes=1):
        return _("less than a minute")
    then = datetime(2000, 1, 1)  # noqa: DTZ001 (any)
    return timesince(then, then + waited, depth=1)


_LINES: tuple[Callable[[StatusFacts], StatusLine], ...] = (
    _database,
    _broker,
    _workers,
    _queue,
    _disk,
    _mail,
    _deleting,
    _backup,
    _restore,
    _migrations,
    _version,
)
