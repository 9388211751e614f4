"""Answers given again, interim results and the end of a run at the same moment: nothing that was saved is lost."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.permissions import Capability
from assessments.models import Assessment, NewestResult, Result, StandingAnswer
from assessments.services.runs import restart_assessment
from assessments.standing.access import newest_result_for
from assessments.standing_answers import newest_finished
from launch.processes import wait_until
from tests.access.test_ended_meanwhile import waits
from tests.runs import answer_again, asked_questions

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def open_run(result: Result, owner: User) -> Assessment:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    return restart_assessment(finished=result.assessment, started_by=owner, now=timezone.now())


def sent_meanwhile(person: User, path: str, hold: Callable[[], object]) -> int:
    """The status of a POST that is sent while `hold` is not yet committed; it waits, or is done before."""
    browser = Client()
    browser.force_login(person)

    def send() -> int:
        try:
            return browser.post(path).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            hold()
            answer: Future[int] = other.submit(send)
            wait_until(lambda: waits() or answer.done(), [], 30)
        return answer.result()


def test_an_answer_that_is_being_given_again_counts_from_the_new_result_on(
    open_run: Assessment, organisation: Organisation, owner: User
) -> None:
    code = asked_questions(open_run)[0].id

    def hold() -> None:
        access = newest_result_for(owner, organisation.pk, Capability.ANSWER, lock=True)
        answer_again(access.assessment, code, 4, by=owner, now=timezone.now() + timedelta(seconds=1))

    assert sent_meanwhile(owner, reverse("assessment_finish", args=[open_run.pk]), hold) == 302
    assert newest_finished(organisation) == open_run
    assert StandingAnswer.objects.filter(assessment=open_run, question=code, level=4).exists()


def test_an_interim_result_waits_for_a_run_that_ends(
    open_run: Assessment, organisation: Organisation, owner: User, result: Result
) -> None:
    answer_again(result.assessment, asked_questions(open_run)[0].id, 4, by=owner)

    def hold() -> None:
        browser = Client()
        browser.force_login(owner)
        assert browser.post(reverse("assessment_finish", args=[open_run.pk])).status_code == 302

    assert sent_meanwhile(owner, reverse("interim_result", args=[organisation.pk]), hold) == 302
    assert newest_finished(organisation) == open_run
    assert NewestResult.objects.get(organisation=organisation).summary.result == open_run.result
    assert StandingAnswer.objects.filter(assessment=open_run).count() == 1
