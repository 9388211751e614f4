from django.db import migrations, models

from assessments.migrations._erasable import allow, forbid
from assessments.migrations._guards import create, drop, finished_guards


class Migration(migrations.Migration):
    """The guards of the table name its columns: they stand aside meanwhile, on the way back as well."""

    dependencies = [("assessments", "0025_asked_again_by_mail")]

    operations = [
        migrations.RunPython(forbid, allow),
        migrations.RunPython(drop(finished_guards), create(finished_guards)),
        migrations.AddField(
            model_name="assessment",
            name="preset",
            field=models.CharField(blank=True, max_length=60, null=True),
        ),
        migrations.RunPython(create(finished_guards), drop(finished_guards)),
        migrations.RunPython(allow, forbid),
    ]
