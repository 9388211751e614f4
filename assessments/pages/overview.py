"""The task list of a run: domains with their state, what is left, and where to go on."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from assessments.access import Seen
from assessments.bank.types import Question
from assessments.models import Answer
from assessments.queries import run_of, scored
from assessments.scoring.progress import DomainProgress, Progress, next_unanswered, progress


@dataclass(frozen=True, slots=True)
class DomainLine:
    code: str
    title: str
    promise: str
    who_knows: str
    url: str
    progress: DomainProgress
    answered_by: str


@dataclass(frozen=True, slots=True)
class OverviewPage:
    pillars: tuple[tuple[str, tuple[DomainLine, ...]], ...]
    progress: Progress
    continue_url: str
    check_url: str

    @property
    def started(self) -> bool:
        return self.progress.answered > 0


def overview_page(seen: Seen, rows: dict[str, Answer], answered_by: Mapping[str, User]) -> OverviewPage:
    """`answered_by` is told by domain."""
    run, answers = run_of(seen.assessment), scored(rows.values())
    found = progress(seen.edition, run, answers)
    lines = [_line(seen, part, answered_by.get(part.code)) for part in found.domains if part.asked]
    check_url = reverse("check", args=[seen.assessment.pk])
    following = next_unanswered(seen.edition, run, answers, after=_last_touched(rows))
    return OverviewPage(
        pillars=tuple(
            (pillar.name, tuple(line for line in lines if seen.edition.domain[line.code].pillar == pillar.code))
            for pillar in seen.edition.pillars
        ),
        progress=found,
        continue_url=question_url(seen, following) if following else check_url,
        check_url=check_url,
    )


def question_url(seen: Seen, question: Question) -> str:
    return reverse("domain", args=[seen.assessment.pk, question.domain]) + f"#{question.id}"


def thread_url(seen: Seen, question: Question) -> str:
    """The question's comments, unfolded."""
    return reverse("domain", args=[seen.assessment.pk, question.domain]) + f"?talk={question.id}#talk-{question.id}"


def _line(seen: Seen, part: DomainProgress, who: User | None) -> DomainLine:
    domain = seen.edition.domain[part.code]
    url = reverse("domain", args=[seen.assessment.pk, domain.code])
    name = str(who) if who else ""
    return DomainLine(domain.code, domain.title, domain.promise, domain.who_knows, url, part, name)


def _last_touched(rows: dict[str, Answer]) -> str | None:
    """Where the work stopped: the question saved last."""
    return max(rows.values(), key=lambda row: row.saved_at).question if rows else None
