import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery

IMMEDIATE, DEFERRED = "SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED"


def keep_dates(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The date of the newest engagement counts: of the active one, if there is one."""
    notes = apps.get_model("accounts", "ClientNotes")
    found: dict[tuple[object, object], object] = {}
    engagements = apps.get_model("accounts", "Engagement").objects.exclude(next_review_on=None)
    for consultancy, client, day in engagements.order_by("pk").values_list("consultancy", "client", "next_review_on"):
        found[consultancy, client] = day
    notes.objects.bulk_create(
        (
            notes(consultancy_id=consultancy, client_id=client, next_review_on=day)
            for (consultancy, client), day in found.items()
        ),
        batch_size=500,
    )
    _check_now(schema_editor)


def give_dates_back(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    own = apps.get_model("accounts", "ClientNotes").objects.filter(
        consultancy=OuterRef("consultancy"), client=OuterRef("client")
    )
    engagements = apps.get_model("accounts", "Engagement").objects.filter(ended_at=None)
    engagements.update(next_review_on=Subquery(own.values("next_review_on")[:1]))
    _check_now(schema_editor)


def keep_names(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What a former client is called now is the best that is known of what it was called."""
    named = apps.get_model("accounts", "Organisation").objects.filter(pk=OuterRef("client"))
    ended = apps.get_model("accounts", "Engagement").objects.exclude(ended_at=None)
    ended.update(client_name=Subquery(named.values("name")[:1]))
    _check_now(schema_editor)


def give_back_what_nobody_reaches(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Clients without an owner whose consultancy stopped: it gets its access back, to hand over or to delete them."""
    engagements = apps.get_model("accounts", "Engagement").objects
    lost = apps.get_model("accounts", "Organisation").objects.exclude(set_up_by=None).filter(memberships=None)
    lost = lost.exclude(engagements_as_client__in=engagements.filter(ended_at=None))
    for client, consultancy in lost.values_list("pk", "set_up_by"):
        last = engagements.filter(client=client, consultancy=consultancy).order_by("-pk").first()
        if last is not None:
            engagements.filter(pk=last.pk).update(ended_at=None, ended_by=None)
    _check_now(schema_editor)


def _check_now(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """PostgreSQL changes no table whose new rows are still to be checked."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(IMMEDIATE)
        schema_editor.execute(DEFERRED)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0015_what_the_operator_writes_down")]

    operations = [
        migrations.CreateModel(
            name="ClientNotes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("next_review_on", models.DateField(blank=True, null=True, verbose_name="next review")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes_of_consultancies",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "consultancy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes_about_clients",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "notes about a client",
                "verbose_name_plural": "notes about clients",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("consultancy", "client"),
                        name="client_notes_once",
                        violation_error_message="This consultancy already has notes about this client.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("consultancy", models.F("client")), _negated=True),
                        name="client_notes_not_itself",
                        violation_error_message="An organisation is not its own client.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="engagement",
            name="client_name",
            field=models.CharField(
                blank=True, default="", editable=False, max_length=120, verbose_name="client’s name at the end"
            ),
        ),
        migrations.RunPython(give_back_what_nobody_reaches, migrations.RunPython.noop),
        migrations.RunPython(keep_names, migrations.RunPython.noop),
        migrations.RunPython(keep_dates, give_dates_back),
        migrations.RemoveField(model_name="engagement", name="next_review_on"),
    ]
