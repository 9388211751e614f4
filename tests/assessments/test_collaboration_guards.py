"""Who answers what, comments and reviews stay as they were when the run was finished: tried on the database itself.

test_on_sqlite.py runs this file again on SQLite.
"""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.people_data.deleting import deleting
from assessments.models import AnswerReview, Assessment, Assignment, Comment
from tests.collaboration import assigned, colleague, commented, consultant, reviewed
from tests.runs import NOW, finish, give

pytestmark = pytest.mark.django_db

FINISHED = "what was said about it cannot be changed"
CHANGES: list[tuple[Any, dict[str, Any]]] = [
    (Assignment, {"domain": "GOV"}),
    (Comment, {"text": "Another"}),
    (Comment, {"in_report": True}),
    (AnswerReview, {"verdict": "agrees"}),
    (AnswerReview, {"note": "Another"}),
]


@pytest.fixture
def run(run: Assessment) -> Assessment:
    give(run, "ACCESS-02", 3)
    assigned(run, colleague(run))
    commented(run)
    reviewed(run, consultant(run), note="Really?")
    return run


@pytest.mark.parametrize(("model", "change"), CHANGES)
def test_an_open_run_can_be_talked_about(run: Assessment, model: Any, change: dict[str, Any]) -> None:
    assert model.objects.filter(assessment=run).update(**change) == 1


@pytest.mark.parametrize(("model", "change"), CHANGES)
def test_a_finished_run_keeps_what_was_said(run: Assessment, model: Any, change: dict[str, Any]) -> None:
    finish(run)
    with pytest.raises(IntegrityError, match=FINISHED), transaction.atomic():
        model.objects.filter(assessment=run).update(**change)


@pytest.mark.parametrize("model", [Assignment, Comment, AnswerReview])
def test_nothing_is_added_to_a_finished_run(run: Assessment, model: Any) -> None:
    finish(run)
    row = model.objects.get(assessment=run)
    row.pk, row._state.adding = None, True
    if isinstance(row, Assignment):
        row.domain = "GOV"
    with pytest.raises(IntegrityError, match=FINISHED), transaction.atomic():
        row.save()


def test_nothing_is_resolved_in_a_finished_run(run: Assessment) -> None:
    finish(run)
    with pytest.raises(IntegrityError, match=FINISHED), transaction.atomic():
        Comment.objects.filter(assessment=run).update(resolved_at=NOW, resolved_by=run.started_by)


def test_all_of_it_goes_with_the_run(run: Assessment) -> None:
    run.delete()
    assert not any(model.objects.exists() for model in (Assignment, Comment, AnswerReview))


def test_and_with_the_organisation_of_a_finished_one(run: Assessment) -> None:
    finish(run)
    with deleting(run.organisation.pk):
        run.organisation.delete()
    assert not any(model.objects.exists() for model in (Assignment, Comment, AnswerReview))
