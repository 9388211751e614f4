"""From a key in an address to a row this person may see. Foreign is 404 like missing; own but not allowed is 403."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from accounts.access import organisation_read, require
from accounts.models import Organisation
from accounts.permissions import Capability
from accounts.queries import Person, Standing, standing_on, with_standing
from accounts.services.locks import lock_organisation
from assessments.bank.types import Domain, Edition, Question
from assessments.editions.stored import UNREAD, edition_of
from assessments.errors import must_be_open
from assessments.models import Assessment, Comment, Result
from assessments.queries import run_of
from assessments.scoring.terms import asks

_ASSESSMENTS = Assessment.objects.select_related("organisation", "edition").defer(*UNREAD).order_by()


@dataclass(frozen=True, slots=True)
class AssessmentAccess:
    """An assessment together with what the person may do with it and the edition it is pinned to."""

    assessment: Assessment
    standing: Standing
    edition: Edition

    def can(self, capability: Capability) -> bool:
        return self.standing.can(capability)


def assessment_read(person: Person, pk: UUID, *, lock: bool = False) -> AssessmentAccess:
    """`lock` holds the row until the transaction ends, so that saves to one assessment queue up."""
    rows = with_standing(_ASSESSMENTS, person).filter(pk=pk)
    assessment = _held(rows) if lock else next(iter(rows), None)
    if assessment is None:
        raise Http404
    standing = require(standing_on(assessment, assessment.organisation), Capability.VIEW_ASSESSMENTS)
    return AssessmentAccess(assessment, standing, edition_of(assessment.edition))


def _held(rows: QuerySet[Assessment]) -> Assessment | None:
    """Whoever had to wait is looked up anew: what they might do may have ended in the meantime, and a statement that
    waits goes on with what it read before.
    """
    free = next(iter(rows.select_for_update(of=("self",), skip_locked=True)), None)
    if free is None and rows.select_for_update(of=("self",)).exists():
        return next(iter(rows.select_for_update(of=("self",))), None)
    return free


def assessment_open(person: Person, pk: UUID, capability: Capability, *, lock: bool = False) -> AssessmentAccess:
    """An assessment that can still be changed, by someone with this capability.

    Raises AlreadySubmitted for a finished one: the page then says so and leads to the result.
    """
    access = assessment_read(person, pk, lock=lock)
    require(access.standing, capability)
    must_be_open(access.assessment)
    return access


def assessment_result(
    person: Person, pk: UUID, capability: Capability = Capability.VIEW_ASSESSMENTS
) -> tuple[AssessmentAccess, Result]:
    """The frozen result of an assessment; 404 while there is none.

    What was frozen is read when it is asked for: most pages that need the row have it at hand or need none of it.
    """
    access = assessment_read(person, pk)
    require(access.standing, capability)
    result = Result.objects.filter(assessment=access.assessment).defer("outcome", "answers").first()
    if result is None:
        raise Http404
    return access, result


def domain_in(access: AssessmentAccess, code: str) -> Domain:
    """A domain of the pinned edition in which this run asks something; 404 before the depth is chosen."""
    domain = access.edition.domain.get(code)
    if domain is None or not access.assessment.depth or not asked_in(access, code):
        raise Http404
    return domain


def asked_in(access: AssessmentAccess, domain: str) -> tuple[Question, ...]:
    run = run_of(access.assessment)
    return tuple(q for q in access.edition.by_domain[domain] if asks(q, run.depth, run.tags))


def question_in(access: AssessmentAccess, code: str) -> Question:
    """A question that this run asks."""
    question = access.edition.question.get(code)
    if question is None or not access.assessment.depth or question not in asked_in(access, question.domain):
        raise Http404
    return question


def comment_in(access: AssessmentAccess, pk: int) -> Comment:
    """A comment on this very run."""
    comment = Comment.objects.filter(assessment=access.assessment, pk=pk).first()
    if comment is None:
        raise Http404
    comment.assessment = access.assessment
    return comment


def organisation_for_start(person: Person, pk: UUID) -> Organisation:
    """Held until the transaction ends: whoever had to wait for it is asked again what they may."""
    require(organisation_read(person, pk), Capability.EDIT_SCOPE)
    lock_organisation(pk)
    return require(organisation_read(person, pk), Capability.EDIT_SCOPE).organisation
