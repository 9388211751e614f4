from django.db import migrations, models
from django.db.models import Q, UniqueConstraint

FORM = ("result", "kind", "format", "language", "template_version", "taken_digest")
ALREADY_THERE = "A report of this result in this form already exists."


class Migration(migrations.Migration):
    """A report says who does which step, as it was when somebody asked for it."""

    dependencies = [("reports", "0007_lost_leases")]

    operations = [
        migrations.RemoveConstraint(model_name="report", name="one_report_per_result_and_form"),
        migrations.RemoveConstraint(model_name="report", name="one_report_per_result_form_and_brand"),
        migrations.AddField(
            model_name="report", name="taken_digest", field=models.CharField(blank=True, max_length=16)
        ),
        migrations.AddField(model_name="report", name="taken_on", field=models.JSONField(blank=True, default=list)),
        migrations.AddConstraint(
            model_name="report",
            constraint=UniqueConstraint(
                condition=Q(("brand__isnull", True)),
                fields=FORM,
                name="one_report_per_result_and_form",
                violation_error_message=ALREADY_THERE,
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=UniqueConstraint(
                condition=Q(("brand__isnull", False)),
                fields=(*FORM, "brand"),
                name="one_report_per_result_form_and_brand",
                violation_error_message=ALREADY_THERE,
            ),
        ),
    ]
