"""What a person has earned by answering a domain, for the page that comes after it."""

from collections.abc import Mapping
from datetime import date

from assessments.access import AssessmentAccess, asked_in
from assessments.models import Answer
from assessments.presentation.counts import DomainDone, tell_domain_done
from assessments.queries import run_of, scored_answers
from assessments.scope_facts import business_place
from assessments.scoring.engine import score

__all__ = ["DomainDone", "domain_done"]


def domain_done(access: AssessmentAccess, code: str, rows: Mapping[str, Answer], day: date) -> DomainDone | None:
    """Of the domain with this code; None where there is none, or nothing in it is answered."""
    domain = access.edition.domain.get(code)
    asked = {question.id for question in asked_in(access, code)} if domain else set()
    answers = scored_answers(row for name, row in rows.items() if name in asked)
    if domain is None or not answers:
        return None
    result = score(access.edition, run_of(access.assessment), answers, day, among=asked)
    return tell_domain_done(access.edition, domain, result, business_place(access.assessment, day))
