"""From an organisation's key to its newest result, for somebody who may do this with it."""

from uuid import UUID

from django.http import Http404

from accounts.access import organisation_for, require
from accounts.permissions import Capability
from accounts.queries import Person
from accounts.services.locks import lock_organisation
from assessments.access import AssessmentAccess, assessment_read
from assessments.standing.errors import NewerResult
from assessments.standing_answers import newest_finished


def newest_result_for(person: Person, pk: UUID, capability: Capability, *, lock: bool = False) -> AssessmentAccess:
    """The assessment behind the newest result; 404 while there is none.

    `lock` locks it and the organisation until the transaction ends, so that no other result is made in between; access
    is checked again after waiting. Raises NewerResult if another result was made meanwhile.
    """
    organisation = organisation_for(person, pk, capability).organisation
    newest = newest_finished(organisation)
    if newest is None:
        raise Http404
    if lock:
        lock_organisation(pk, person)
    access = assessment_read(person, newest.pk, lock=lock)
    require(access.standing, capability)
    if lock and newest_finished(organisation) != newest:
        raise NewerResult
    return access
