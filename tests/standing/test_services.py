"""Answers given again on top of a result: what they change, what they never change, and what becomes of them.

tests/assessments/test_on_sqlite.py runs this file again on SQLite.
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Organisation, User
from assessments.bank.types import Edition
from assessments.editions.stored import edition_of
from assessments.models import AnsweredAs, AnswerKind, Assessment, NewestResult, Result, StandingAnswer
from assessments.queries import answers_of, latest_per_organisation, run_of, runs_of, scored_answers
from assessments.scoring.engine import score
from assessments.services.answers import Given, save_answer
from assessments.services.edition_upgrades import upgrade_edition
from assessments.services.editions import publish_edition, store_draft
from assessments.services.runs import restart_assessment
from assessments.standing.errors import StandingAnswerChanged
from assessments.standing.services import make_interim_result, save_standing_answer, undo_standing_answer
from assessments.standing_answers import newest_finished, standing_figure
from assessments.told_results import read_told_result
from tests.runs import NOW, answer_again, asked_questions, finish, finished_run, give

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(result: Result) -> Assessment:
    return result.assessment


def interim(run: Assessment, owner: User) -> Result:
    made = make_interim_result(basis=run, edition=edition_of(run.edition), by=owner, now=timezone.now())
    assert made is not None
    return made


def test_nothing_answered_again_is_the_result(run: Assessment, organisation: Organisation) -> None:
    figure = standing_figure(organisation)
    assert figure is not None
    assert figure.basis == run
    assert figure.before is figure.after
    assert figure.changes.none


def test_the_figure_moves_at_once_and_the_result_never(run: Assessment, owner: User) -> None:
    frozen = dict(run.result.outcome)
    asked = asked_questions(run)
    for each in asked:
        answer_again(run, each.id, 4, by=owner)
    figure = standing_figure(run.organisation)
    assert figure is not None
    assert figure.changes.better == len(asked)
    assert figure.before.counts is not None
    assert figure.changes.gaps_closed == figure.before.counts.urgent_gaps > 0
    assert [pillar.low.figure.label for pillar in figure.after.pillars if pillar.low] == [4] * 3
    assert Result.objects.get(assessment=run).outcome == frozen


def test_the_figure_is_scored_from_both_as_of_the_day_of_the_result(run: Assessment, owner: User) -> None:
    first, second = (each.id for each in asked_questions(run)[:2])
    answer_again(run, first, 3, by=owner)
    answer_again(run, second, 0, by=owner)
    rows = answers_of(run)
    rows[first].level, rows[second].level = 3, 0
    expected = score(edition_of(run.edition), run_of(run), scored_answers(rows.values()), NOW.date())
    figure = standing_figure(run.organisation)
    assert figure is not None
    assert figure.after == expected
    assert (figure.changes.better, figure.changes.worse) == (1, 1)


def test_the_same_answer_again_is_an_answer_of_today(run: Assessment, owner: User) -> None:
    first = asked_questions(run)[0].id
    before = answer_again(run, first, 1, by=owner, now=NOW + timedelta(days=100)).version
    again = answer_again(run, first, 1, by=owner, now=NOW + timedelta(days=200))
    assert (again.version, again.saved_at) == (before + 1, NOW + timedelta(days=200))


def test_an_older_page_overwrites_nothing(run: Assessment, owner: User) -> None:
    first = asked_questions(run)[0].id
    stored = answer_again(run, first, 3, by=owner)

    def send(level: int) -> StandingAnswer:
        given = Given(first, AnswerKind.LEVEL, level, "", "", "", seen_version=0)
        return save_standing_answer(
            basis=run, stored=stored, given=given, saved_by=owner, answered_as=AnsweredAs.BUSINESS, now=NOW
        )

    assert send(3).version == stored.version
    with pytest.raises(StandingAnswerChanged):
        send(4)
    assert StandingAnswer.objects.get().level == 3


def test_undoing_leads_back_to_the_answer_of_the_result(run: Assessment, owner: User) -> None:
    first = asked_questions(run)[0].id
    version = answer_again(run, first, 3, by=owner).version
    for _twice in range(2):
        undo_standing_answer(basis=run, question=first, seen_version=version)
    figure = standing_figure(run.organisation)
    assert figure is not None
    assert figure.changes.none


def test_an_answer_that_was_taken_back_and_given_again_is_another_one(run: Assessment, owner: User) -> None:
    """A page that shows the one before would overwrite it unseen if its number were the same."""
    first = asked_questions(run)[0].id
    numbers = set()
    for _again in range(5):
        version = answer_again(run, first, 3, by=owner).version
        numbers.add(version)
        undo_standing_answer(basis=run, question=first, seen_version=version)
    assert len(numbers) == 5


def test_what_is_due_follows_from_when_it_was_answered_last(run: Assessment, owner: User) -> None:
    figure = standing_figure(run.organisation)
    assert figure is not None
    due = figure.due(NOW.date() + timedelta(days=90))
    assert 0 < len(due) < len(asked_questions(run))
    assert all(each.gate for each in due)
    answer_again(run, due[0].question.id, 1, by=owner, now=NOW + timedelta(days=80))
    figure = standing_figure(run.organisation)
    assert figure is not None
    assert figure.due(NOW.date() + timedelta(days=90)) == due[1:]
    assert len(figure.due(NOW.date() + timedelta(days=365))) == len(asked_questions(run))


def test_an_interim_result_has_both_and_says_which_is_which(run: Assessment, owner: User) -> None:
    asked = asked_questions(run)
    answer_again(run, asked[0].id, 4, by=owner, note="Done")
    made = interim(run, owner)
    assessment = made.assessment
    assert (assessment.interim, assessment.previous, assessment.is_finished) == (True, run, True)
    answers = {row.question: row for row in assessment.answers.all()}
    assert (answers[asked[0].id].level, answers[asked[0].id].note) == (4, "Done")
    assert answers[asked[0].id].taken_over_from is None
    assert {row.taken_over_from for row in answers.values()} == {None, NOW}
    told = read_told_result(made.pk, edition_of(run.edition), sums=False)
    assert told.interim
    assert told.taken_over is not None
    assert (told.taken_over.taken_over, told.taken_over.confirmed) == (len(asked) - 1, 1)
    assert not read_told_result(run.result.pk, edition_of(run.edition), sums=False).interim


def test_it_is_the_newest_result_and_nothing_stands_on_it_yet(run: Assessment, owner: User) -> None:
    answer_again(run, asked_questions(run)[0].id, 4, by=owner)
    made = interim(run, owner)
    assert newest_finished(run.organisation) == made.assessment
    assert NewestResult.objects.get(organisation=run.organisation).summary.result == made
    assert not made.assessment.standing_answers.exists()
    nothing = make_interim_result(basis=made.assessment, edition=edition_of(run.edition), by=owner, now=timezone.now())
    assert nothing is None


def test_an_open_run_is_left_alone(run: Assessment, owner: User) -> None:
    opened = restart_assessment(finished=run, started_by=owner, now=NOW)
    before = list(opened.answers.order_by("pk").values())
    answer_again(run, asked_questions(run)[0].id, 4, by=owner)
    made = interim(run, owner)
    opened.refresh_from_db()
    assert not opened.is_finished
    assert list(opened.answers.order_by("pk").values()) == before
    assert restart_assessment(finished=made.assessment, started_by=owner, now=NOW) == opened
    assert [each.pk for each in latest_per_organisation([run.organisation_id])] == [opened.pk]
    assert [each.pk for each in runs_of(run.organisation)] == [opened.pk, made.assessment_id, run.pk]


def test_the_next_run_starts_from_what_holds_now(run: Assessment, owner: User) -> None:
    first = asked_questions(run)[0].id
    again = answer_again(run, first, 4, by=owner)
    opened = restart_assessment(finished=run, started_by=owner, now=timezone.now())
    row = opened.answers.get(question=first)
    assert (row.level, row.taken_over_from, row.saved_by) == (4, again.saved_at, owner)
    finish(opened)
    assert not opened.standing_answers.exists()


def test_what_was_given_again_after_the_run_began_stands_on_it_too(run: Assessment, owner: User) -> None:
    """Unless the run has a newer answer of its own."""
    first, second, third = (each.id for each in asked_questions(run)[:3])
    answer_again(run, third, 2, by=owner, now=NOW + timedelta(hours=1))
    opened = restart_assessment(finished=run, started_by=owner, now=NOW)
    answer_again(run, first, 4, by=owner, now=NOW + timedelta(days=1))
    answer_again(run, second, 4, by=owner, now=NOW - timedelta(days=1))
    give(opened, second, 0)
    finish(opened)
    assert {row.question: row.level for row in opened.standing_answers.all()} == {first: 4}


def test_a_note_beside_an_answer_that_was_taken_over_makes_it_no_newer(run: Assessment, owner: User) -> None:
    first = asked_questions(run)[0].id
    opened = restart_assessment(finished=run, started_by=owner, now=NOW)
    answer_again(run, first, 4, by=owner, now=NOW + timedelta(days=1))
    save_answer(
        assessment=opened,
        stored=opened.answers.get(question=first),
        given=Given(first, AnswerKind.OPEN, None, reason="", note="Ask Jo.", evidence="", seen_version=1),
        saved_by=owner,
        answered_as=AnsweredAs.BUSINESS,
        now=NOW + timedelta(days=2),
    )
    finish(opened)
    assert {row.question: row.level for row in opened.standing_answers.all()} == {first: 4}


def test_a_run_of_another_edition_carries_nothing(run: Assessment, owner: User, edition: Edition) -> None:
    other = store_draft(edition=replace(edition, id="other"))
    publish_edition(edition_row=other, now=NOW)
    opened = restart_assessment(finished=run, started_by=owner, now=NOW)
    upgrade_edition(assessment=opened, new=other, by=owner, now=NOW)
    answer_again(run, asked_questions(run)[0].id, 4, by=owner)
    finish(opened)
    assert not opened.standing_answers.exists()


def test_the_database_moves_none_to_another_result(run: Assessment, owner: User) -> None:
    again = answer_again(run, asked_questions(run)[0].id, 2, by=owner)
    elsewhere = finished_run().assessment
    with pytest.raises(IntegrityError, match="stays with its result"), transaction.atomic():
        StandingAnswer.objects.filter(pk=again.pk).update(assessment=elsewhere)


def test_the_database_refuses_one_before_there_is_a_result_and_two_to_a_question(run: Assessment, owner: User) -> None:
    first = asked_questions(run)[0].id
    answer_again(run, first, 2, by=owner)
    values = {"question": first, "kind": "level", "level": 1, "saved_by": owner, "saved_at": NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        StandingAnswer.objects.create(assessment=run, answered_as="business", **values)
    opened = restart_assessment(finished=run, started_by=owner, now=NOW)
    with pytest.raises(IntegrityError, match="only after a result"), transaction.atomic():
        StandingAnswer.objects.create(assessment=opened, answered_as="business", **values)


def test_the_database_lets_no_result_become_interim(run: Assessment) -> None:
    with pytest.raises(IntegrityError, match="an interim result stays one"), transaction.atomic():
        Assessment.objects.filter(pk=run.pk).update(interim=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.create(
            organisation=run.organisation, edition=run.edition, started_by=run.started_by, interim=True
        )
