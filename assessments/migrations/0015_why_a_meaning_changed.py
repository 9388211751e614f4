from django.db import migrations, models

from assessments.migrations._guards import Guard, _part_guards, create, drop


def part_guards(vendor: str) -> list[Guard]:
    return _part_guards()


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0014_steps_findings_and_laws"),
    ]

    # SQLite makes the table anew, and its triggers would be lost.
    operations = [
        migrations.RunPython(drop(part_guards), create(part_guards)),
        migrations.AddField(
            model_name="questionrow",
            name="meaning_reason",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.RunPython(create(part_guards), drop(part_guards)),
    ]
