from django.db import migrations

from assessments.migrations._bank_slugs import slug_guards
from assessments.migrations._guards import create, drop


class Migration(migrations.Migration):
    dependencies = [("assessments", "0020_who_gave_an_answer")]

    operations = [migrations.RunPython(create(slug_guards), drop(slug_guards))]
