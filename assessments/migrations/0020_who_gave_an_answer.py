from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Exists, OuterRef

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


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0016_erased_and_deleted"),
        ("accounts", "0012_people_who_are_erased"),
    ]

    operations = [
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
