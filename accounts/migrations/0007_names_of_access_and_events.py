from django.db import migrations, models

from accounts.migrations import _append_only, _never_replaced


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_looks_of_consultancies"),
    ]

    operations = [
        # SQLite makes the table anew for a changed constraint, and loses its triggers with the old one.
        migrations.RunPython(_append_only.release, _append_only.guard),
        migrations.RemoveConstraint(
            model_name="auditevent",
            name="audit_kind_known",
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
                    ("ownership_handed_over", "Handed the ownership over"),
                    ("access_granted", "Gave a consultancy access"),
                    ("access_changed", "Changed a consultancy's access"),
                    ("access_ended", "Ended a consultancy's access"),
                    ("report_downloaded", "Downloaded a report"),
                    ("reports_downloaded", "Downloaded several reports"),
                    ("scores_exported", "Exported scores"),
                    ("person_changed", "Changed a person's rights"),
                    ("sign_in_link_made", "Made a one-time sign-in link"),
                ],
                max_length=24,
                verbose_name="what",
            ),
        ),
        migrations.AlterField(
            model_name="engagement",
            name="level",
            field=models.CharField(
                choices=[("answer", "Answer and review"), ("review", "Review"), ("read", "Read only")],
                max_length=6,
                verbose_name="access",
            ),
        ),
        migrations.AlterField(
            model_name="invitation",
            name="level",
            field=models.CharField(
                blank=True,
                choices=[("answer", "Answer and review"), ("review", "Review"), ("read", "Read only")],
                max_length=6,
                verbose_name="access",
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
                            "sign_in_link_made",
                        ],
                    )
                ),
                name="audit_kind_known",
                violation_error_message="The audit trail does not know this kind of event.",
            ),
        ),
        migrations.RunPython(_append_only.guard, _append_only.release),
        migrations.RunPython(_never_replaced.guard, _never_replaced.release),
    ]
