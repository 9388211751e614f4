"""Comments in a row that ask the same person are one mail, which leads to all of them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.test import Client

from assessments.forms.collaboration import comment_prefix
from assessments.models import Assessment, Comment
from assessments.queries import ONE_MAIL_IN
from tests.collaboration import colleague

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(
    run: Assessment,
    signed_in: Client,
    settings: LazySettings,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> Callable[[Any, str], None]:
    settings.MAIL_CONFIGURED = True

    def asking(person: Any, question: str) -> None:
        prefix = comment_prefix(question)
        with django_capture_on_commit_callbacks(execute=True):
            answer = signed_in.post(
                f"/assessments/{run.pk}/comments/{question}/",
                {f"{prefix}-text": f"Do you know? {Comment.objects.count()}", f"{prefix}-asked": person.pk},
            )
        assert answer.status_code == 302, answer.text

    return asking


def test_comments_in_a_row_are_one_mail(run: Assessment, ask: Callable[[Any, str], None]) -> None:
    bo = colleague(run)
    for question in ("ACCESS-02", "ACCESS-02", "STORE-05"):
        ask(bo, question)
    assert Comment.objects.filter(asked=bo).count() == 3
    assert [message.to for message in mail.outbox] == [[bo.email]]


def test_after_a_pause_there_is_another(run: Assessment, ask: Callable[[Any, str], None]) -> None:
    bo = colleague(run)
    ask(bo, "ACCESS-02")
    first = Comment.objects.get()
    Comment.objects.update(created_at=first.created_at - ONE_MAIL_IN - timedelta(seconds=1))
    ask(bo, "STORE-05")
    assert len(mail.outbox) == 2


def test_somebody_else_gets_their_own(run: Assessment, ask: Callable[[Any, str], None]) -> None:
    people = colleague(run), colleague(run, "Vi")
    for person in people:
        ask(person, "ACCESS-02")
    assert {message.to[0] for message in mail.outbox} == {person.email for person in people}
