"""Who answers what, comments and reviews as services: what is stored, refused, carried over and frozen."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import AccessLevel, Role
from accounts.queries import consultancy_behind, people_around, standing_on
from assessments.collaboration import (
    assignees_by_domain,
    colleagues_on,
    has_waiting_questions,
    is_current,
    latest_reviews,
    reviews_of,
)
from assessments.errors import AnswerChanged, AssessmentFinished
from assessments.models import Answer, AnswerReview, Assessment, Comment, Verdict
from assessments.presentation.reviews import tell_reviews
from assessments.queries import answers_of
from assessments.results.recorded_answers import RecordedAnswer, RecordedComment, RecordedReview, load_recorded_answers
from assessments.services import comments
from assessments.services.assignments import assign_domains
from assessments.services.comments import TooManyComments, put_in_report, reopen_comment, resolve_comment
from assessments.services.notices import notify_asked, notify_assignee
from assessments.services.reviews import Agreement, agree_with_all, review_answer
from assessments.services.runs import delete_assessment, restart_assessment
from assessments.wording.summary import review_lines
from tests.collaboration import QUESTION, assigned, colleague, commented, consultant, reviewed
from tests.factories import EngagementFactory, MembershipFactory, OrganisationFactory, member
from tests.runs import NOW, finish, give

pytestmark = pytest.mark.django_db

OTHER = "ACCESS-03"


def answered_by(run: Assessment) -> dict[str, str]:
    return {domain: str(person) for domain, person in assignees_by_domain(run, colleagues_on(run)).items()}


# Who may see a run.


def test_the_people_around_a_business_are_its_members_and_its_consultants(run: Assessment) -> None:
    viewer, reviewer = colleague(run, "Vi", Role.VIEWER), consultant(run, AccessLevel.REVIEW)
    trainee = consultant(run, AccessLevel.ANSWER, "Tara", Role.VIEWER)
    colleague(run, "Sam", is_active=False)
    member(OrganisationFactory.create(), name="Stranger")
    former = consultant(run, name="Former")
    run.organisation.engagements_as_client.filter(consultancy__memberships__user=former).update(ended_at=NOW)
    found = {person: standing_on(person, run.organisation) for person in people_around(run.organisation)}
    assert set(found) == {run.started_by, viewer, reviewer, trainee}
    assert (found[viewer].role, found[viewer].level) == (Role.VIEWER, None)
    assert (found[reviewer].role, found[reviewer].level) == (None, AccessLevel.REVIEW)
    assert found[trainee].level == AccessLevel.READ
    assert [colleague.user for colleague in colleagues_on(run) if colleague.may_answer] == [run.started_by]


def test_of_two_consultancies_the_one_with_more_access_stands_behind_a_consultant(run: Assessment) -> None:
    person = consultant(run, AccessLevel.REVIEW)
    wide = EngagementFactory.create(client=run.organisation, level=AccessLevel.ANSWER)
    MembershipFactory.create(user=person, organisation=wide.consultancy, role=Role.EDITOR)
    assert consultancy_behind(person, run.organisation) == wide.consultancy
    assert consultancy_behind(run.started_by, run.organisation) is None
    assert [each.user for each in colleagues_on(run)].count(person) == 1


# Who answers what.


def test_a_domain_has_one_person_who_can_be_changed_and_taken_away(run: Assessment) -> None:
    bo, kim = colleague(run), colleague(run, "Kim")
    new = assign_domains(assessment=run, chosen={"ACCESS": bo, "GOV": bo}, assigned_by=run.started_by, now=NOW)
    assert new == {bo: ["ACCESS", "GOV"]}
    new = assign_domains(
        assessment=run, chosen={"ACCESS": kim, "GOV": bo, "DATA": None}, assigned_by=run.started_by, now=NOW
    )
    assert new == {kim: ["ACCESS"]}
    assert answered_by(run) == {"ACCESS": "Kim", "GOV": "Bo Lindqvist"}
    assign_domains(assessment=run, chosen={"ACCESS": None}, assigned_by=kim, now=NOW)
    assert answered_by(run) == {"GOV": "Bo Lindqvist"}


@pytest.mark.parametrize("loss", ["gone", "viewer", "suspended"])
def test_who_may_no_longer_answer_counts_no_more_and_again_later(run: Assessment, loss: str) -> None:
    bo = colleague(run)
    assigned(run, bo)
    assert has_waiting_questions(bo)
    if loss == "gone":
        bo.memberships.get().delete()
        assert not has_waiting_questions(bo)
    elif loss == "viewer":
        bo.memberships.update(role=Role.VIEWER)
    else:
        type(bo).objects.filter(pk=bo.pk).update(is_active=False)
    assert answered_by(run) == {}
    if loss == "gone":
        MembershipFactory.create(user=bo, organisation=run.organisation, role=Role.EDITOR)
        assert answered_by(run) == {"ACCESS": "Bo Lindqvist"}


def test_the_same_people_answer_the_next_run(run: Assessment) -> None:
    assigned(run, colleague(run), "ACCESS", "GOV")
    commented(run)
    again = restart_assessment(finished=finish(run).assessment, started_by=run.started_by, now=NOW)
    assert answered_by(again) == {"ACCESS": "Bo Lindqvist", "GOV": "Bo Lindqvist"}
    assert not Comment.objects.filter(assessment=again).exists()


def test_a_deleted_run_takes_all_of_it_along(run: Assessment) -> None:
    bo = colleague(run)
    assigned(run, bo)
    commented(run, asked=bo)
    delete_assessment(assessment=run)
    assert not has_waiting_questions(bo)


def test_a_finished_run_refuses_every_change(run: Assessment) -> None:
    give(run, QUESTION, 3)
    comment = commented(run)
    reviewer = consultant(run)
    finish(run)
    comment.refresh_from_db()
    with pytest.raises(AssessmentFinished):
        assign_domains(assessment=run, chosen={"ACCESS": None}, assigned_by=run.started_by, now=NOW)
    with pytest.raises(AssessmentFinished):
        commented(run)
    with pytest.raises(AssessmentFinished):
        resolve_comment(comment=comment, by=run.started_by, now=NOW)
    with pytest.raises(AssessmentFinished):
        reopen_comment(comment=comment)
    with pytest.raises(AssessmentFinished):
        put_in_report(comment=comment, in_report=True)
    with pytest.raises(AssessmentFinished):
        reviewed(run, reviewer)
    with pytest.raises(AssessmentFinished):
        agree(run, reviewer, {QUESTION: 1})


# Comments.


def test_the_same_comment_sent_twice_is_one(run: Assessment) -> None:
    bo = colleague(run)
    first = commented(run, asked=bo)
    assert commented(run, asked=bo, now=NOW + timedelta(seconds=9)) == first
    others: list[dict[str, Any]] = [
        {"asked": bo, "text": "Another"},
        {"asked": bo, "question": OTHER},
        {"asked": bo, "author": bo},
        {"asked": None},
        {"asked": bo, "in_report": True},
        {"asked": bo, "now": NOW + timedelta(seconds=11)},
    ]
    for place, other in enumerate(others, 2):
        commented(run, **other)
        assert Comment.objects.count() == place


def test_comments_have_an_end(run: Assessment, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand made a result whose report could never be made."""
    monkeypatch.setattr(comments, "MOST_OF_A_QUESTION", 2)
    monkeypatch.setattr(comments, "MOST_OF_A_RUN", 3)
    first, second = (commented(run, f"Number {number}", now=NOW + timedelta(minutes=number)) for number in range(2))
    assert commented(run, second.text, now=second.created_at) == second
    with pytest.raises(TooManyComments, match="2 comments"):
        commented(run, "Number 3", now=NOW + timedelta(minutes=3))
    commented(run, "Elsewhere", question="DATA-01")
    with pytest.raises(TooManyComments, match="3 comments"):
        commented(run, "Elsewhere", question="ACCESS-01")
    assert first in Comment.objects.all()


