from django.db import migrations

from assessments.migrations._guards import create, drop, replace_guards


class Migration(migrations.Migration):
    dependencies = [("assessments", "0007_consultants_desk")]

    operations = [migrations.RunPython(create(replace_guards), drop(replace_guards))]
