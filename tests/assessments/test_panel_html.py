"""What stands beside a question where nobody said anything is laid out once for a page, and is as if laid out alone."""

import pytest
from django.template.loader import render_to_string

from accounts.models import User
from assessments.access import AssessmentAccess, asked_in, assessment_read, domain_in
from assessments.bank.types import Depth
from assessments.models import Assessment
from assessments.pages.collaboration.panel_html import panels_html
from assessments.pages.collaboration.side_panels import DomainCollaboration, domain_collaboration
from assessments.queries import answers_of
from assessments.services.runs import choose_depth
from tests.collaboration import colleague, commented, consultant, reviewed
from tests.runs import give

pytestmark = pytest.mark.django_db


def collaboration_of(person: User, run: Assessment, opened: str = "") -> tuple[AssessmentAccess, DomainCollaboration]:
    access = assessment_read(person, run.pk)
    place, asked = domain_in(access, "ACCESS"), asked_in(access, "ACCESS")
    return access, domain_collaboration(access, person, place, asked, answers_of(run), opened=opened)


def alone(access: AssessmentAccess, collaboration: DomainCollaboration, question: str) -> str:
    context = {
        "assessment": access.assessment,
        "collaboration": collaboration,
        "beside": collaboration.panels[question],
    }
    return render_to_string("assessments/_side_panel.html", context)


def test_each_panel_is_as_if_laid_out_alone(run: Assessment, owner: User) -> None:
    """With a comment, a review, one that a link unfolds, and the quiet ones; for the owner and for who reviews."""
    choose_depth(assessment=run, depth=Depth.FULL)
    bo, noor = colleague(run), consultant(run)
    give(run, "ACCESS-02", 2)
    give(run, "ACCESS-03", 2)
    commented(run, question="ACCESS-02", author=bo, asked=noor)
    reviewed(run, noor, "ACCESS-03", note="Really?")
    for person in (owner, bo, noor):
        access, collaboration = collaboration_of(person, run, opened="ACCESS-04")
        quiet = [panel.question for panel in collaboration.panels.values() if panel.is_quiet]
        assert quiet
        assert not {"ACCESS-02", "ACCESS-03", "ACCESS-04"} & set(quiet)
        html = panels_html(access.assessment, collaboration)
        assert html == {code: alone(access, collaboration, code) for code in collaboration.panels}


def test_names_are_text(run: Assessment, owner: User) -> None:
    bo = colleague(run)
    bo.name = "<b>Bo</b>"
    bo.save()
    access, collaboration = collaboration_of(owner, run)
    assert all("&lt;b&gt;Bo" in html for html in panels_html(access.assessment, collaboration).values())
