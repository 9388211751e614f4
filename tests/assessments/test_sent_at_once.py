"""The same form several times at the very same moment: what it asks for happens once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import AccessLevel, Invitation, User
from assessments.models import AnswerReview, Assessment, Assignment, Comment, EditionRow
from tests.collaboration import QUESTION, colleague, consultant
from tests.factories import member
from tests.runs import answered_run

pytestmark = pytest.mark.django_db(transaction=True)
TIMES, ROUNDS = 6, 5


@pytest.fixture
def run(edition_row: EditionRow) -> Assessment:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    return answered_run()


@pytest.fixture
def with_mail(settings: LazySettings) -> list[Any]:
    settings.MAIL_CONFIGURED = True
    mail.outbox.clear()
    return mail.outbox


def sent_at_once(person: User, path: str, data: dict[str, Any]) -> list[int]:
    """The statuses of requests that start together, each on a connection of its own."""
    start = Barrier(TIMES)

    def send(browser: Client) -> int:
        try:
            start.wait(timeout=20)
            return browser.post(path, data).status_code
        finally:
            connection.close()

    browsers = [Client() for _time in range(TIMES)]
    for browser in browsers:
        browser.force_login(person)
    with ThreadPoolExecutor(TIMES) as pool:
        return list(pool.map(send, browsers))


def test_a_comment_is_one_and_whoever_is_asked_gets_one_mail(run: Assessment, with_mail: list[Any]) -> None:
    author, asked = member(run.organisation), colleague(run)
    path = reverse("comment_add", args=[run.pk, QUESTION])
    for number in range(ROUNDS):
        text = f"Which phones? {number}"
        given = {f"comment-{QUESTION}-text": text, f"comment-{QUESTION}-asked": str(asked.pk)}
        assert sent_at_once(author, path, given) == [302] * TIMES
        assert Comment.objects.filter(assessment=run, text=text, asked=asked).count() == 1
    assert len([sent for sent in with_mail if sent.to == [asked.email]]) == 1


def test_a_review_is_one(run: Assessment) -> None:
    reviewer = consultant(run, AccessLevel.REVIEW)
    answer = run.answers.get(question=QUESTION)
    path = reverse("answer_review", args=[run.pk, QUESTION])
    for number in range(ROUNDS):
        given = {"verdict": "questions", "note": f"Why? {number}", "version": answer.version}
        sent_at_once(reviewer, path, {f"review-{QUESTION}-{name}": value for name, value in given.items()})
    assert AnswerReview.objects.filter(assessment=run).count() == ROUNDS


def test_an_invitation_is_one(run: Assessment, with_mail: list[Any]) -> None:
    owner = member(run.organisation)
    path = reverse("invite_colleague", args=[run.organisation_id])
    for number in range(ROUNDS):
        email = f"new{number}@example.org"
        sent_at_once(owner, path, {"email": email, "role": "viewer"})
        assert Invitation.objects.filter(email=email).count() == 1
        assert len([sent for sent in with_mail if sent.to == [email]]) == 1


def test_a_domain_is_assigned_once_with_one_mail(run: Assessment, with_mail: list[Any]) -> None:
    owner, person = member(run.organisation), colleague(run)
    path = reverse("assign_domains", args=[run.pk])
    given = {"who-ACCESS": str(person.pk), "was-ACCESS": ""}
    sent_at_once(owner, path, given)
    assert Assignment.objects.filter(assessment=run, domain="ACCESS", assignee=person).count() == 1
    assert len([sent for sent in with_mail if sent.to == [person.email]]) == 1
