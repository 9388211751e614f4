"""Which names an erasure takes out of what others wrote: those that were known for some time. Decision 26."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from accounts.migrations._forgetting_signed import find_as_before, find_signatures


def begin_periods(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """When somebody took a name was written down nowhere: whoever ever changed theirs has the present one from now."""
    period, now = apps.get_model("accounts", "NamePeriod"), timezone.now()
    for person in apps.get_model("accounts", "User").objects.exclude(former_names=[]).order_by("pk").iterator():
        if any("@" not in text for text in person.former_names):
            period.objects.create(person=person, name=person.name, since=now)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0024_events_of_share_links")]

    operations = [
        migrations.CreateModel(
            name="NamePeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("since", models.DateTimeField(verbose_name="since")),
                ("until", models.DateTimeField(null=True, verbose_name="until")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="name_periods",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "period of a name",
                "verbose_name_plural": "periods of names",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(until=None),
                        fields=("person",),
                        name="name_period_open_once",
                        violation_error_message="A person has one name at a time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(until=None) | models.Q(until__gt=models.F("since")),
                        name="name_period_ends_later",
                        violation_error_message="A name cannot end before it began.",
                    ),
                ],
            },
        ),
        migrations.RunPython(begin_periods, migrations.RunPython.noop),
        migrations.RunPython(find_signatures, find_as_before),
    ]
