"""What the page says about a file that somebody checked."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from assessments.editions.same import own_edition_in
from assessments.signed_assessment.checking import CheckVerdict, PartCheck, check_file
from assessments.signed_assessment.lines import LineTone, about_file, check_lines, overall_verdict, verdict_text
from reports.signing.keys import own_public_keys

_TAGS = {LineTone.GOOD: "tag--done", LineTone.BAD: "tag--stop", LineTone.OPEN: "tag--part"}
_NOTICES = {
    CheckVerdict.PROVEN: "notice--success",
    CheckVerdict.UNCHANGED: "notice--warning",
    CheckVerdict.CHANGED: "notice--error",
}


@dataclass(frozen=True, slots=True)
class ShownLine:
    """`tag` is what stands before the sentence, in a word, `tag_class` how it looks."""

    tag: str
    tag_class: str
    text: str
    more: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """`about` is what the file says of itself."""

    verdict: str
    notice_class: str
    lines: tuple[ShownLine, ...]
    about: tuple[tuple[str, str], ...]


def checked_page(signed: bytes, report: bytes | None, now: datetime) -> CheckedPage:
    """Raises UnreadableFile."""
    check = check_file(signed, known=own_public_keys(), report=report, now=now, find_edition=own_edition_in)
    verdict = overall_verdict(check)
    tags = {LineTone.GOOD: _("As signed"), LineTone.BAD: _("Not as signed"), LineTone.OPEN: _("Not proven")}
    return CheckedPage(
        verdict=verdict_text(verdict, check.signature.report, _),
        notice_class=_notice(verdict, check.signature.report),
        lines=tuple(
            ShownLine(tags[line.tone], _TAGS[line.tone], line.text, line.more) for line in check_lines(check, _)
        ),
        about=about_file(check, _),
    )


def _notice(verdict: CheckVerdict, report: PartCheck) -> str:
    """Green only where a report was compared: that is what people bring the file for."""
    is_open = report is PartCheck.NOT_GIVEN and verdict is CheckVerdict.PROVEN
    return _NOTICES[CheckVerdict.UNCHANGED if is_open else verdict]
