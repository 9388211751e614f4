"""Two frozen results of one organisation, read and compared."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet, Subquery

from assessments.editions.stored import UNREAD, edition_of
from assessments.editions.upgrades import meanings_between
from assessments.models import Assessment, Result
from assessments.presentation.since.statements import ToldSince
from assessments.presentation.since.tell import FinishedResult, tell_since
from assessments.results.recorded_answers import load_recorded_answers
from assessments.scope_facts import facts_from_json
from assessments.scoring.stored import load_result


def results_of(organisation: UUID) -> QuerySet[Result]:
    """Every result of an organisation, newest first, with its assessment and edition, without what was frozen."""
    rows = Result.objects.filter(assessment__organisation=organisation).select_related("assessment__edition")
    unread = (f"assessment__{column}" for column in UNREAD)
    return rows.defer("outcome", "answers", *unread).order_by("-finished_at", "-assessment__started_at", "-pk")


def results_before(result: Result) -> QuerySet[Result]:
    """The results of the same organisation that were finished before it, newest first."""
    return results_of(result.assessment.organisation_id).filter(finished_at__lt=result.finished_at)


def earlier_result(result: Result) -> Result | None:
    """The last one finished before it: what "last time" means on pages, in reports and on the desk."""
    return results_before(result).first()


def later_result(assessment: Assessment) -> Result | None:
    """The one that tells what has changed since the result of this assessment."""
    finished = Result.objects.filter(assessment=assessment).values("finished_at")
    return results_of(assessment.organisation_id).filter(finished_at__gt=Subquery(finished)).last()


def told_since(before: Result, after: Result) -> ToldSince:
    """Both of one organisation. Their outcomes and answers are read in one query."""
    columns = {row.pk: row for row in _frozen((before.pk, after.pk))}
    old, new = (_finished(each, columns[each.pk]) for each in (before, after))
    same = before.assessment.edition_id == after.assessment.edition_id
    chosen = {} if same else meanings_between(before.assessment.edition, after.assessment.edition)
    return tell_since(old, new, chosen)


def _frozen(keys: Iterable[UUID]) -> QuerySet[Result]:
    return Result.objects.filter(pk__in=list(keys)).only("outcome", "answers").order_by()


def _finished(result: Result, frozen: Result) -> FinishedResult:
    edition = edition_of(result.assessment.edition)
    return FinishedResult(
        edition=edition,
        outcome=load_result(frozen.outcome, edition),
        answers=load_recorded_answers(frozen.answers),
        facts=facts_from_json(result.assessment.facts),
        day=result.finished_at.date(),
    )
