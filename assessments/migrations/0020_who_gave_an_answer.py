import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Exists, OuterRef, Subquery

from assessments.migrations._erasable import allow, forbid
from assessments.migrations._guards import create, drop, finished_guards
from assessments.migrations._own_answers import own_answer_guards


def tell_from_who_belongs_where(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """As far as it can still be told: who is a member answered for the business, who was let in for the consultancy.

    Who is neither any more stays without.
    """
    answers = apps.get_model("assessments", "Answer").objects.filter(answered_as="")
    member = apps.get_model("accounts", "Membership").objects.filter(
        user=OuterRef("saved_by"), organisation=OuterRef("assessment__organisation")
    )
    let_in = apps.get_model("accounts", "Engagement").objects.filter(
        consultancy__memberships__user=OuterRef("saved_by"), client=OuterRef("assessment__organisation")
    )
    answers.filter(Exists(member.filter(role__in=("owner", "editor")))).update(answered_as="business")
    answers.filter(Exists(let_in)).update(answered_as="consultancy")
    answers.filter(Exists(member)).update(answered_as="business")


def delete_agreements_with_oneself(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """In open runs: they would go into the result, and say nothing. What is finished stays as it is."""
    own = apps.get_model("assessments", "Answer").objects.filter(
        assessment=OuterRef("assessment"),
        question=OuterRef("question"),
        version=OuterRef("answer_version"),
        saved_by=OuterRef("by"),
    )
    reviews = apps.get_model("assessments", "AnswerReview").objects.filter(verdict="agrees")
    reviews.exclude(assessment__state="finished").filter(Exists(own)).delete()


def hang_tags_on_notes(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Those of the newest engagement that has any: of the active one, if there is one."""
    tags, notes = apps.get_model("assessments", "ClientTag"), apps.get_model("accounts", "ClientNotes")
    newest: dict[tuple[object, object], int] = {}
    tagged = tags.objects.order_by("engagement").values_list(
        "engagement", "engagement__consultancy", "engagement__client"
    )
    for engagement, consultancy, client in tagged:
        newest[consultancy, client] = engagement
    tags.objects.exclude(engagement__in=newest.values()).delete()
    for (consultancy, client), engagement in newest.items():
        own, _made = notes.objects.get_or_create(consultancy_id=consultancy, client_id=client)
        tags.objects.filter(engagement=engagement).update(notes=own)
    _check_now(schema_editor)


def hang_tags_on_engagements(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Of clients without access now, engagements have none."""
    tags = apps.get_model("assessments", "ClientTag")
    active = apps.get_model("accounts", "Engagement").objects.filter(
        consultancy=OuterRef("notes__consultancy"), client=OuterRef("notes__client"), ended_at=None
    )
    tags.objects.exclude(Exists(active)).delete()
    tags.objects.update(
        engagement=Subquery(
            apps.get_model("accounts", "Engagement")
            .objects.filter(
                consultancy__notes_about_clients=OuterRef("notes"),
                client__notes_of_consultancies=OuterRef("notes"),
                ended_at=None,
            )
            .values("pk")[:1]
        )
    )
    _check_now(schema_editor)


def _check_now(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """PostgreSQL changes no table whose new rows are still to be checked."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0019_files_know_their_origin"),
        ("accounts", "0016_notes_that_outlast_access"),
    ]

    operations = [
        migrations.AddField(
            model_name="clienttag",
            name="notes",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="tags",
                to="accounts.clientnotes",
            ),
        ),
        migrations.RemoveConstraint(model_name="clienttag", name="client_tag_once"),
        migrations.AlterField(
            model_name="clienttag",
            name="engagement",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="tags",
                to="accounts.engagement",
            ),
        ),
        migrations.RunPython(hang_tags_on_notes, hang_tags_on_engagements),
        migrations.AlterField(
            model_name="clienttag",
            name="notes",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="tags", to="accounts.clientnotes"
            ),
        ),
        migrations.RemoveField(model_name="clienttag", name="engagement"),
        migrations.AddConstraint(
            model_name="clienttag",
            constraint=models.UniqueConstraint(
                fields=("notes", "name"),
                name="client_tag_once",
                violation_error_message="This client already has this tag.",
            ),
        ),
        migrations.RunPython(forbid, allow),
        migrations.RunPython(drop(finished_guards), create(finished_guards)),
        migrations.AddField(
            model_name="answer",
            name="answered_as",
            field=models.CharField(
                blank=True,
                choices=[("business", "The business itself"), ("consultancy", "Its consultancy")],
                default="",
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(("answered_as__in", ["", "business", "consultancy"])),
                name="answer_answered_as_known",
                violation_error_message="Choose one of the listed values.",
            ),
        ),
        migrations.RunPython(tell_from_who_belongs_where, migrations.RunPython.noop),
        migrations.RunPython(delete_agreements_with_oneself, migrations.RunPython.noop),
        migrations.RunPython(create(finished_guards), drop(finished_guards)),
        migrations.RunPython(allow, forbid),
        migrations.RunPython(create(own_answer_guards), drop(own_answer_guards)),
    ]
