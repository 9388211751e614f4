from django.db import migrations

from assessments.migrations._guards import create_guards, drop_guards


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_editions_runs_results")]
    operations = [migrations.RunPython(create_guards, drop_guards)]