def test_what_is_resolved_stays_with_who_did_it_first(run: Assessment) -> None:
    bo, comment = colleague(run), commented(run)
    resolve_comment(comment=comment, by=bo, now=NOW)
    resolve_comment(comment=comment, by=run.started_by, now=NOW)
    comment.refresh_from_db()
    assert (comment.resolved_by, comment.resolved_at) == (bo, NOW)
    reopen_comment(comment=comment)
    comment.refresh_from_db()
    assert (comment.resolved_by, comment.resolved_at) == (None, None)


# Review.


def agree(run: Assessment, by: Any, seen: dict[str, int]) -> Agreement:
    consultancy = consultancy_behind(by, run.organisation)
    assert consultancy is not None
    reviews = latest_reviews(reviews_of(run))
    return agree_with_all(
        assessment=run,
        answers=answers_of(run),
        reviews=reviews,
        seen_versions=seen,
        by=by,
        consultancy=consultancy,
        now=NOW,
    )


def test_the_latest_review_counts_and_is_for_the_answer_as_it_was(run: Assessment) -> None:
    give(run, QUESTION, 3)
    noor = consultant(run)
    reviewed(run, noor, note="Where is the list?")
    latest = reviewed(run, noor)
    assert latest_reviews(reviews_of(run)) == {QUESTION: latest}
    assert is_current(latest, answers_of(run)[QUESTION])
    give(run, QUESTION, 4)
    assert not is_current(latest, answers_of(run)[QUESTION])
    assert not is_current(latest, None)


