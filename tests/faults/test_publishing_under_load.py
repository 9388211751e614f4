"""50 people answer while an edition is published: nothing fails, and nobody's scores or reports move."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from assessments.editions.newest import newest_offered
from assessments.editions.stored import edition_of
from assessments.models import Assessment, EditionRow, Result
from assessments.queries import answers_of, run_of, scored_answers
from assessments.scoring.engine import score
from reports.kinds.registry import WORKINGS
from reports.services import request_report
from reports.worker.rendering import document_of
from tests.editor.changes import copy_of_the_bank, publish, reword
from tests.factories import UserFactory
from tests.runs import NOW, asked_questions, finished_run, scoped_run

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PEOPLE, ANSWERS = 50, 6
THREADS = 10
LEVEL = 3


def answer_some(runs: list[tuple[Client, Assessment]], barrier: Barrier) -> list[int]:
    """Each of this thread's people gives one answer after the other, all in turn."""
    barrier.wait(timeout=60)
    statuses = []
    try:
        questions = [question.id for question in asked_questions(runs[0][1])[:ANSWERS]]
        for question in questions:
            for client, run in runs:
                url = f"/assessments/{run.pk}/answers/{question}/?edition={run.edition_id}"
                data = {f"{question}-answer": LEVEL, f"{question}-version": 0}
                statuses.append(client.post(url, data).status_code)
    finally:
        connection.close()
    return statuses


def signed_in(run: Assessment) -> tuple[Client, Assessment]:
    client = Client()
    client.force_login(run.started_by)
    return client, run


def printed(result: Result) -> object:
    """All that the report of a result says."""
    return document_of(
        request_report(result=result, requested_by=result.finished_by, language="en-gb", now=NOW, kind=WORKINGS)
    )


def test_nothing_fails_and_no_pinned_run_moves(edition_row: EditionRow) -> None:
    editor: User = UserFactory.create(edits_bank=True)
    result = finished_run(levels=2)
    before, outcome = printed(result), result.outcome
    people = [signed_in(scoped_run()) for _ in range(PEOPLE)]
    draft = copy_of_the_bank(edition_row, editor)
    for question in asked_questions(people[0][1])[:ANSWERS]:
        reword(draft, editor, question.id)
    barrier = Barrier(THREADS + 1)

    with ThreadPoolExecutor(THREADS) as pool:
        answering = [pool.submit(answer_some, people[n::THREADS], barrier) for n in range(THREADS)]
        barrier.wait(timeout=60)
        publish(draft, editor)
        statuses = [status for each in answering for status in each.result(timeout=300)]

    assert newest_offered() == draft
    assert statuses == [200] * (PEOPLE * ANSWERS)
    pinned = edition_of(edition_row)
    expected = None
    for _client, run in people:
        run.refresh_from_db()
        assert run.edition == edition_row
        answers = scored_answers(answers_of(run).values())
        assert [answer.level for answer in answers.values()] == [LEVEL] * ANSWERS
        figures = score(pinned, run_of(run), answers, NOW.date()).pillars
        expected = expected or figures
        assert figures == expected
    result.refresh_from_db()
    assert (printed(result), result.outcome) == (before, outcome)
