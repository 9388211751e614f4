"""The headline kept with a result says what the result says."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from accounts.audit import Actor
from assessments.bank.types import Depth
from assessments.editions.stored import edition_of
from assessments.models import Assessment, EditionRow, NewestResult, Result, ResultSummary
from assessments.queries import load_scored_result
from assessments.results.summaries import ranges_of
from assessments.scoring.types import Figure
from assessments.services.deletion import delete_finished
from tests.runs import NOW, answered_run, asked_questions, finish, give
from tests.since.running import finished_again

pytestmark = pytest.mark.django_db


@pytest.fixture
def uncertain(edition_row: EditionRow) -> Result:
    """Closed gates, and some answers unknown, so that low and high differ."""
    run = answered_run(levels=0, depth=Depth.STANDARD)
    for question in asked_questions(run)[::3]:
        give(run, question.id, kind="unknown")
    return finish(run)


def test_it_holds_the_results_own_figures(uncertain: Result) -> None:
    outcome = load_scored_result(edition_of(uncertain.assessment.edition), uncertain)
    summary = ResultSummary.objects.get(result=uncertain)
    expected = {each.code: (each.low.figure, each.high.figure) for each in outcome.pillars if each.low and each.high}
    assert ranges_of(summary) == expected
    assert summary.lowest is not None
    assert Figure(summary.lowest // 10, summary.lowest % 10) == min(low for low, _high in expected.values())
    assert outcome.counts
    assert summary.closed_gates == outcome.counts.urgent_gaps > 0


def test_a_first_indication_has_no_figure_in_it(edition_row: EditionRow) -> None:
    result = finish(answered_run(levels=2))
    outcome = load_scored_result(edition_of(result.assessment.edition), result)
    first = {pillar.code for pillar in outcome.pillars if pillar.first_indication}
    assert first
    assert not first & ranges_of(ResultSummary.objects.get()).keys()


def test_a_result_in_which_nothing_counts_has_no_level(edition_row: EditionRow) -> None:
    run = answered_run(levels={})
    finish(run)
    summary = ResultSummary.objects.get()
    assert (summary.lowest, summary.closed_gates) == (0, 0)


def test_older_results_get_the_same(uncertain: Result) -> None:
    """Gates about harm were among those to be fixed when these results were stored."""
    stored = uncertain.outcome
    ResultSummary.objects.update(closed_gates=sum(each["gate"] is not None for each in stored["must_fix"]))
    written = ResultSummary.objects.values("figures", "lowest", "closed_gates").get()
    ResultSummary.objects.all().delete()
    migration = import_module("assessments.migrations.0007_consultants_desk")
    migration.summarise(apps, connection.schema_editor())
    assert ResultSummary.objects.values("figures", "lowest", "closed_gates").get() == written


def test_the_newest_result_of_each_organisation_is_pointed_out(edition_row: EditionRow) -> None:
    first = finish(answered_run(levels=0))
    client = first.assessment.organisation
    other = finish(answered_run(levels=3))
    newest = finish(answered_run(client, levels=4))
    found = {row.organisation_id: row for row in NewestResult.objects.select_related("summary")}
    assert {key: row.summary.result_id for key, row in found.items()} == {
        client.pk: newest.pk,
        other.assessment.organisation_id: other.pk,
    }
    row = found[client.pk]
    assert (row.lowest, row.closed_gates, row.finished_at) == (row.summary.lowest, 0, newest.assessment.finished_at)


def test_organisations_that_finished_before_get_theirs(edition_row: EditionRow) -> None:
    first = finish(answered_run(levels=0))
    Assessment.objects.filter(pk=first.assessment_id).update(started_at=NOW - timedelta(days=400))
    finish(answered_run(first.assessment.organisation, levels=4))
    finish(answered_run(levels=2))
    columns = ("organisation", "summary", "lowest", "closed_gates", "finished_at")
    written = set(NewestResult.objects.values_list(*columns))
    NewestResult.objects.all().delete()
    migration = import_module("assessments.migrations.0011_newest_results_and_last_saved")
    migration.point_out_the_newest(apps, connection.schema_editor())
    assert set(NewestResult.objects.values_list(*columns)) == written
    assert len(written) == 2


SINCE = ("better", "worse", "gaps_closed", "gaps_new", "fell")


def since(result: Result) -> tuple[object, ...]:
    return tuple(ResultSummary.objects.values_list(*SINCE).get(result=result))


def test_a_first_result_has_nothing_to_be_compared_with(edition_row: EditionRow) -> None:
    assert since(finish(answered_run(levels=1))) == (None, None, None, None, False)


def test_it_says_what_changed_since_the_result_before(edition_row: EditionRow) -> None:
    first = finish(answered_run(levels=1, depth=Depth.STANDARD))
    better = finished_again(first, 30, ACCESS_02=3, STORE_01=2)
    worse = finished_again(better, 60, ACCESS_02=0, GOV_01=None)
    assert since(better) == (2, 0, 1, 0, False)
    assert since(worse) == (0, 2, 0, 1, True)
    assert NewestResult.objects.get().fell


def test_when_the_result_before_is_deleted_it_is_the_one_before_that(edition_row: EditionRow) -> None:
    first = finish(answered_run(levels=1, depth=Depth.STANDARD))
    second = finished_again(first, 30, ACCESS_02=3)
    third = finished_again(second, 60, ACCESS_02=0)
    delete_finished(assessment=second.assessment, by=Actor(first.finished_by))
    assert since(third)[:2] == (0, 1)
    delete_finished(assessment=first.assessment, by=Actor(first.finished_by))
    assert since(third) == (None, None, None, None, False)
    assert not NewestResult.objects.get().fell


def test_older_results_are_compared_from_what_was_stored(edition_row: EditionRow) -> None:
    first = finish(answered_run(levels=1, depth=Depth.STANDARD))
    second = finished_again(first, 30, ACCESS_02=3, STORE_01=2)
    third = finished_again(second, 60, ACCESS_02=0, GOV_01=None)
    written = [since(each) for each in (first, second, third)]
    ResultSummary.objects.update(**dict.fromkeys(SINCE[:4]), fell=False)
    NewestResult.objects.update(fell=False)
    migration = import_module("assessments.migrations.0022_what_changed_since_last_time")
    migration.compare_with_the_result_before(apps, connection.schema_editor())
    assert [since(each) for each in (first, second, third)] == written
    assert NewestResult.objects.get().fell
