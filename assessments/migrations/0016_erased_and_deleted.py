from django.db import migrations

from assessments.migrations._erasable import allow, forbid


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0014_steps_findings_and_laws"),
        ("accounts", "0012_people_who_are_erased"),
    ]

    operations = [migrations.RunPython(allow, forbid)]
