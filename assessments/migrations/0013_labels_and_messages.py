"""Only words: the database stays as it is."""

import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_ip_addresses_and_mfa"),
        ("assessments", "0012_messages_of_constraints"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="editionupgradedecision",
            options={
                "verbose_name": "response to an offered edition",
                "verbose_name_plural": "responses to offered editions",
            },
        ),
        migrations.AlterModelOptions(
            name="questioncitationrow",
            options={"ordering": ["order"], "verbose_name": "citation of a question"},
        ),
        migrations.AlterField(
            model_name="answer",
            name="kind",
            field=models.CharField(
                choices=[
                    ("open", "Not answered yet"),
                    ("level", "Level"),
                    ("unknown", "Don’t know"),
                    ("not_applicable", "Not applicable"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterConstraint(
            model_name="answerreview",
            name="review_question_has_note",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verdict", "questions"), _negated=True),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="review_question_has_note",
                violation_error_message="Say why you dispute the answer.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="clienttag",
            name="client_tag_lower_case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("name", django.db.models.functions.text.Lower("name")), models.Q(("name", ""), _negated=True)
                ),
                name="client_tag_lower_case",
                violation_error_message="Write the tag in lower case; it cannot be empty.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="editionrow",
            name="edition_draft_has_no_publisher",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "draft"), _negated=True), ("published_by__isnull", True), _connector="OR"
                ),
                name="edition_draft_has_no_publisher",
                violation_error_message="A draft has no publisher.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="editionrow",
            name="edition_drafted_by_someone_at_a_time",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("drafted_at__isnull", True), ("drafted_by__isnull", True)),
                    models.Q(("drafted_at__isnull", False), ("drafted_by__isnull", False)),
                    _connector="OR",
                ),
                name="edition_drafted_by_someone_at_a_time",
                violation_error_message="A draft has both a creator and a creation time, or neither.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="editionrow",
            name="edition_approved_by_another_person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(
                        ("published_by__isnull", False),
                        models.Q(("approved_by", models.F("published_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="edition_approved_by_another_person",
                violation_error_message="The person who approves an edition cannot be the one who publishes it.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="editionrow",
            name="edition_is_not_its_own_predecessor",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("predecessor__isnull", True),
                    models.Q(("predecessor", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="edition_is_not_its_own_predecessor",
                violation_error_message="An edition cannot be copied from itself.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="editionupgradedecision",
            name="one_choice_per_offer",
            constraint=models.UniqueConstraint(
                fields=("assessment", "offered"),
                name="one_choice_per_offer",
                violation_error_message="This upgrade has already been decided.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="editionupgradedecision",
            name="edition_choice_between_two",
            constraint=models.CheckConstraint(
                condition=models.Q(("was_on", models.F("offered")), _negated=True),
                name="edition_choice_between_two",
                violation_error_message="An upgrade leads to a different edition.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="resultsummary",
            name="summary_lowest_is_a_figure",
            constraint=models.CheckConstraint(
                condition=models.Q(("lowest__isnull", True), ("lowest__range", (0, 40)), _connector="OR"),
                name="summary_lowest_is_a_figure",
                violation_error_message="The lowest figure is between 0.0 and 4.0.",
            ),
        ),
    ]
