from django.db import migrations, models

FORMATS = [("pdf", "PDF"), ("docx", "Word"), ("xlsx", "Excel"), ("csv", "CSV"), ("json", "JSON")]


def only_pdf_is_left(apps, schema_editor):
    """The other formats did not exist; the results stay, and with them all that those reports said."""
    apps.get_model("reports", "Report").objects.exclude(format="pdf").delete()


class Migration(migrations.Migration):
    """Reports in Word, Excel, CSV and JSON."""

    dependencies = [("reports", "0009_share_links")]

    operations = [
        migrations.RemoveConstraint(model_name="report", name="report_format_known"),
        migrations.AlterField(
            model_name="report", name="format", field=models.CharField(choices=FORMATS, default="pdf", max_length=10)
        ),
        migrations.RunPython(migrations.RunPython.noop, only_pdf_is_left),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("format__in", [code for code, _ in FORMATS])),
                name="report_format_known",
                violation_error_message="There is no such format.",
            ),
        ),
    ]
