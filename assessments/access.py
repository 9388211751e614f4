"""From the key in a URL to a row that this person may see.

Somebody else's row is 404, like a missing one; what a person may see but not do is 403.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.http import Http404

from accounts.access import organisation_read, require
from accounts.database.compiled_sql import PLACEHOLDER_KEY, SOME_ROW, PreparedQuery, Value
from accounts.models import Organisation, User
from accounts.permissions import Capability, can
from accounts.queries import Person, Standing, standing_on, with_own_role, with_standing
from accounts.services.locks import lock_organisation, person_now
from assessments.bank.types import Domain, Edition, Question
from assessments.editions.stored import UNREAD, edition_of
from assessments.errors import must_be_open
from assessments.models import AnsweredAs, Assessment, Comment, Result
from assessments.queries import run_of
from assessments.scoring.terms import asks


class _Reading:
    """One assessment by its key, if this person may see it: read, locked if nobody holds it, or after a wait."""

    def __init__(self, visible: Callable[[QuerySet[Assessment], Person], QuerySet[Assessment]]) -> None:
        def row() -> QuerySet[Assessment]:
            return visible(_ASSESSMENTS, User(pk=PLACEHOLDER_KEY)).filter(pk=SOME_ROW)

        self.read = PreparedQuery(row)
        self.held_if_free = PreparedQuery(lambda: row().select_for_update(of=("self",), skip_locked=True))
        self.held = PreparedQuery(lambda: row().select_for_update(of=("self",)))


_ASSESSMENTS = Assessment.objects.select_related("organisation", "edition").defer(*UNREAD).order_by()
# What was frozen is read when it is asked for: most pages that need the row have it at hand or need none of it.
_RESULT = PreparedQuery(lambda: Result.objects.filter(assessment=SOME_ROW).defer("outcome", "answers").order_by())
_FOR_ANYBODY, _FOR_MEMBERS = _Reading(with_standing), _Reading(with_own_role)


@dataclass(frozen=True, slots=True)
class AssessmentAccess:
    """An assessment together with what the person may do with it and the edition it is pinned to."""

    assessment: Assessment
    standing: Standing
    edition: Edition

    def can(self, capability: Capability) -> bool:
        return self.standing.can(capability)

    @property
    def answers_as(self) -> AnsweredAs:
        """Who may answer as a member answers for the business, also if a consultancy lets them in as well."""
        own = can(self.standing.role, Capability.ANSWER)
        return AnsweredAs.BUSINESS if own else AnsweredAs.CONSULTANCY


def assessment_read(person: Person, pk: UUID, *, lock: bool = False) -> AssessmentAccess:
    """An assessment that this person may see; 404 otherwise.

    `lock` locks the row until the transaction ends, so that saves to one assessment queue up.
    """
    assessment = next(iter(_rows(person, pk, lock=lock)), None)
    if assessment is None:
        raise Http404
    standing = require(standing_on(assessment, assessment.organisation), Capability.VIEW_ASSESSMENTS)
    return AssessmentAccess(assessment, standing, edition_of(assessment.edition))


def _rows(person: Person, pk: UUID, *, lock: bool) -> list[Assessment]:
    """After waiting for the lock, check access again: it may have ended meanwhile, and a statement that had to wait
    continues with what it read before.
    """
    if not person.is_active:
        return []
    # Read when the request began; somebody who joined a consultancy since then gets access with the next request.
    reading = _FOR_ANYBODY if getattr(person, "advises", True) else _FOR_MEMBERS
    values: dict[Value, Value] = {PLACEHOLDER_KEY: person.pk or PLACEHOLDER_KEY, SOME_ROW: pk}
    if not lock:
        return reading.read(values)
    free = reading.held_if_free(values)
    if free and connection.features.has_select_for_update_skip_locked:
        return free
    # It waited: for the row, or, where one writes at a time, for its turn before it read anything.
    held = free or (reading.held(values) and reading.held(values))
    if held:
        person_now(person)
    return held


def assessment_open(person: Person, pk: UUID, capability: Capability, *, lock: bool = False) -> AssessmentAccess:
    """An assessment that can still be changed, by someone with this capability.

    Raises AssessmentFinished for a finished one, which becomes a page that says so.
    """
    access = assessment_read(person, pk, lock=lock)
    require(access.standing, capability)
    must_be_open(access.assessment)
    return access


def assessment_result(
    person: Person, pk: UUID, capability: Capability = Capability.VIEW_ASSESSMENTS
) -> tuple[AssessmentAccess, Result]:
    """The frozen result of an assessment; 404 while there is none.

    The large columns `outcome` and `answers` are read on first use: most callers need neither.
    """
    access = assessment_read(person, pk)
    require(access.standing, capability)
    result = next(iter(_RESULT({SOME_ROW: access.assessment.pk})), None)
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
    """The questions of a domain that this run asks, in the order of the bank."""
    run = run_of(access.assessment)
    return tuple(q for q in access.edition.by_domain[domain] if asks(q, run.depth, run.tags))


def question_in(access: AssessmentAccess, code: str) -> Question:
    """A question that this run asks; 404 for any other."""
    question = access.edition.question.get(code)
    if question is None or not access.assessment.depth or question not in asked_in(access, question.domain):
        raise Http404
    return question


def comment_in(access: AssessmentAccess, pk: int) -> Comment:
    """A comment on this run; 404 for any other."""
    comment = Comment.objects.filter(assessment=access.assessment, pk=pk).first()
    if comment is None:
        raise Http404
    comment.assessment = access.assessment
    return comment


def organisation_for_start(person: Person, pk: UUID) -> Organisation:
    """Locked until the transaction ends. After waiting for the lock, access is checked again."""
    require(organisation_read(person, pk), Capability.EDIT_SCOPE)
    lock_organisation(pk, person)
    return require(organisation_read(person, pk), Capability.EDIT_SCOPE).organisation
