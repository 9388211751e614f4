"""Who answers what, on the overview."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict

from accounts.models import User
from accounts.permissions import Capability
from assessments.access import AssessmentAccess, asked_in
from assessments.collaboration import Colleague, assignees_by_domain, colleagues_on
from assessments.forms.collaboration import AssignForm


@dataclass(frozen=True, slots=True)
class Sharing:
    """`form` is None if there is nobody to share the work with, or this person may not assign domains."""

    answers: Mapping[str, User]
    form: AssignForm | None

    @property
    def opened(self) -> bool:
        return self.form is not None and bool(self.form.errors)


def sharing_on(access: AssessmentAccess, form: AssignForm | None = None) -> Sharing:
    """Two queries. `form` is one with errors."""
    colleagues = colleagues_on(access.assessment)
    answers = assignees_by_domain(access.assessment, colleagues)
    if form is None and access.can(Capability.ASSIGN) and (len(_able(colleagues)) > 1 or answers):
        form = assign_form(access, colleagues, answers)
    return Sharing(answers, form)


def assign_form(
    access: AssessmentAccess,
    colleagues: Iterable[Colleague],
    answers: Mapping[str, User],
    data: QueryDict | None = None,
) -> AssignForm:
    """A line for every domain in which something is asked, in the order of the overview."""
    titles = {domain.code: domain.title for domain in access.edition.domains if asked_in(access, domain.code)}
    return AssignForm(data, domains=titles, people=_able(colleagues), answers_now=answers)


def _able(colleagues: Iterable[Colleague]) -> list[User]:
    return [colleague.user for colleague in colleagues if colleague.may_answer]
