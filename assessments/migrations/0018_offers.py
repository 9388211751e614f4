"""What the database holds about banks and offers, and requests that are declined."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from assessments.migrations._erasable import allow, forbid
from assessments.migrations._guards import create, drop
from assessments.migrations._offers import offer_guards


class Migration(migrations.Migration):
    dependencies = [("assessments", "0017_banks"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        # SQLite makes tables anew, and their triggers would be lost.
        migrations.RunPython(forbid, allow),
        migrations.RunPython(drop(offer_guards), create(offer_guards)),
        migrations.AlterField(
            model_name="editionrow",
            name="bank",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="editions", to="assessments.bank"
            ),
        ),
        migrations.RemoveConstraint(
            model_name="bankchange",
            name="change_verb_known",
        ),
        migrations.AddField(
            model_name="publishrequest",
            name="declined_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="publishrequest",
            name="declined_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="publishrequest",
            name="declined_reason",
            field=models.CharField(blank=True, default="", max_length=500),
        ),
        migrations.AlterField(
            model_name="bankchange",
            name="verb",
            field=models.CharField(
                choices=[
                    ("added", "Added"),
                    ("changed", "Changed"),
                    ("moved", "Moved"),
                    ("retired", "Retired"),
                    ("restored", "Restored"),
                    ("copied", "Copied"),
                    ("imported", "Imported"),
                    ("published", "Published"),
                    ("asked", "Asked for a second person"),
                    ("taken_back", "Request taken back"),
                    ("declined", "Request declined"),
                    ("offered", "Offered for new assessments"),
                    ("withdrawn", "Withdrawn from new assessments"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="bankchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "verb__in",
                        [
                            "added",
                            "changed",
                            "moved",
                            "retired",
                            "restored",
                            "copied",
                            "imported",
                            "published",
                            "asked",
                            "taken_back",
                            "declined",
                            "offered",
                            "withdrawn",
                        ],
                    )
                ),
                name="change_verb_known",
                violation_error_message="Choose one of the listed values.",
            ),
        ),
        migrations.AddConstraint(
            model_name="publishrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("declined_at__isnull", True), ("declined_by__isnull", True), ("declined_reason", "")),
                    models.Q(
                        ("declined_at__isnull", False),
                        ("declined_by__isnull", False),
                        models.Q(("declined_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="publish_request_declined_for_a_reason",
                violation_error_message="Say why you decline.",
            ),
        ),
        migrations.AddConstraint(
            model_name="publishrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("declined_by__isnull", True),
                    models.Q(("declined_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="publish_request_declined_by_another_person",
                violation_error_message="Who asked cannot decline; take the request back instead.",
            ),
        ),
        migrations.AddConstraint(
            model_name="editionrow",
            constraint=models.UniqueConstraint(
                models.F("bank"),
                django.db.models.functions.text.Lower("code"),
                name="edition_code_once_per_bank",
                violation_error_message="This bank already has an edition with this name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="editionrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("offered_at__isnull", True), ("status", "published"), _connector="OR"),
                name="edition_offered_is_published",
                violation_error_message="Only a published edition is offered for new assessments.",
            ),
        ),
        migrations.AddConstraint(
            model_name="editionrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True),
                    models.Q(models.Q(("status", "draft"), _negated=True), ("offered_at__isnull", True)),
                    _connector="OR",
                ),
                name="edition_withdrawn_was_published",
                violation_error_message="An edition is offered or withdrawn, not both, and a draft is neither.",
            ),
        ),
        migrations.AddConstraint(
            model_name="editionrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_reason", "")),
                    models.Q(("withdrawn_at__isnull", False), models.Q(("withdrawn_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="edition_withdrawn_for_a_reason",
                violation_error_message="Say why the edition is withdrawn from new assessments.",
            ),
        ),
        migrations.RunPython(create(offer_guards), drop(offer_guards)),
        migrations.RunPython(allow, forbid),
    ]
