import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from accounts.migrations import _forgetting, _pseudonymised


def release(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """SQLite makes the table of the trail anew for a changed constraint. It loses its triggers with the old table, and
    triggers of others must not name a table that is not there.
    """
    _pseudonymised.release(apps, schema_editor)
    if schema_editor.connection.vendor == "sqlite":
        _forgetting.drop(apps, schema_editor)


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        _forgetting.create(apps, schema_editor)
    _pseudonymised.guard(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0017_erasure_orders"),
    ]

    operations = [
        migrations.RunPython(release, guard),
        migrations.CreateModel(
            name="OrganisationTerms",
            fields=[
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="terms",
                        serialize=False,
                        to="accounts.organisation",
                    ),
                ),
                (
                    "results_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="results are kept"),
                ),
                (
                    "trail_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="names in the trail are kept"),
                ),
                (
                    "downloads_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="files for download are kept"),
                ),
                ("chosen_at", models.DateTimeField(verbose_name="chosen")),
                ("takes_effect_at", models.DateTimeField(verbose_name="takes effect")),
            ],
            options={
                "verbose_name": "terms of an organisation",
                "verbose_name_plural": "terms of organisations",
            },
        ),
        migrations.RemoveConstraint(
            model_name="auditevent",
            name="audit_kind_known",
        ),
        migrations.AddField(
            model_name="organisation",
            name="newest_result_until",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="newest result kept until"),
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
                    ("terms_changed", "Changed how long something is kept"),
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
                            "terms_changed",
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
            model_name="organisationterms",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("results_days", None),
                    models.Q(("results_days__gte", 365), ("results_days__lte", 3650)),
                    _connector="OR",
                ),
                name="terms_results_one_to_ten_years",
                violation_error_message="Results are kept for one to ten years.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisationterms",
            constraint=models.CheckConstraint(
                condition=models.Q(("trail_days", None), ("trail_days__gte", 180), _connector="OR"),
                name="terms_trail_long_enough",
                violation_error_message="Who had access must be known for at least half a year.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisationterms",
            constraint=models.CheckConstraint(
                condition=models.Q(("downloads_days", None), ("downloads_days__gte", 1), _connector="OR"),
                name="terms_downloads_long_enough",
                violation_error_message="A file must be there for a day at least.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisationterms",
            constraint=models.CheckConstraint(
                condition=models.Q(("takes_effect_at__gt", models.F("chosen_at"))),
                name="terms_take_effect_later",
                violation_error_message="Terms take effect some days after they were chosen.",
            ),
        ),
        migrations.RunPython(guard, release),
    ]
