import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BATCH = 500


def point_out_the_newest(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Organisations that finished something before get their row."""
    ResultSummary = apps.get_model("assessments", "ResultSummary")
    NewestResult = apps.get_model("assessments", "NewestResult")
    run = "result__assessment"
    oldest_first = ResultSummary.objects.order_by(f"{run}__finished_at", f"{run}__started_at", "pk")
    rows = oldest_first.values_list(f"{run}__organisation", "pk", "lowest", "closed_gates", f"{run}__finished_at")
    newest = {organisation: rest for organisation, *rest in rows.iterator(BATCH)}
    NewestResult.objects.bulk_create(
        (
            NewestResult(
                organisation_id=organisation,
                summary_id=summary,
                lowest=lowest,
                closed_gates=closed_gates,
                finished_at=finished_at,
            )
            for organisation, (summary, lowest, closed_gates, finished_at) in newest.items()
        ),
        batch_size=BATCH,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_ip_addresses_and_mfa"),
        ("assessments", "0010_gate_kinds_in_the_words_of_the_bank"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(fields=["assessment", "-saved_at"], name="answer_last_saved"),
        ),
        migrations.CreateModel(
            name="NewestResult",
            fields=[
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="newest_result",
                        serialize=False,
                        to="accounts.organisation",
                    ),
                ),
                (
                    "summary",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="assessments.resultsummary",
                    ),
                ),
                ("lowest", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("closed_gates", models.PositiveSmallIntegerField()),
                ("finished_at", models.DateTimeField()),
            ],
            options={"verbose_name": "newest result", "verbose_name_plural": "newest results"},
        ),
        migrations.RunPython(point_out_the_newest, migrations.RunPython.noop),
    ]
