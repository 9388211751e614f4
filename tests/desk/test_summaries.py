"""The headline kept with a result says what the result says."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from assessments.editions.stored import edition_of
from assessments.models import EditionRow, Result, ResultSummary
from assessments.queries import load_scored_result
from assessments.results.summaries import ranges_of
from assessments.scoring.types import Figure
from tests.runs import answered_run, asked_questions, finish, give

pytestmark = pytest.mark.django_db


@pytest.fixture
def uncertain(edition_row: EditionRow) -> Result:
    """Closed gates, and some answers unknown, so that low and high differ."""
    run = answered_run(levels=0)
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
    assert summary.closed_gates == len([each for each in outcome.must_fix if each.gate]) > 0


def test_a_result_in_which_nothing_counts_has_no_level(edition_row: EditionRow) -> None:
    run = answered_run(levels={})
    finish(run)
    summary = ResultSummary.objects.get()
    assert (summary.lowest, summary.closed_gates) == (0, 0)


def test_older_results_get_the_same(uncertain: Result) -> None:
    written = ResultSummary.objects.values("figures", "lowest", "closed_gates").get()
    ResultSummary.objects.all().delete()
    migration = import_module("assessments.migrations.0007_consultants_desk")
    with connection.schema_editor(atomic=False) as schema_editor:
        migration.summarise(apps, schema_editor)
    assert ResultSummary.objects.values("figures", "lowest", "closed_gates").get() == written
