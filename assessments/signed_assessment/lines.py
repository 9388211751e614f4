"""What checking a signed assessment found, in sentences; and how a report's reader checks it.

Each function takes what translates a sentence as `_`: pages give gettext, the command none.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from assessments.signed_assessment.checking import CheckVerdict, FileCheck, PartCheck, SignatureCheck
from assessments.signed_assessment.recount import Recount
from assessments.signed_assessment.shown_text import mixed_alphabets, shown_text
from assessments.signed_assessment.signing import key_id
from assessments.signed_assessment.types import AssessmentFile

Translate = Callable[[str], str]
KEYS_PATH, CHECK_PATH = "/.well-known/evenkeel-signing-keys.json", "/verify/"
SHOWN_DIFFERENCES = 10


class LineTone(StrEnum):
    """GOOD: as it should be. BAD: something was changed. OPEN: this was not proven."""

    GOOD = "good"
    BAD = "bad"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class CheckLine:
    """`more` are details of the sentence, one a line."""

    tone: LineTone
    text: str
    more: tuple[str, ...] = ()


def _as_written(text: str) -> str:
    return text


def verdict_text(verdict: CheckVerdict, report: PartCheck, _: Translate = _as_written) -> str:
    """What everything else explains. Without a report it is about the signed file alone, and says so."""
    if report is PartCheck.NOT_GIVEN and verdict is not CheckVerdict.CHANGED:
        return _("The signed file is as it was signed. Add the report to see whether that was changed.")
    return {
        CheckVerdict.PROVEN: _("Nothing was changed, and it is known who signed it."),
        CheckVerdict.UNCHANGED: _("Nothing was changed since somebody signed it. Who signed it is not proven."),
        CheckVerdict.CHANGED: _("Something is not as it was signed. Do not rely on it."),
    }[verdict]


def overall_verdict(check: FileCheck) -> CheckVerdict:
    """A result that does not follow from its answers is nothing to rely on, whoever signed it."""
    bad = any(line.tone is LineTone.BAD for line in check_lines(check))
    return CheckVerdict.CHANGED if bad else check.signature.verdict


def check_lines(check: FileCheck, _: Translate = _as_written) -> tuple[CheckLine, ...]:
    """In the order in which somebody should read them."""
    return (
        *_signature_lines(check.signature, _),
        _report_line(check.signature, _),
        _key_line(check.signature, _),
        *([_recount_line(check.signature, check.recount, _)] if check.recount else ()),
        *([CheckLine(LineTone.BAD, check.unreadable)] if check.unreadable else ()),
        *([CheckLine(LineTone.OPEN, _unknown_edition(_))] if check.unknown_edition else ()),
        *_warnings(check, _),
    )


def _unknown_edition(_: Translate) -> str:
    return _(
        "This site does not have the questions that it was answered under, so it does not compute the result again. "
        "./run verify does, on your own computer."
    )


def _signature_lines(check: SignatureCheck, _: Translate) -> Iterator[CheckLine]:
    if check.signed:
        yield CheckLine(LineTone.GOOD, _("The signature fits what the file says."))
    else:
        yield CheckLine(
            LineTone.BAD,
            _("The signature does not fit what the file says: the file was changed, or damaged on its way."),
        )
    yield {
        PartCheck.SAME: CheckLine(LineTone.GOOD, _("The facts, answers and figures in it are those that were signed.")),
        PartCheck.OTHER: CheckLine(
            LineTone.BAD, _("The facts, answers or figures in it are not those that were signed.")
        ),
        PartCheck.NOT_GIVEN: CheckLine(
            LineTone.OPEN, _("It holds no answers, so the result cannot be computed again: only the report is checked.")
        ),
    }[check.data]
    if not check.as_issued:
        yield CheckLine(
            LineTone.BAD,
            _(
                "The file is not byte for byte the one that was issued. If nothing else is wrong, a program wrote it "
                "anew: ask for the original."
            ),
        )


def _report_line(check: SignatureCheck, _: Translate) -> CheckLine:
    report = check.attestation.report
    named = {"name": shown_text(report.file_name), "size": f"{report.size:,}"}
    if check.report is PartCheck.SAME:
        tone = LineTone.GOOD if check.signed else LineTone.OPEN
        return CheckLine(tone, _("The report is byte for byte the one that the file names, “%(name)s”.") % named)
    if check.report is PartCheck.OTHER:
        text = _(
            "The report is not the one that was signed, “%(name)s” with %(size)s bytes: it was changed, or it is "
            "another report."
        )
        return CheckLine(LineTone.BAD, text % named)
    return CheckLine(LineTone.OPEN, _("No report was compared. The file belongs to “%(name)s”.") % named)


def _key_line(check: SignatureCheck, _: Translate) -> CheckLine:
    issuer, own_id = check.attestation.issuer, key_id(check.attestation.public_key)
    named = {"issuer": issuer, "known": check.known_as, "key": own_id, "address": issuer.rstrip("/") + KEYS_PATH}
    if not check.known_as:
        text = _(
            "Who signed it is not proven: the key came with the file, and anybody can make a key. The file names "
            "%(issuer)s. If you trust that address, open %(address)s and look for the key %(key)s there."
        )
        return CheckLine(LineTone.OPEN, text % named)
    if check.known_as.rstrip("/") != issuer.rstrip("/"):
        text = _("The key %(key)s is that of %(known)s, and the file names %(issuer)s: the site may have moved since.")
        return CheckLine(LineTone.OPEN, text % named)
    return CheckLine(LineTone.GOOD, _("The key %(key)s is one that %(known)s publishes.") % named)


def _recount_line(check: SignatureCheck, found: Recount, _: Translate) -> CheckLine:
    if found.why_not:
        return CheckLine(LineTone.OPEN, _("The result could not be computed again: %(why)s.") % {"why": found.why_not})
    if found.is_equal:
        return CheckLine(LineTone.GOOD, _("Computed once more from the facts and answers, the result is the same."))
    shown = [
        f"{shown_text(each.place)}: {shown_text(each.stored)} ≠ {shown_text(each.recounted)}"
        for each in found.differences[:SHOWN_DIFFERENCES]
    ]
    intact = check.signed and check.data is PartCheck.SAME
    text = (
        _(
            "Computed once more from the facts and answers, the result differs at %(count)d places. As nothing was "
            "changed since it was signed, it was stored by another version of the program."
        )
        if intact
        else _("Computed once more from the facts and answers, the result differs at %(count)d places.")
    )
    return CheckLine(LineTone.BAD, text % {"count": len(found.differences)}, tuple(shown))


def _warnings(check: FileCheck, _: Translate) -> Iterator[CheckLine]:
    if check.signature.from_the_future:
        yield CheckLine(LineTone.OPEN, _("It says that it was signed in the future: a clock is wrong, here or there."))
    alphabets = mixed_alphabets(check.file.organisation) if check.file else ()
    if alphabets:
        text = _("A word of the name mixes letters that look alike: %(alphabets)s. Look twice.")
        yield CheckLine(LineTone.OPEN, text % {"alphabets": ", ".join(alphabets)})


def about_file(check: FileCheck, _: Translate = _as_written) -> tuple[tuple[str, str], ...]:
    """What the file says of itself, as names and values."""
    own, file = check.signature.attestation, check.file
    said = [
        (_("Signed by, as the file says"), own.issuer),
        (_("Signed at"), own.issued_at.strftime("%Y-%m-%d %H:%M UTC")),
        (_("Report"), shown_text(own.report.file_name)),
    ]
    if file:
        said += [
            (_("Organisation"), shown_text(file.organisation)),
            (_("Result of"), file.finished_on.isoformat()),
            (_("Edition of the questions"), shown_text(str(file.edition.get("id", "?"))[:40])),
            *pillar_figures(file),
        ]
    return tuple(said)


def pillar_figures(file: AssessmentFile) -> Iterator[tuple[str, str]]:
    """Each pillar's name and figure as the file says them; nothing where the file says nonsense."""
    try:
        names = {pillar["code"]: pillar["name"] for pillar in file.edition["pillars"]}
        found = [
            (shown_text(str(names[own["code"]])[:60]), own["low"]["figure"])
            for own in file.result["pillars"]
            if own["low"]
        ]
        yield from [(name, f"{int(figure['label'])}.{int(figure['tenths'])}") for name, figure in found]
    except (KeyError, TypeError, ValueError):
        return


def how_to_check(issuer: str, _: Translate = _as_written) -> str:
    """For the reader of a report, in one line: a statement has no room for more."""
    return _("To check this, ask for the signed file beside it and open %(page)s.") % {
        "page": issuer.rstrip("/") + CHECK_PATH
    }
