"""From a key in a URL to the texts of consultants: all may be read by whoever sees the result, one's own changed."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import organisation_for
from accounts.models import Organisation, User
from accounts.permissions import Capability
from accounts.queries import Person, Standing, consultancy_behind
from accounts.refused.rights import MissingRight, RightIsMissing
from assessments.access import AssessmentAccess, asked_in, assessment_result
from assessments.bank.types import Domain
from assessments.models import Result
from reports.consultant_words.queries import steps_of
from reports.models import ConsultantText, Snippet


@dataclass(frozen=True, slots=True)
class WordsAccess:
    """A result, and the consultancy for which the person may write about it now; None for whoever only reads."""

    access: AssessmentAccess
    result: Result
    consultancy: Organisation | None

    @property
    def writer(self) -> Organisation:
        """Of a person who may write; ValueError for any other."""
        if self.consultancy is None:
            raise ValueError("This person only reads.")
        return self.consultancy


def words_read(person: User, pk: UUID) -> WordsAccess:
    """The result of the assessment with this key; 404 for a foreign one and while there is none."""
    access, result = assessment_result(person, pk)
    return WordsAccess(access, result, _writes_for(person, access) if access.can(Capability.REVIEW) else None)


def words_write(person: User, pk: UUID) -> WordsAccess:
    """The same for whom a consultancy that is let in may write; else 403."""
    access, result = assessment_result(person, pk, Capability.REVIEW)
    consultancy = _writes_for(person, access)
    if consultancy is None:
        raise RightIsMissing(MissingRight.ENGAGEMENT)
    return WordsAccess(access, result, consultancy)


def _writes_for(person: User, access: AssessmentAccess) -> Organisation | None:
    return consultancy_behind(person, access.assessment.organisation)


def domain_of_words(words: WordsAccess, code: str) -> Domain:
    """A domain in which the business was asked something; 404 for any other."""
    domain = words.access.edition.domain.get(code)
    if domain is None or not asked_in(words.access, code):
        raise Http404
    return domain


def own_step_of(words: WordsAccess, key: UUID) -> ConsultantText:
    """A step that the person's own consultancy added; 404 for any other."""
    return get_object_or_404(steps_of(words.result, words.writer), pk=key)


def snippets_of(person: Person, pk: UUID, capability: Capability = Capability.LOOK_AFTER_CLIENTS) -> Standing:
    """At a consultancy whose snippets the person may change, or see with `SEE_CLIENTS`."""
    return organisation_for(person, pk, capability)


def snippet_of(person: Person, pk: UUID, snippet: UUID) -> Snippet:
    """One that the person may change; 404 for any other."""
    own = Snippet.objects.filter(consultancy=snippets_of(person, pk).organisation)
    return get_object_or_404(own.select_related("consultancy"), pk=snippet)
