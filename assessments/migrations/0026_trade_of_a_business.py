from django.db import migrations, models


class Migration(migrations.Migration):
    """Nullable, so SQLite adds the column in place and the guards of the table stay."""

    dependencies = [("assessments", "0025_asked_again_by_mail")]

    operations = [
        migrations.AddField(
            model_name="assessment",
            name="preset",
            field=models.CharField(blank=True, max_length=60, null=True),
        ),
    ]
