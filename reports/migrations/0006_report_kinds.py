from django.db import migrations, models

KINDS = [
    ("owner", "Owner’s report"),
    ("workings", "Workings"),
    ("statement", "Statement"),
    ("plan", "Plan"),
    ("since", "What has changed"),
    ("evidence", "List of evidence"),
]


def full_reports_are_workings(apps, schema_editor):
    apps.get_model("reports", "Report").objects.filter(kind="full").update(kind="workings")


def workings_are_full_reports(apps, schema_editor):
    """The other kinds did not exist; the results stay, and with them all that those reports said."""
    reports = apps.get_model("reports", "Report").objects
    reports.exclude(kind="workings").delete()
    reports.update(kind="full")


class Migration(migrations.Migration):
    """There are kinds of report; what was the full report is the workings."""

    dependencies = [("reports", "0005_what_is_inside")]

    operations = [
        migrations.RemoveConstraint(model_name="report", name="report_kind_known"),
        migrations.AlterField(
            model_name="report", name="kind", field=models.CharField(choices=KINDS, default="owner", max_length=10)
        ),
        migrations.RunPython(full_reports_are_workings, workings_are_full_reports),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", [code for code, _ in KINDS])),
                name="report_kind_known",
                violation_error_message="There is no such kind of report.",
            ),
        ),
    ]
