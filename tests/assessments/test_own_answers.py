"""Who gave an answer cannot agree with it, and a result tells who gave the answers from who reviewed them.

test_on_sqlite.py runs this file again on SQLite.
"""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.audit import Actor
from accounts.models import AccessLevel, Organisation, User
from accounts.people_data.erasure import erase_person
from accounts.queries import consultancy_behind
from assessments.collaboration import is_current, latest_reviews, reviews_of
from assessments.errors import OwnAnswer
from assessments.models import Answer, AnsweredAs, AnswerReview, Assessment, Verdict
from assessments.queries import answers_of
from assessments.services.reviews import Agreement, agree_with_all
from assessments.services.runs import restart_assessment
from tests.assessments.collaboration_pages import as_person, beside, domain_page, names, send_review
from tests.collaboration import QUESTION, consultant, reviewed
from tests.factories import MembershipFactory, member
from tests.pages import controls, parse, sends, text_of
from tests.runs import NOW, finish, give

pytestmark = pytest.mark.django_db

OTHER, THIRD = "ACCESS-03", "ACCESS-05"
REFUSED = "You gave this answer yourself"


@pytest.fixture
def noor(run: Assessment) -> User:
    return consultant(run, AccessLevel.ANSWER)


@pytest.fixture
def advice(run: Assessment, noor: User) -> Organisation:
    found = consultancy_behind(noor, run.organisation)
    assert found is not None
    return found


def test_nobody_agrees_with_what_they_gave(run: Assessment, noor: User, advice: Organisation) -> None:
    give(run, QUESTION, 3, by=noor)
    with pytest.raises(OwnAnswer):
        reviewed(run, noor)
    assert not AnswerReview.objects.exists()
    assert reviewed(run, noor, note="I was wrong").verdict == Verdict.QUESTIONS
    assert reviewed(run, member(advice, name="Lin")).verdict == Verdict.AGREES


def test_the_database_refuses_it_whoever_writes(run: Assessment, noor: User, advice: Organisation) -> None:
    give(run, QUESTION, 3, by=noor)
    own = {"assessment": run, "question": QUESTION, "answer_version": 1, "by": noor, "consultancy": advice, "at": NOW}
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        AnswerReview.objects.create(verdict="agrees", **own)
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        AnswerReview.objects.bulk_create([AnswerReview(verdict="agrees", **own)])
    disputed = AnswerReview.objects.create(verdict="questions", note="No", **own)
    for change in ({"verdict": "agrees"}, {"verdict": "agrees", "note": ""}):
        with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
            AnswerReview.objects.filter(pk=disputed.pk).update(**change)
    by_lin = AnswerReview.objects.create(verdict="agrees", **{**own, "by": member(advice)})
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        AnswerReview.objects.filter(pk=by_lin.pk).update(by=noor)
    AnswerReview.objects.filter(pk=by_lin.pk).update(note="Seen.")


def test_saving_after_agreeing_drops_the_agreement(run: Assessment, noor: User) -> None:
    give(run, QUESTION, 3)
    agreed = reviewed(run, noor)
    assert is_current(agreed, answers_of(run)[QUESTION])
    give(run, QUESTION, 4, by=noor)
    assert not is_current(latest_reviews(reviews_of(run))[QUESTION], answers_of(run)[QUESTION])
    with pytest.raises(OwnAnswer):
        reviewed(run, noor)
    give(run, QUESTION, 3)
    assert reviewed(run, noor).verdict == Verdict.AGREES


@pytest.mark.parametrize("text", ["note", "evidence"])
def test_a_text_that_somebody_adds_does_not_make_the_answer_theirs(text: str, run: Assessment, noor: User) -> None:
    give(run, QUESTION, 3, by=noor)
    Answer.objects.update(answered_as=AnsweredAs.CONSULTANCY)
    more: dict[str, Any] = {text: "In the blue folder."}
    give(run, QUESTION, 3, **more)
    answer = answers_of(run)[QUESTION]
    assert getattr(answer, text) == "In the blue folder."
    assert (answer.saved_by, answer.answered_as) == (noor, AnsweredAs.CONSULTANCY)
    with pytest.raises(OwnAnswer):
        reviewed(run, noor)


def test_the_page_offers_no_agreement_with_oneself(run: Assessment, noor: User, advice: Organisation) -> None:
    give(run, QUESTION, 3, by=noor)
    own = beside(domain_page(as_person(noor), run))
    assert "You gave this answer: a colleague can review it." in text_of(own)
    offered = [control.value for control in controls(own) if control.name == f"review-{QUESTION}-verdict"]
    assert offered == ["questions"]
    assert send_review(as_person(noor), run, "agrees").status_code == 409
    colleagues = beside(domain_page(as_person(member(advice, second_step=True)), run))
    assert "You gave this answer" not in text_of(colleagues)
    assert f"review-{QUESTION}-verdict" in names(colleagues)


