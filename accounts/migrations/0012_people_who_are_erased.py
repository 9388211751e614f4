import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts.migrations import _forgetting, _pseudonymised


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_sign_in_events"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [
        # SQLite makes the table anew for a changed constraint, and loses its triggers with the old one.
        migrations.RunPython(_pseudonymised.release, _pseudonymised.guard_before),
        migrations.CreateModel(
            name="Deletion",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name": "deletion",
                "verbose_name_plural": "deletions",
            },
        ),
        migrations.CreateModel(
            name="ErasureText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=254)),
            ],
            options={
                "verbose_name": "text to be erased",
                "verbose_name_plural": "texts to be erased",
            },
        ),
        migrations.RemoveConstraint(
            model_name="auditevent",
            name="audit_kind_known",
        ),
        migrations.AddField(
            model_name="auditevent",
            name="pseudonymised_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="pseudonymised"),
        ),
        migrations.AddField(
            model_name="organisation",
            name="deletion_due_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="to be deleted"),
        ),
        migrations.AddField(
            model_name="organisation",
            name="idle_notice_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="told that it is unused"),
        ),
        migrations.AddField(
            model_name="user",
            name="erased_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="erased"),
        ),
        migrations.AddField(
            model_name="user",
            name="former_names",
            field=models.JSONField(
                blank=True,
                default=list,
                editable=False,
                help_text="Kept so that erasing the person finds them in older texts.",
                verbose_name="former names and addresses",
            ),
        ),
        migrations.AlterField(
            model_name="auditevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("organisation_made", "Set up the organisation"),
                    ("organisation_deleted", "Deleted the organisation"),
                    ("invited", "Invited"),
                    ("invited_again", "Sent the invitation again"),
                    ("invitation_withdrawn", "Withdrew the invitation"),
                    ("joined", "Joined"),
                    ("role_changed", "Changed the role"),
                    ("removed", "Removed"),
                    ("left", "Left"),
                    ("ownership_handed_over", "Handed over the ownership"),
                    ("access_granted", "Gave a consultancy access"),
                    ("access_changed", "Changed a consultancy’s access"),
                    ("access_ended", "Ended a consultancy’s access"),
                    ("report_downloaded", "Downloaded a report"),
                    ("reports_downloaded", "Downloaded several reports"),
                    ("scores_exported", "Exported scores"),
                    ("person_changed", "Changed a person’s rights"),
                    ("person_erased", "Deleted an account"),
                    ("organisation_renamed", "Renamed the organisation"),
                    ("deletion_asked", "Asked to delete the organisation"),
                    ("deletion_undone", "Kept the organisation after all"),
                    ("assessment_deleted", "Deleted an assessment"),
                    ("data_downloaded", "Downloaded all data"),
                    ("sign_in_link_made", "Created a one-time sign-in link"),
                ],
                max_length=24,
                verbose_name="what",
            ),
        ),
        migrations.AddConstraint(
            model_name="auditevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "organisation_made",
                            "organisation_deleted",
                            "invited",
                            "invited_again",
                            "invitation_withdrawn",
                            "joined",
                            "role_changed",
                            "removed",
                            "left",
                            "ownership_handed_over",
                            "access_granted",
                            "access_changed",
                            "access_ended",
                            "report_downloaded",
                            "reports_downloaded",
                            "scores_exported",
                            "person_changed",
                            "person_erased",
                            "organisation_renamed",
                            "deletion_asked",
                            "deletion_undone",
                            "assessment_deleted",
                            "data_downloaded",
                            "sign_in_link_made",
                        ],
                    )
                ),
                name="audit_kind_known",
                violation_error_message="Unknown kind of event.",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erased_at__isnull", True),
                    models.Q(
                        ("edits_bank", False),
                        ("email__endswith", "@erased.invalid"),
                        ("email__startswith", "erased-"),
                        ("former_names", []),
                        ("is_active", False),
                        ("is_staff", False),
                        ("is_superuser", False),
                        ("last_login__isnull", True),
                        ("mfa_declined_at__isnull", True),
                        ("name", ""),
                        ("password", "!"),
                    ),
                    _connector="OR",
                ),
                name="user_erased_keeps_nothing",
                violation_error_message="Of an erased person nothing is kept but the key.",
            ),
        ),
        migrations.AddField(
            model_name="erasuretext",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="erasuretext",
            constraint=models.UniqueConstraint(
                fields=("person", "text"),
                name="erasure_text_once",
                violation_error_message="This text is already being erased.",
            ),
        ),
        migrations.AddConstraint(
            model_name="erasuretext",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True),
                name="erasure_text_given",
                violation_error_message="An empty text identifies nobody.",
            ),
        ),
        migrations.RunPython(_forgetting.create, _forgetting.drop),
        migrations.RunPython(_pseudonymised.guard, _pseudonymised.release),
    ]