def test_an_answer_that_changed_meanwhile_is_not_reviewed_unseen(run: Assessment) -> None:
    give(run, QUESTION, 3)
    noor = consultant(run)
    consultancy = consultancy_behind(noor, run.organisation)
    assert consultancy is not None
    give(run, QUESTION, 1)
    give(run, OTHER, note="only a note")
    rows = answers_of(run)
    for answer, seen in ((rows[QUESTION], 1), (rows[OTHER], 1), (None, 1)):
        with pytest.raises(AnswerChanged):
            review_answer(
                assessment=run,
                answer=answer,
                seen_version=seen,
                verdict=Verdict.AGREES,
                note="",
                by=noor,
                consultancy=consultancy,
                now=NOW,
            )
    assert not AnswerReview.objects.exists()


def test_agreeing_with_all_leaves_out_what_was_questioned_changed_or_not_answered(run: Assessment) -> None:
    noor = consultant(run)
    for question in (QUESTION, OTHER, "GOV-01", "GOV-07"):
        give(run, question, 2)
    give(run, "DATA-01", note="only a note")
    reviewed(run, noor, note="Really?")
    reviewed(run, noor, OTHER)
    give(run, OTHER, 3)
    give(run, "GOV-07", 3)
    seen = {QUESTION: 1, OTHER: 2, "GOV-01": 1, "GOV-07": 1, "DATA-01": 1, "NEVER-01": 1}
    assert agree(run, noor, seen) == Agreement(agreed=2, own=0)
    found = {question: review.verdict for question, review in latest_reviews(reviews_of(run)).items()}
    assert found == {QUESTION: "questions", OTHER: "agrees", "GOV-01": "agrees"}
    assert agree(run, noor, seen) == Agreement(agreed=0, own=0)


# What is frozen with the result.


def test_the_result_keeps_the_review_of_the_answer_it_was_for(run: Assessment) -> None:
    noor = consultant(run)
    give(run, QUESTION, 3)
    give(run, OTHER, 3)
    reviewed(run, noor, note="Where is\nthe list?")
    reviewed(run, noor, OTHER)
    give(run, OTHER, 4)
    recorded = load_recorded_answers(finish(run).answers)
    assert recorded[QUESTION].review == RecordedReview(
        "questions", "Where is\nthe list?", "Noor Haddad", "Haddad Advice", "2026-11-21"
    )
    assert recorded[OTHER].review is None


def test_the_result_keeps_the_comments_for_the_report_and_no_others(run: Assessment) -> None:
    bo = colleague(run)
    give(run, QUESTION, 3)
    commented(run, "Stays inside")
    commented(run, "First", in_report=True)
    commented(run, "Second", author=bo, in_report=True)
    commented(run, "About an open question", OTHER, in_report=True)
    recorded = load_recorded_answers(finish(run).answers)
    assert recorded[QUESTION].comments == (
        RecordedComment(str(run.started_by), "First"),
        RecordedComment("Bo Lindqvist", "Second"),
    )
    assert (recorded[OTHER].kind, len(recorded[OTHER].comments)) == ("open", 1)


