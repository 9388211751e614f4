"""The task list of a run: domains with their state, what is left, and where to continue."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from assessments.access import AssessmentAccess
from assessments.bank.types import Question
from assessments.models import Answer
from assessments.queries import run_of, scored_answers, taken_over_among
from assessments.scoring.progress import DomainProgress, Progress, ProgressState, next_unanswered, progress


@dataclass(frozen=True, slots=True)
class DomainLine:
    code: str
    title: str
    pillar: str
    promise: str
    who_knows: str
    url: str
    progress: DomainProgress
    answered_by: str


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """`lines` are in the order of the walk."""

    lines: tuple[DomainLine, ...]
    progress: Progress
    continue_url: str
    check_url: str

    @property
    def started(self) -> bool:
        return self.progress.confirmed > 0

    @property
    def done(self) -> bool:
        return self.progress.state is ProgressState.DONE


def overview_page(access: AssessmentAccess, rows: dict[str, Answer], answered_by: Mapping[str, User]) -> OverviewPage:
    """`answered_by` is who answers each domain, by its code."""
    run, answers = run_of(access.assessment), scored_answers(rows.values())
    again = taken_over_among(rows.values())
    found = progress(access.edition, run, answers, again)
    return OverviewPage(
        lines=tuple(_line(access, part, answered_by.get(part.code)) for part in found.walk),
        progress=found,
        continue_url=continue_url(access, rows),
        check_url=reverse("check_answers", args=[access.assessment.pk]),
    )


def continue_url(access: AssessmentAccess, rows: Mapping[str, Answer]) -> str:
    """The first question left after the one that was answered last; the check page when nothing is left."""
    run, answers, again = run_of(access.assessment), scored_answers(rows.values()), taken_over_among(rows.values())
    following = next_unanswered(access.edition, run, answers, after=_last_touched(access, rows), taken_over=again)
    return question_url(access, following) if following else reverse("check_answers", args=[access.assessment.pk])


def question_url(access: AssessmentAccess, question: Question) -> str:
    """The question on the page of its domain."""
    return reverse("domain", args=[access.assessment.pk, question.domain]) + f"#{question.id}"


def thread_url(access: AssessmentAccess, question: Question) -> str:
    """The question's comments, expanded, on the page of its domain."""
    return reverse("domain", args=[access.assessment.pk, question.domain]) + f"?talk={question.id}#talk-{question.id}"


def _line(access: AssessmentAccess, part: DomainProgress, who: User | None) -> DomainLine:
    domain = access.edition.domain[part.code]
    pillar = next(each.name for each in access.edition.pillars if each.code == domain.pillar)
    url = reverse("domain", args=[access.assessment.pk, domain.code])
    name = str(who) if who else ""
    return DomainLine(domain.code, domain.title, pillar, domain.promise, domain.who_knows, url, part, name)


def _last_touched(access: AssessmentAccess, rows: Mapping[str, Answer]) -> str | None:
    """Where the work stopped: the question saved last. What is taken over was not touched in this run.

    None for the answers of a quick check: saved at one moment, across domains. Then the work begins at the top.
    """
    touched = [row for row in rows.values() if row.taken_over_from is None]
    moment = max((row.saved_at for row in touched), default=None)
    last = [row.question for row in touched if row.saved_at == moment]
    domains = {question.domain for each in last if (question := access.edition.question.get(each))}
    return last[0] if len(domains) == 1 else None
