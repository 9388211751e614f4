from collections.abc import Iterator
from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BATCH = 100
# In tenths: as scoring calls it a change.
MIN_TENTHS = 3


def compare_with_the_result_before(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Only results of the same edition, depth and tags: there it is a matter of the stored values alone."""
    NewestResult = apps.get_model("assessments", "NewestResult")
    organisation: object = None
    before: dict[str, Any] | None = None
    for summary in _oldest_first(apps):
        result = summary.result
        here = {"run": _run(result.assessment), **_state(result.outcome)}
        if before and organisation == result.assessment.organisation_id and before["run"] == here["run"]:
            _write(summary, before, here)
        organisation, before = result.assessment.organisation_id, here
    fell = NewestResult.objects.filter(summary__fell=True)
    fell.update(fell=True)


def _oldest_first(apps: Apps) -> Iterator[Any]:
    rows = apps.get_model("assessments", "ResultSummary").objects.select_related("result__assessment")
    by_organisation = ("result__assessment__organisation", "result__finished_at", "pk")
    return rows.defer("result__answers").order_by(*by_organisation).iterator(BATCH)


def _run(assessment: Any) -> tuple[object, ...]:
    return assessment.edition_id, assessment.depth, sorted(assessment.tags), sorted(assessment.provisional)


def _state(outcome: dict[str, Any]) -> dict[str, Any]:
    traces = [trace for domain in outcome["domains"] for trace in domain["traces"]]
    found = (*outcome["must_fix"], *outcome.get("on_the_day", ()))
    pillars = [each for each in outcome["pillars"] if each["low"] and not each.get("first_indication")]
    return {
        "lows": {trace["question"]: trace["low"] for trace in traces if trace["low"] is not None},
        "known": {trace["question"] for trace in traces if trace["low"] == trace["high"]},
        "gaps": {item["question"] for item in found if item["gate"] and not item.get("provisional")},
        "figures": {each["code"]: each["low"]["figure"] for each in pillars},
    }


def _write(summary: Any, before: dict[str, Any], after: dict[str, Any]) -> None:
    if before["lows"].keys() != after["lows"].keys():
        return
    moves = [after["lows"][name] - low for name, low in before["lows"].items()]
    new = after["gaps"] - before["gaps"]
    both = before["figures"].keys() & after["figures"].keys()
    summary.better, summary.worse = sum(move > 0 for move in moves), sum(move < 0 for move in moves)
    gone = (before["gaps"] - after["gaps"]) & after["known"]
    summary.gaps_closed = sum(after["lows"][name] > before["lows"][name] for name in gone)
    summary.gaps_new = len(new)
    summary.fell = any(after["lows"][name] < before["lows"][name] for name in new & before["known"]) or any(
        _is_lower(before["figures"][code], after["figures"][code]) for code in both
    )
    summary.save()


def _is_lower(before: dict[str, int], after: dict[str, int]) -> bool:
    if before["label"] != after["label"]:
        return after["label"] < before["label"]
    return before["tenths"] - after["tenths"] >= MIN_TENTHS


class Migration(migrations.Migration):
    dependencies = [("assessments", "0021_bank_slug_stays")]

    operations = [
        *(
            migrations.AddField(
                model_name="resultsummary",
                name=name,
                field=models.PositiveSmallIntegerField(blank=True, null=True),
            )
            for name in ("better", "worse", "gaps_closed", "gaps_new")
        ),
        migrations.AddField(model_name="resultsummary", name="fell", field=models.BooleanField(default=False)),
        migrations.AddField(model_name="newestresult", name="fell", field=models.BooleanField(default=False)),
        migrations.AddConstraint(
            model_name="resultsummary",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("better", None), ("fell", False), ("gaps_closed", None), ("gaps_new", None), ("worse", None)
                )
                | models.Q(
                    ("better__isnull", False),
                    ("gaps_closed__isnull", False),
                    ("gaps_new__isnull", False),
                    ("worse__isnull", False),
                ),
                name="summary_since_whole_or_not_at_all",
                violation_error_message="What changed since the result before is told whole or not at all.",
            ),
        ),
        migrations.RunPython(compare_with_the_result_before, migrations.RunPython.noop),
    ]
