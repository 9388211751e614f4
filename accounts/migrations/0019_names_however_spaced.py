from django.db import migrations

from accounts.migrations._forgetting_spaced import find_as_before, find_spaced


class Migration(migrations.Migration):
    dependencies = [("accounts", "0018_own_terms")]

    operations = [migrations.RunPython(find_spaced, find_as_before)]
