from collections.abc import Callable

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q

from assessments.migrations._guards import create, drop, finished_guards, submitted_guards


def rename_values(state: tuple[str, str], choice: tuple[str, str]) -> Callable[[Apps, BaseDatabaseSchemaEditor], None]:
    """Each pair is the stored value before and after; for the way back they are swapped."""

    def run(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        apps.get_model("assessments", "Assessment").objects.filter(state=state[0]).update(state=state[1])
        decisions = apps.get_model("assessments", "EditionUpgradeDecision").objects
        decisions.filter(choice=choice[0]).update(choice=choice[1])

    return run


class Migration(migrations.Migration):
    dependencies = [("assessments", "0008_nothing_fixed_is_replaced")]

    operations = [
        # SQLite rebuilds a table whose constraints change and loses its triggers; the guards also name these columns.
        migrations.RunPython(drop(submitted_guards), create(submitted_guards)),
        migrations.RenameModel("EditionChoice", "EditionUpgradeDecision"),
        migrations.RemoveConstraint("EditionUpgradeDecision", "edition_choice_known"),
        migrations.RemoveConstraint("Assessment", "assessment_state_known"),
        migrations.RemoveConstraint("Assessment", "assessment_submitted_has_time"),
        migrations.RemoveConstraint("Assessment", "one_open_assessment_per_organisation"),
        migrations.RenameField("Assessment", "submitted_at", "finished_at"),
        migrations.RenameField("Result", "frozen_at", "finished_at"),
        migrations.RenameField("Result", "frozen_by", "finished_by"),
        migrations.AlterModelOptions("Result", {"ordering": ["-finished_at"], "verbose_name": "result"}),
        migrations.RunPython(
            rename_values(("submitted", "finished"), ("moved", "upgraded")),
            rename_values(("finished", "submitted"), ("upgraded", "moved")),
        ),
        migrations.AlterField(
            "Assessment",
            "state",
            models.CharField(
                choices=[("scoping", "Scope"), ("answering", "In progress"), ("finished", "Finished")],
                default="scoping",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            "EditionUpgradeDecision",
            "assessment",
            models.ForeignKey(on_delete=models.CASCADE, related_name="upgrade_decisions", to="assessments.assessment"),
        ),
        migrations.AlterField(
            "EditionUpgradeDecision",
            "choice",
            models.CharField(
                choices=[("upgraded", "Upgraded to the new edition"), ("stayed", "Stayed with the old edition")],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            "AnswerReview",
            "verdict",
            models.CharField(choices=[("agrees", "Agreed"), ("questions", "Disputed")], max_length=10),
        ),
        migrations.AddConstraint(
            "Assessment",
            models.CheckConstraint(
                name="assessment_state_known", condition=Q(state__in=["scoping", "answering", "finished"])
            ),
        ),
        migrations.AddConstraint(
            "Assessment",
            models.CheckConstraint(
                name="assessment_finished_has_time",
                condition=Q(state="finished", finished_at__isnull=False)
                | (~Q(state="finished") & Q(finished_at__isnull=True)),
                violation_error_message="A finished assessment has a time, an open one has none.",
            ),
        ),
        migrations.AddConstraint(
            "Assessment",
            models.UniqueConstraint(
                name="one_open_assessment_per_organisation",
                fields=["organisation"],
                condition=~Q(state="finished"),
                violation_error_message="There is already an open assessment.",
            ),
        ),
        migrations.AddConstraint(
            "EditionUpgradeDecision",
            models.CheckConstraint(name="edition_choice_known", condition=Q(choice__in=["upgraded", "stayed"])),
        ),
        migrations.RunPython(create(finished_guards), drop(finished_guards)),
    ]
