"""The way through the questions: which domains stand around one, and which questions around each on its page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.safestring import SafeString

from assessments.access import AssessmentAccess, asked_in
from assessments.bank.types import Domain
from assessments.models import Answer
from assessments.pages.answering.conflict import Conflict
from assessments.pages.answering.earlier import EarlierAnswer
from assessments.pages.collaboration.side_panels import QuestionSidePanel
from assessments.pages.overview import question_url
from assessments.queries import run_of, scored_answers, taken_over_among
from assessments.scoring.progress import Progress, ProgressState, progress


@dataclass(frozen=True, slots=True)
class QuestionBlock:
    """`taken_over` is when an answer that waits to be confirmed was given. `given` is the answer in words where the
    question is folded to one line; "" where it is shown whole.

    Where a page shows one question at a time, it `starts` at this one; `back` is the question before it and `next` the
    one to go on with: the next one that is open, while any is.
    """

    id: str
    text: str
    html: SafeString
    save_url: str
    saved_at: datetime | None
    beside: QuestionSidePanel | None = None
    panel_html: str = ""
    earlier: EarlierAnswer | None = None
    taken_over: datetime | None = None
    conflict: Conflict | None = None
    invalid: bool = False
    open: bool = False
    given: str = ""
    starts: bool = False
    back: str = ""
    back_url: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class DomainsAround:
    """The place of a domain among those in which something is asked.

    `after` is where the walk leads: the next in which something is left to do, or simply the next one if none is.
    """

    number: int
    total: int
    before: Domain | None
    after: Domain | None


def progress_of(access: AssessmentAccess, rows: Mapping[str, Answer]) -> Progress:
    """Of a run with these answers by question; what is taken over is counted apart."""
    run, answers = run_of(access.assessment), scored_answers(rows.values())
    return progress(access.edition, run, answers, taken_over_among(rows.values()))


def domains_around(access: AssessmentAccess, found: Progress, domain: Domain) -> DomainsAround:
    codes = [part.code for part in found.walk]
    at, places = codes.index(domain.code), dict(enumerate(codes))
    later = found.walk[at + 1 :]
    left = (part.code for part in later if part.state is not ProgressState.DONE)
    return DomainsAround(
        number=at + 1,
        total=len(codes),
        before=access.edition.domain.get(places.get(at - 1, "")),
        after=access.edition.domain.get(next(left, places.get(at + 1, ""))),
    )


def url_after(access: AssessmentAccess, found: Progress, domain: Domain) -> str:
    """The next domain, told which one is done; after the last one the check page."""
    after = domains_around(access, found, domain).after
    if after is None:
        return reverse("check_answers", args=[access.assessment.pk]) + f"?done={domain.code}"
    return reverse("domain", args=[access.assessment.pk, after.code]) + f"?done={domain.code}"


def one_after_another(
    access: AssessmentAccess, before: Domain | None, blocks: Sequence[QuestionBlock]
) -> Iterator[QuestionBlock]:
    """The blocks of a page with what stands around each; before the first stands the last one of the domain before.

    Where one question is shown at a time, the page starts at the first with an error, else at the first open one, and
    what is folded is passed over. It starts nowhere where all is folded: that is a list of lines.
    """
    shown = [at for at, block in enumerate(blocks) if not block.given]
    starts = min(shown, key=lambda at: (not _is_stopped(blocks[at]), not blocks[at].open, at), default=None)
    last_before = asked_in(access, before.code)[-1] if before else None
    for at, block in enumerate(blocks):
        back = blocks[at - 1].id if at else last_before.id if last_before else ""
        elsewhere = question_url(access, last_before) if last_before else ""
        yield replace(
            block,
            starts=at == starts,
            back=back,
            back_url=f"#{back}" if at else elsewhere,
            next=next((blocks[later].id for later in shown if later > at), ""),
        )


def _is_stopped(block: QuestionBlock) -> bool:
    return block.invalid or block.conflict is not None