def test_agreeing_with_all_says_what_it_left_out(run: Assessment, noor: User) -> None:
    for question in (QUESTION, OTHER):
        give(run, question, 3, by=noor)
    client = as_person(noor)
    page = domain_page(client, run)
    assert not any(form.get("action", "").endswith("/agree/") for form in page.iter("form"))
    assert "2 more were given by you: a colleague can review them." in text_of(page)
    give(run, THIRD, 3)
    form = next(form for form in domain_page(client, run).iter("form") if form.get("action", "").endswith("/agree/"))
    assert "Agree with 1 answer not yet reviewed" in text_of(form)
    answer = client.post(f"/assessments/{run.pk}/domains/ACCESS/agree/", sends(form), follow=True)
    shown = text_of(parse(answer))
    assert "You agreed with 1 answer." in shown
    assert "2 were left out because you gave them yourself: a colleague can review them." in shown
    assert AnswerReview.objects.get().question == THIRD


def test_agreeing_twice_agrees_once(run: Assessment, noor: User, advice: Organisation) -> None:
    give(run, QUESTION, 3, by=noor)
    give(run, OTHER, 3)
    for expected in (Agreement(agreed=1, own=1), Agreement(agreed=0, own=1)):
        found = agree_with_all(
            assessment=run,
            answers=answers_of(run),
            reviews=latest_reviews(reviews_of(run)),
            seen_versions={QUESTION: 1, OTHER: 1},
            by=noor,
            consultancy=advice,
            now=NOW,
        )
        assert found == expected


# For whom somebody answers.


def save(client: Client, run: Assessment, question: str = QUESTION, **fields: Any) -> None:
    data = {f"{question}-{name}": value for name, value in {"version": 0, "answer": "2", **fields}.items()}
    assert client.post(f"/assessments/{run.pk}/answers/{question}/", data).status_code == 200


def test_an_answer_is_stored_with_for_whom_it_was_given(run: Assessment, noor: User, signed_in: Client) -> None:
    save(signed_in, run)
    save(as_person(noor), run, OTHER)
    assert {each.question: each.answered_as for each in Answer.objects.all()} == {
        QUESTION: AnsweredAs.BUSINESS,
        OTHER: AnsweredAs.CONSULTANCY,
    }
    save(signed_in, run, OTHER, version=1, answer="3")
    assert Answer.objects.get(question=OTHER).answered_as == AnsweredAs.BUSINESS
    both = consultant(run, AccessLevel.ANSWER, "Both")
    MembershipFactory.create(user=both, organisation=run.organisation, role="viewer")
    save(as_person(both), run, THIRD)
    assert Answer.objects.get(question=THIRD).answered_as == AnsweredAs.CONSULTANCY
    both.memberships.filter(organisation=run.organisation).update(role="editor")
    save(as_person(both), run, THIRD, version=1, answer="3")
    assert Answer.objects.get(question=THIRD).answered_as == AnsweredAs.BUSINESS


def test_a_new_run_knows_who_gave_the_answers_it_starts_from(run: Assessment, noor: User) -> None:
    give(run, QUESTION, 3, by=noor)
    again = restart_assessment(finished=finish(run).assessment, started_by=run.started_by, now=NOW)
    assert again.answers.get().answered_as == AnsweredAs.CONSULTANCY
    with pytest.raises(OwnAnswer):
        reviewed(again, noor)


def test_who_is_erased_gave_the_answers_all_the_same(run: Assessment, noor: User, advice: Organisation) -> None:
    """The row of an erased person stays without a name: what they gave is still not the business's own."""
    lin = member(advice, name="Lin")
    give(run, QUESTION, 3, by=noor)
    give(run, OTHER, 3)
    erase_person(person=noor, by=Actor(noor))
    assert reviewed(run, lin).verdict == Verdict.AGREES
    result = finish(run)
    page = parse(as_person(run.started_by).get(f"/assessments/{run.pk}/result/"))
    assert "Answers given by the business itself: 1, by its consultancy: 1." in text_of(page)
    assert "Reviewed by Lin of Haddad Advice on 21 November 2026: 1 of 2 answers." in text_of(page)
    assert result.answers[0]["answered_as"] == AnsweredAs.CONSULTANCY


def test_a_result_that_a_consultancy_answered_is_no_self_assessment(run: Assessment, noor: User) -> None:
    give(run, QUESTION, 3, by=noor)
    finish(run)
    shown = text_of(parse(as_person(noor).get(f"/assessments/{run.pk}/result/")))
    assert "Its consultancy gave all the answers. Not reviewed." in shown
    assert "Self-assessed" not in shown
