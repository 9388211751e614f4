from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def begin_for_who_finished(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Whoever finished an assessment before this release is told as well, until they stop it."""
    people = apps.get_model("assessments", "Result").objects.filter(finished_by__erased_at=None).order_by()
    known = apps.get_model("assessments", "ReminderChoice").objects
    for person in people.values_list("finished_by", flat=True).distinct():
        known.get_or_create(person_id=person)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0024_taken_over")]

    operations = [
        migrations.AddField(
            model_name="reminderchoice",
            name="asked_again_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(begin_for_who_finished, migrations.RunPython.noop),
    ]
