import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Consultants write for reports. A report that is there already holds none of it."""

    dependencies = [
        ("accounts", "0025_names_that_were_known"),
        ("assessments", "0029_letters_of_changes"),
        ("reports", "0011_selections_of_bundles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsultantText",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "place",
                    models.CharField(
                        choices=[("summary", "Summary"), ("domain", "A domain"), ("step", "A step of your own")],
                        max_length=8,
                    ),
                ),
                ("domain", models.CharField(blank=True, max_length=20)),
                ("title", models.CharField(blank=True, max_length=150)),
                ("text", models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(5000)])),
                ("version", models.PositiveIntegerField(default=1)),
                ("written_at", models.DateTimeField()),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "text of a consultant",
                "verbose_name_plural": "texts of consultants",
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Snippet",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("question", models.CharField(max_length=24)),
                ("level", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("text", models.TextField(validators=[django.core.validators.MaxLengthValidator(2000)])),
                ("version", models.PositiveIntegerField(default=1)),
                ("written_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "snippet",
                "verbose_name_plural": "snippets",
                "ordering": ["question", "level", "written_at", "pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="report",
            name="one_report_per_result_and_form",
        ),
        migrations.RemoveConstraint(
            model_name="report",
            name="one_report_per_result_form_and_brand",
        ),
        migrations.AddField(
            model_name="report",
            name="words",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="report",
            name="words_digest",
            field=models.CharField(blank=True, max_length=16),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                condition=models.Q(("brand__isnull", True)),
                fields=("result", "kind", "format", "language", "template_version", "taken_digest", "words_digest"),
                name="one_report_per_result_and_form",
                violation_error_message="A report of this result in this form already exists.",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                condition=models.Q(("brand__isnull", False)),
                fields=(
                    "result",
                    "kind",
                    "format",
                    "language",
                    "template_version",
                    "taken_digest",
                    "words_digest",
                    "brand",
                ),
                name="one_report_per_result_form_and_brand",
                violation_error_message="A report of this result in this form already exists.",
            ),
        ),
        migrations.AddField(
            model_name="consultanttext",
            name="consultancy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="texts_for_clients",
                to="accounts.organisation",
            ),
        ),
        migrations.AddField(
            model_name="consultanttext",
            name="result",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="consultant_texts", to="assessments.result"
            ),
        ),
        migrations.AddField(
            model_name="consultanttext",
            name="written_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="snippet",
            name="bank",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="assessments.bank"
            ),
        ),
        migrations.AddField(
            model_name="snippet",
            name="consultancy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="snippets", to="accounts.organisation"
            ),
        ),
        migrations.AddField(
            model_name="snippet",
            name="written_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="consultanttext",
            constraint=models.UniqueConstraint(
                condition=models.Q(("place", "step"), _negated=True),
                fields=("result", "consultancy", "place", "domain"),
                name="one_text_of_a_consultancy_in_a_place",
                violation_error_message="There is a text in this place already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultanttext",
            constraint=models.CheckConstraint(
                condition=models.Q(("place__in", ["summary", "domain", "step"])),
                name="consultant_text_place_known",
                violation_error_message="Choose one of the listed values.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultanttext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("domain", ""), ("place", "summary"), ("title", "")),
                    models.Q(("place", "domain"), ("title", ""), models.Q(("domain", ""), _negated=True)),
                    models.Q(("domain", ""), ("place", "step"), models.Q(("title", ""), _negated=True)),
                    _connector="OR",
                ),
                name="consultant_text_fits_its_place",
                violation_error_message="Only a step has a title, and only the text about a domain has a domain.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultanttext",
            constraint=models.CheckConstraint(
                condition=models.Q(("text__length__lte", 5000)),
                name="consultant_text_within_length",
                violation_error_message="Write at most 5,000 characters.",
            ),
        ),
        migrations.AddIndex(
            model_name="snippet",
            index=models.Index(fields=["consultancy", "bank", "question", "level"], name="snippet_of_an_answer"),
        ),
        migrations.AddConstraint(
            model_name="snippet",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__isnull", True), ("level__lte", 4), _connector="OR"),
                name="snippet_level_on_the_scale",
                violation_error_message="A level is between 0 and 4.",
            ),
        ),
        migrations.AddConstraint(
            model_name="snippet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("question", ""), _negated=True),
                    models.Q(("text", ""), _negated=True),
                    ("text__length__lte", 2000),
                ),
                name="snippet_text_within_length",
                violation_error_message="Write a snippet of at most 2,000 characters.",
            ),
        ),
    ]
