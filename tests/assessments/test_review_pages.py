"""Reviewing answers: what a consultant does on the pages, and what everybody reads of it."""

import pytest
from django.test import Client

from accounts.models import AccessLevel, User
from assessments.bank.types import Depth
from assessments.models import AnswerReview, Assessment
from assessments.services.runs import choose_depth
from tests.assessments.collaboration_pages import as_person, beside, domain_page, names, send_review
from tests.collaboration import QUESTION, consultant, reviewed
from tests.factories import EngagementFactory, MembershipFactory, OrganisationFactory
from tests.pages import by_id, links, of_class, parse, sends, text_of
from tests.runs import asked_questions, finish, give, scoped_run

pytestmark = pytest.mark.django_db


def test_a_consultant_agrees_and_questions(run: Assessment, signed_in: Client) -> None:
    give(run, QUESTION, 3)
    noor = as_person(consultant(run))
    page = domain_page(noor, run)
    assert f"review-{QUESTION}-verdict" in names(beside(page))
    assert send_review(noor, run, "questions", "Which list?\nOn paper?")["Location"].endswith(f"#review-{QUESTION}")
    page = domain_page(signed_in, run)
    assert "Disputed Noor Haddad of Haddad Advice" in text_of(beside(page))
    assert "Which list? On paper?" in text_of(beside(page))
    assert f"review-{QUESTION}-verdict" not in names(beside(page))
    send_review(noor, run, "agrees")
    assert "Agreed Noor Haddad of Haddad Advice" in text_of(beside(domain_page(signed_in, run)))
    give(run, QUESTION, 4)
    assert "for an earlier answer" in text_of(beside(domain_page(signed_in, run)))


def test_to_question_an_answer_takes_a_word_of_why(run: Assessment) -> None:
    give(run, QUESTION, 3)
    noor = as_person(consultant(run))
    response = send_review(noor, run, "questions", " ")
    assert response.status_code == 422
    assert links(by_id(parse(response), "error-summary")) == {
        "Say in a few words why you dispute it.": f"#id_review-{QUESTION}-note"
    }
    assert send_review(noor, run, "shrugs").status_code == 422
    assert not AnswerReview.objects.exists()


def test_a_reviewer_is_told_that_the_answer_changed(run: Assessment) -> None:
    give(run, QUESTION, 3)
    noor = as_person(consultant(run))
    give(run, QUESTION, 0)
    assert send_review(noor, run, "agrees", version=1).status_code == 409
    assert not AnswerReview.objects.exists()


@pytest.mark.parametrize("level", [AccessLevel.READ, None])
def test_who_may_not_review_is_refused(run: Assessment, owner: User, level: AccessLevel | None) -> None:
    give(run, QUESTION, 3)
    client = as_person(consultant(run, level) if level else owner)
    assert send_review(client, run, "agrees").status_code == 403
    assert client.post(f"/assessments/{run.pk}/domains/ACCESS/agree/", {"seen": f"{QUESTION}:1"}).status_code == 403
    assert f"review-{QUESTION}-verdict" not in names(domain_page(client, run))


def test_a_reviewer_agrees_with_a_whole_domain_as_it_was_shown(run: Assessment) -> None:
    choose_depth(assessment=run, depth=Depth.FULL)
    in_access = [question.id for question in asked_questions(run) if question.domain == "ACCESS"]
    for question in in_access[:3]:
        give(run, question, 3)
    noor = as_person(consultant(run))
    page = domain_page(noor, run)
    form = next(form for form in page.iter("form") if form.get("action", "").endswith("/agree/"))
    assert "Agree with all 3 answers not yet reviewed" in text_of(form)
    give(run, in_access[0], 1)
    response = noor.post(f"/assessments/{run.pk}/domains/ACCESS/agree/", sends(form), follow=True)
    assert "You agreed with 2 answers." in text_of(parse(response))
    assert "2 of 3 answers reviewed" in text_of(parse(response))
    assert set(AnswerReview.objects.values_list("question", flat=True)) == set(in_access[1:3])
    odd = {"seen": ["", ":", f"{in_access[0]}:x", f"{in_access[0]}:²", "GOV-01:1", f"{in_access[0]}:{'9' * 30}"]}
    assert noor.post(f"/assessments/{run.pk}/domains/ACCESS/agree/", odd).status_code == 302
    assert AnswerReview.objects.count() == 2


def test_what_is_questioned_is_found_by_filter_and_check(run: Assessment, signed_in: Client) -> None:
    choose_depth(assessment=run, depth=Depth.FULL)
    in_access = [question.id for question in asked_questions(run) if question.domain == "ACCESS"]
    for question in in_access[:3]:
        give(run, question, 3)
    noor = consultant(run)
    reviewed(run, noor, in_access[0], note="Really?")
    reviewed(run, noor, in_access[1])
    reviewed(run, noor, in_access[2], note="And this?")
    give(run, in_access[2], 2)
    page = domain_page(signed_in, run, "?show=questioned")
    assert [section.get("id") for section in of_class(page, "question")] == [in_access[0]]
    check = parse(signed_in.get(f"/assessments/{run.pk}/check/"))
    assert "2 of 3 answers reviewed, 1 disputed, 1 changed since." in text_of(check)
    assert f"/assessments/{run.pk}/domains/ACCESS/?show=questioned" in links(check).values()
    assert "Really?" in text_of(check)
    give(run, in_access[0], 2)
    assert "Nothing here is disputed." in text_of(domain_page(signed_in, run, "?show=questioned"))


def test_the_result_page_says_who_reviewed(run: Assessment, signed_in: Client) -> None:
    give(run, QUESTION, 3)
    reviewed(run, consultant(run))
    finish(run)
    shown = text_of(parse(signed_in.get(f"/assessments/{run.pk}/result/")))
    assert "Reviewed by Noor Haddad of Haddad Advice on 21 November 2026: 1 of 1 answers." in shown
    alone = finish(scoped_run(OrganisationFactory.create()))
    client = as_person(alone.assessment.started_by)
    page = parse(client.get(f"/assessments/{alone.assessment_id}/result/"))
    assert "Self-assessed." in text_of(page)
    assert "Comments and review" not in links(page)


def test_a_member_of_two_consultancies_reviews_for_the_one_that_was_let_in(run: Assessment) -> None:
    give(run, QUESTION, 3)
    noor = consultant(run)
    other = EngagementFactory.create(level=AccessLevel.ANSWER).consultancy
    MembershipFactory.create(user=noor, organisation=other)
    send_review(as_person(noor), run, "agrees")
    assert AnswerReview.objects.get().consultancy.name == "Haddad Advice"
