"""The headline kept with a result says what the result says."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from assessments.bank.types import Depth
from assessments.editions.stored import edition_of
from assessments.models import Assessment, EditionRow, NewestResult, Result, ResultSummary
from assessments.queries import load_scored_result
from assessments.results.summaries import ranges_of
from assessments.scoring.types import Figure
from tests.runs import NOW, answered_run, asked_questions, finish, give

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
