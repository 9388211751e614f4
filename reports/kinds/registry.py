"""Which kinds of report there are. A new one is an entry here and a migration of the models' constraint."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.kinds.sections import ReportSection
from reports.kinds.text_places import TextPlace


@dataclass(frozen=True, slots=True)
class ReportKind:
    """`code` is what a report's row says, `file_word` stands in file names. `says` is a sentence for whom it is.

    What it may hold: `findings` are gaps, duties and steps by name, `answers` the answers with notes and proof. A kind
    without them goes to people outside, and its document has none of them, whatever a format prints.
    `words` are the words of consultants that it holds, by their place.
    `compares` needs an earlier result. `assigned` says who does which step by when. `in_bundles`: a consultancy may ask
    for it for many clients. `shareable`: a link may open it to somebody without an account.
    """

    code: str
    label: str | Promise
    says: str | Promise
    file_word: str
    sections: tuple[ReportSection, ...]
    findings: bool = True
    answers: bool = False
    words: tuple[TextPlace, ...] = ()
    compares: bool = False
    assigned: bool = False
    in_bundles: bool = True
    shareable: bool = False


class UnknownReportKind(LookupError):
    """No kind has this code."""


OWNER = ReportKind(
    "owner",
    _("Owner’s report"),
    _("For you and whoever decides with you: what stands, what to do first, what the law asks. Six pages or fewer."),
    "report",
    (
        ReportSection.COVER,
        ReportSection.SUMMARY,
        ReportSection.ADVICE,
        ReportSection.NINETY_DAYS,
        ReportSection.OWN_STEPS,
        ReportSection.DUTY_TABLE,
        ReportSection.OPEN_POINTS,
        ReportSection.WHO,
        ReportSection.LIMITS,
    ),
    words=(TextPlace.SUMMARY, TextPlace.STEP),
    assigned=True,
    shareable=True,
)
WORKINGS = ReportKind(
    "workings",
    _("Workings"),
    _("For whoever does the work or checks it: every question with its answer, and how each figure was computed."),
    "workings",
    (
        ReportSection.COVER,
        ReportSection.SUMMARY,
        ReportSection.CONTENTS,
        ReportSection.ADVICE,
        ReportSection.SINCE,
        ReportSection.PLAN,
        ReportSection.OWN_STEPS,
        ReportSection.MUST_FIX,
        ReportSection.DUTIES,
        ReportSection.ON_THE_DAY,
        ReportSection.FIND_OUT,
        ReportSection.NEXT,
        ReportSection.SCORES,
        ReportSection.ANSWERS,
        ReportSection.SCOPE,
        ReportSection.METHOD,
    ),
    answers=True,
    words=(TextPlace.SUMMARY, TextPlace.DOMAIN, TextPlace.STEP),
)
STATEMENT = ReportKind(
    "statement",
    _("Statement"),
    _("For a bank, an insurer or a client who asks: one page with levels and counts. No answers and no list of gaps."),
    "statement",
    (ReportSection.MASTHEAD, ReportSection.LEVELS, ReportSection.WHO, ReportSection.LIMITS),
    findings=False,
    in_bundles=False,
    shareable=True,
)
PLAN = ReportKind(
    "plan",
    _("Plan"),
    _("For whoever does the steps: each of them in full, in the best order, with how you see that it is done."),
    "plan",
    (ReportSection.MASTHEAD, ReportSection.PLAN, ReportSection.OWN_STEPS, ReportSection.LIMITS),
    assigned=True,
    words=(TextPlace.STEP,),
)
SINCE = ReportKind(
    "since",
    _("What has changed"),
    _("For whoever asks what came of it: this result beside the one before."),
    "changes",
    (ReportSection.MASTHEAD, ReportSection.SINCE, ReportSection.LIMITS),
    compares=True,
    in_bundles=False,
)
EVIDENCE = ReportKind(
    "evidence",
    _("List of evidence"),
    _("For whoever wants to see proof: what is said to be at level 3 or 4, with the proof named for it or none yet."),
    "evidence",
    (ReportSection.MASTHEAD, ReportSection.EVIDENCE, ReportSection.LIMITS),
    answers=True,
)
REPORT_KINDS = {each.code: each for each in (OWNER, WORKINGS, STATEMENT, PLAN, SINCE, EVIDENCE)}


def report_kind(code: str) -> ReportKind:
    """Raises UnknownReportKind."""
    try:
        return REPORT_KINDS[code]
    except KeyError:
        raise UnknownReportKind(code) from None


def bundled_kinds() -> list[ReportKind]:
    """Those that a consultancy may ask for about many clients at once."""
    return [each for each in REPORT_KINDS.values() if each.in_bundles]
