from django.db import migrations, models


class Migration(migrations.Migration):
    """Files that are there already are found by nobody who asks again, and go within days."""

    dependencies = [("reports", "0010_report_formats")]

    operations = [
        migrations.AddField(
            model_name="bundle",
            name="selection",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
            preserve_default=False,
        )
    ]
