from django.db import migrations

from assessments.migrations._never_emptied import guard, release


class Migration(migrations.Migration):
    dependencies = [("assessments", "0005_assignments_comments_reviews")]

    operations = [migrations.RunPython(guard, release)]
