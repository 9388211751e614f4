import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Q

from assessments.migrations._erasable import allow, forbid
from assessments.migrations._guards import create, drop, finished_guards
from assessments.migrations._interim import interim_guards
from assessments.migrations._own_answers import own_answer_guards

KINDS = [
    ("open", "Not answered yet"),
    ("level", "Level"),
    ("unknown", "Don’t know"),
    ("not_applicable", "Not applicable"),
]
STANDING = [
    models.UniqueConstraint(
        fields=("assessment", "question"),
        name="one_standing_answer_per_question",
        violation_error_message="This question already has an answer.",
    ),
    models.CheckConstraint(
        condition=Q(("kind__in", ["level", "unknown", "not_applicable"])),
        name="standing_answer_kind_known",
        violation_error_message="Choose one of the listed values.",
    ),
    models.CheckConstraint(
        condition=Q(("answered_as__in", ["business", "consultancy"])),
        name="standing_answer_answered_as_known",
        violation_error_message="Choose one of the listed values.",
    ),
    models.CheckConstraint(
        condition=Q(kind="level", level__isnull=False, level__range=(0, 4))
        | (~Q(kind="level") & Q(level__isnull=True)),
        name="standing_answer_level_exactly_for_levels",
        violation_error_message="A level from 0 to 4 belongs to an answer that is a level, and to no other.",
    ),
    models.CheckConstraint(
        condition=(Q(kind="not_applicable") & ~Q(reason="")) | (~Q(kind="not_applicable") & Q(reason="")),
        name="standing_answer_reason_exactly_for_not_applicable",
        violation_error_message="Say in a few words why this does not apply.",
    ),
    models.CheckConstraint(
        condition=Q(note__length__lte=4000, reason__length__lte=500, evidence__length__lte=500),
        name="standing_answer_texts_within_length",
        violation_error_message="A text of this answer is too long. Shorten it.",
    ),
]


def mark_what_was_copied(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """In runs that are open: what was saved before the run began was copied into it, and not touched since."""
    answers = apps.get_model("assessments", "Answer").objects.filter(given_under=None, taken_over_from=None)
    copied = answers.filter(assessment__previous__isnull=False, saved_at__lt=F("assessment__started_at"))
    copied.exclude(assessment__state="finished").exclude(kind="open").update(taken_over_from=F("saved_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0023_actions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(drop(own_answer_guards), create(own_answer_guards)),
        migrations.RunPython(forbid, allow),
        migrations.RunPython(drop(finished_guards), create(finished_guards)),
        migrations.AddField(
            model_name="answer",
            name="taken_over_from",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=Q(taken_over_from__isnull=True)
                | (~Q(kind="open") & Q(given_under__isnull=True, taken_over_from__lte=F("saved_at"))),
                name="answer_taken_over_counts",
                violation_error_message="Only an answer that counts can be taken over, and only from before.",
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="interim",
            field=models.BooleanField(default=False),
        ),
        migrations.RemoveConstraint(model_name="assessment", name="one_open_assessment_per_organisation"),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(
                fields=("organisation",),
                condition=~Q(state="finished") & Q(interim=False),
                name="one_open_assessment_per_organisation",
                violation_error_message="There is already an open assessment.",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(
                fields=("organisation",),
                condition=~Q(state="finished") & Q(interim=True),
                name="one_interim_result_in_the_making",
                violation_error_message="An interim result is being made.",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=Q(interim=False) | ~Q(state="scoping"),
                name="assessment_interim_is_never_scoped",
                violation_error_message="An interim result has the scope of the result before.",
            ),
        ),
        migrations.CreateModel(
            name="StandingAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.CharField(max_length=24)),
                ("kind", models.CharField(choices=KINDS, max_length=20)),
                ("level", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("reason", models.TextField(blank=True, validators=[MaxLengthValidator(500)])),
                ("note", models.TextField(blank=True, validators=[MaxLengthValidator(4000)])),
                ("evidence", models.TextField(blank=True, validators=[MaxLengthValidator(500)])),
                ("version", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField()),
                (
                    "answered_as",
                    models.CharField(
                        choices=[("business", "The business itself"), ("consultancy", "Its consultancy")],
                        max_length=12,
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="standing_answers",
                        to="assessments.assessment",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"verbose_name": "standing answer", "ordering": ["id"], "constraints": STANDING},
        ),
        migrations.RunPython(mark_what_was_copied, migrations.RunPython.noop),
        migrations.RunPython(create(finished_guards), drop(finished_guards)),
        migrations.RunPython(create(interim_guards), drop(interim_guards)),
        migrations.RunPython(allow, forbid),
        migrations.RunPython(create(own_answer_guards), drop(own_answer_guards)),
    ]
