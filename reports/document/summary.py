"""Cover and short version of a report."""

from django.utils.translation import gettext as _

from assessments.presentation.told_result import ToldResult
from assessments.wording.open_points import LeftOutWords
from assessments.wording.phrases import amount, date_text
from assessments.wording.result import ResultWords
from assessments.wording.scales import depth_name
from reports.document.prose import among_others, one_line, prose, shortened
from reports.document.types import Cover, LeftOutPart
from reports.kinds.registry import OWNER, ReportKind

RUNNING_NAME = 60
"""Longest name in the running header."""

LONG_NAME = 45
"""A longer one is set smaller on the cover."""


def document_title(organisation: str, kind: ReportKind, *, interim: bool) -> str:
    """What the file says it is. The owner's report is the report."""
    title = _title(organisation, interim=interim)
    return title if kind is OWNER else _("%(kind)s: %(title)s") % {"kind": kind.label, "title": title}


def _title(organisation: str, *, interim: bool) -> str:
    named = {"organisation": organisation}
    if interim:
        return _("Interim result: privacy and security self-assessment of %(organisation)s") % named
    return _("Privacy and security self-assessment of %(organisation)s") % named


def cover(organisation: str, day: str, told: ToldResult, kind: str, reviewed: tuple[str, ...]) -> Cover:
    """`day` is that of the result, in words."""
    edition = told.edition
    return Cover(
        kind=kind,
        title=_("Interim result of the privacy and security self-assessment")
        if told.interim
        else _("Privacy and security self-assessment"),
        organisation=prose(one_line(organisation)),
        running=_("%(organisation)s, %(date)s, edition %(edition)s")
        % {
            "organisation": among_others(shortened(one_line(organisation), RUNNING_NAME)),
            "date": day,
            "edition": edition.id,
        },
        long_name=len(organisation) > LONG_NAME,
        date=day,
        depth=depth_name(told.depth),
        edition=f"{edition.id}, {edition.title}",
        law_status=date_text(edition.law_status_as_of),
        questions=_("%(answered)s answered") % {"answered": amount(told.counts.answered, told.counts.asked)},
        reviewed=reviewed,
    )


def answer_facts(words: ResultWords, reviewed: tuple[str, ...]) -> tuple[str, ...]:
    """How much was answered, by whom, and who reviewed it, a sentence each. `reviewed` have no full stop yet."""
    untouched = (words.untouched,) if words.untouched else ()
    return (*words.counts, *untouched, *(f"{line}." for line in reviewed))


def left_out_part(item: LeftOutWords) -> LeftOutPart:
    return LeftOutPart(question=item.question, asks=item.asks, reason=prose(item.reason))
