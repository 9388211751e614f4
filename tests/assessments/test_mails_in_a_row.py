"""Things in a row that ask the same person are one mail, which leads to all of them; and a day has a number."""

import re
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
from assessments.services import mail_limits
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


@pytest.fixture
def assign(
    run: Assessment,
    signed_in: Client,
    settings: LazySettings,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> Callable[..., None]:
    settings.MAIL_CONFIGURED = True

    def assigning(**people: Any) -> None:
        """Each domain to its person, the others to nobody."""
        page = signed_in.get(f"/assessments/{run.pk}/").text
        chosen = dict.fromkeys(re.findall(r'name="(who-[A-Z]+)"', page), "")
        chosen |= {f"who-{domain}": person.pk if person else "" for domain, person in people.items()}
        with django_capture_on_commit_callbacks(execute=True):
            assert signed_in.post(f"/assessments/{run.pk}/assign/", chosen).status_code == 302

    return assigning


def test_assigning_and_taking_back_is_one_mail(run: Assessment, assign: Callable[..., None]) -> None:
    bo, vi = colleague(run), colleague(run, "Vi")
    for _ in range(3):
        assign(ACCESS=bo)
        assign(ACCESS=None)
    assert [message.to for message in mail.outbox] == [[bo.email]]
    assign(GOV=vi)
    assert [message.to[0] for message in mail.outbox] == [bo.email, vi.email]


def test_a_run_sends_somebody_so_many_in_a_day(
    run: Assessment, ask: Callable[[Any, str], None], assign: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever they are about: with pauses between them they would go on for ever."""
    monkeypatch.setattr(mail_limits, "MOST_IN_A_DAY", 2)
    monkeypatch.setattr(mail_limits, "ONE_MAIL_IN", timedelta(0))
    bo, vi = colleague(run), colleague(run, "Vi")
    ask(bo, "ACCESS-02")
    for _ in range(3):
        assign(ACCESS=bo)
        assign(ACCESS=None)
    assert [message.to for message in mail.outbox] == [[bo.email]] * 2
    assign(ACCESS=vi)
    assert mail.outbox[-1].to == [vi.email]
    assert Comment.objects.filter(asked=bo).exists(), "what is asked stands there all the same"
