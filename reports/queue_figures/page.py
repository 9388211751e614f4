"""The queue's figures in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.queue_figures.queries import QueueFigures, failures, queue_figures


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One sort of file."""

    what: str
    waiting: int
    oldest: str
    in_work: int
    finished: int
    failed: int


@dataclass(frozen=True, slots=True)
class QueuePage:
    """`failures` are reasons with how many failed for them, most frequent first."""

    lines: tuple[QueueLine, ...]
    failures: tuple[tuple[str, int], ...]


def queue_page(now: datetime) -> QueuePage:
    """A fixed number of queries."""
    by_reason = sorted(failures().items(), key=lambda entry: (-entry[1], entry[0]))
    return QueuePage(
        lines=tuple(_line(figures) for figures in queue_figures(now)),
        failures=tuple((str(error.label), count) for error, count in by_reason),
    )


def _line(figures: QueueFigures) -> QueueLine:
    return QueueLine(
        what=capfirst(str(figures.model._meta.verbose_name_plural)),
        waiting=figures.waiting,
        oldest=_age(figures.oldest) if figures.oldest is not None else "",
        in_work=figures.in_work,
        finished=figures.finished,
        failed=figures.failed,
    )


def _age(waited: timedelta) -> str:
    seconds = max(int(waited.total_seconds()), 0)
    if seconds < 60:
        return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
    minutes = seconds // 60
    if minutes < 120:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    return _("%(count)d hours") % {"count": minutes // 60}
