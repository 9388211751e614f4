"""People who work on one run together, and their comments and reviews."""

from typing import Any

from accounts.models import AccessLevel, Organisation, Role, User
from accounts.queries import consultancy_behind
from assessments.models import Answer, AnswerReview, Assessment, Comment, Verdict
from assessments.services.assignments import assign_domains
from assessments.services.comments import add_comment
from assessments.services.reviews import review_answer
from tests.factories import ConsultancyFactory, EngagementFactory, member
from tests.runs import NOW

QUESTION = "ACCESS-02"


def colleague(run: Assessment, name: str = "Bo Lindqvist", role: Role = Role.EDITOR, **more: Any) -> User:
    return member(run.organisation, role, name=name, **more)


def consultant(
    run: Assessment, level: AccessLevel = AccessLevel.REVIEW, name: str = "Noor Haddad", role: Role = Role.EDITOR
) -> User:
    """A member of a new consultancy with access to the run's organisation."""
    consultancy: Organisation = ConsultancyFactory.create(name="Haddad Advice")
    EngagementFactory.create(consultancy=consultancy, client=run.organisation, level=level)
    return member(consultancy, role, name=name)


def assigned(run: Assessment, person: User, *domains: str) -> None:
    assign_domains(
        assessment=run, chosen=dict.fromkeys(domains or ("ACCESS",), person), assigned_by=run.started_by, now=NOW
    )


def commented(run: Assessment, text: str = "Which phones?", question: str = QUESTION, **more: Any) -> Comment:
    return add_comment(
        **{"assessment": run, "question": question, "author": run.started_by, "text": text, "now": NOW, **more}
    )


def reviewed(run: Assessment, by: User, question: str = QUESTION, note: str = "") -> AnswerReview:
    """Agree with the answer as it is now; with a note, dispute it."""
    answer = Answer.objects.get(assessment=run, question=question)
    consultancy = consultancy_behind(by, run.organisation)
    assert consultancy is not None
    return review_answer(
        assessment=run,
        answer=answer,
        seen_version=answer.version,
        verdict=Verdict.QUESTIONS if note else Verdict.AGREES,
        note=note,
        by=by,
        consultancy=consultancy,
        now=NOW,
    )
