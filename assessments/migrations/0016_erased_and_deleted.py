from django.db import migrations

from assessments.migrations._erasable import allow, forbid


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0015_why_a_meaning_changed"),
        ("accounts", "0012_people_who_are_erased"),
    ]

    operations = [migrations.RunPython(allow, forbid)]
