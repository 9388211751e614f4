from django.db import migrations

from assessments.migrations._guards import create, drop, first_guards


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_editions_runs_results")]
    operations = [migrations.RunPython(create(first_guards), drop(first_guards))]