def test_an_answer_to_look_at_again_is_recorded_without_its_review(run: Assessment) -> None:
    noor = consultant(run)
    give(run, QUESTION, 3)
    reviewed(run, noor)
    commented(run, "Still here", in_report=True)
    Answer.objects.filter(assessment=run, question=QUESTION).update(given_under=run.edition)
    recorded = load_recorded_answers(finish(run).answers)[QUESTION]
    assert (recorded.kind, recorded.review, len(recorded.comments)) == ("open", None, 1)


def test_results_from_before_reviews_are_read_as_they_are() -> None:
    before = {"question": "A-1", "kind": "level", "level": 2, "reason": "", "note": "n", "evidence": ""}
    assert load_recorded_answers([before]) == {"A-1": RecordedAnswer("A-1", "level", 2, "", "n", "")}


def test_a_result_says_who_reviewed_how_much_of_it(run: Assessment) -> None:
    from assessments.editions.stored import edition_of
    from assessments.queries import load_scored_result

    noor, lin = consultant(run), consultant(run, name="Lin")
    for question in (QUESTION, OTHER, "GOV-01"):
        give(run, question, 2)
    reviewed(run, lin, "GOV-01")
    reviewed(run, noor, QUESTION)
    reviewed(run, noor, OTHER)
    result = finish(run)
    outcome = load_scored_result(edition_of(run.edition), result)
    assert review_lines(tell_reviews(outcome, load_recorded_answers(result.answers))) == (
        "Reviewed by Noor Haddad of Haddad Advice on 21 November 2026: 2 of 3 answers",
        "Reviewed by Lin of Haddad Advice on 21 November 2026: 1 of 3 answers",
    )
    assert review_lines(tell_reviews(outcome, {})) == ("Self-assessed",)


# Mails.


class BrokenMail(EmailBackend):
    def send_messages(self, messages: Any) -> int:
        raise OSError("the mail server is down")


@pytest.fixture
def mail_set_up(settings: LazySettings) -> None:
    settings.MAIL_CONFIGURED = True


def test_who_is_asked_hears_of_it_by_mail_without_what_was_written(
    run: Assessment, mail_set_up: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    bo = colleague(run)
    common: dict[str, Any] = {"by": run.started_by, "organisation": "Boulangerie\nLumière"}
    new = {bo: ["Who gets in", "Data"], run.started_by: ["Mine"]}
    with django_capture_on_commit_callbacks(execute=True):
        notify_assignee(**common, new=new, link="https://e.example/my-questions/")
        notify_asked(**common, person=bo, question="Who has a key?", link="https://e.example/q")
        notify_asked(person=bo, by=bo, organisation="B", question="To myself", link="https://e.example/q")
    first, second = mail.outbox
    assert (first.to, first.subject) == ([bo.email], "Boulangerie Lumière: Amélie asks you to answer 2 domains")
    assert "- Who gets in\n- Data" in str(first.body)
    assert "https://e.example/my-questions/" in str(first.body)
    assert (second.subject, "Who has a key?" in str(second.body)) == (
        "Boulangerie Lumière: Amélie asks you about a question",
        True,
    )


def test_without_mail_nothing_is_sent(
    run: Assessment, settings: LazySettings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.MAIL_CONFIGURED = False
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        notify_asked(
            person=colleague(run), by=run.started_by, organisation="B", question="?", link="https://e.example/"
        )
    assert (callbacks, mail.outbox) == ([], [])


def test_a_mail_that_fails_is_told_to_the_log_alone(
    run: Assessment,
    mail_set_up: None,
    settings: LazySettings,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.BrokenMail"
    with caplog.at_level(logging.ERROR), django_capture_on_commit_callbacks(execute=True):
        notify_asked(
            person=colleague(run), by=run.started_by, organisation="B", question="?", link="https://e.example/"
        )
    assert "could not be sent" in caplog.text
