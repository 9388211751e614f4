"""The trail tells who made and who revoked a link to a report."""

from importlib import import_module

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from accounts.migrations import _forgetting, _pseudonymised

_proven = import_module("accounts.migrations.0022_proven_addresses")


def release(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """SQLite makes the table of the trail anew for a changed constraint, as in migration 0021."""
    _pseudonymised.release(apps, schema_editor)
    if schema_editor.connection.vendor == "sqlite":
        _forgetting.drop(apps, schema_editor)


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """As they were: those of the trail, and on SQLite the guard of erasures as of migration 0022."""
    if schema_editor.connection.vendor == "sqlite":
        _forgetting.create(apps, schema_editor)
        _proven.refuse_unproven(apps, schema_editor)
    _pseudonymised.guard(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0023_codes_are_no_names"),
    ]

    operations = [
        migrations.RunPython(release, guard),
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
                    ("check_link_made", "Made a link to the quick check"),
                    ("check_link_revoked", "Revoked a link to the quick check"),
                    ("check_shared", "A guest shared a quick check"),
                    ("check_taken_back", "A guest took a shared quick check back"),
                    ("shared_check_deleted", "Deleted a shared quick check"),
                    ("share_link_made", "Made a link to a report"),
                    ("share_link_revoked", "Revoked a link to a report"),
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
                            "check_link_made",
                            "check_link_revoked",
                            "check_shared",
                            "check_taken_back",
                            "shared_check_deleted",
                            "share_link_made",
                            "share_link_revoked",
                            "sign_in_link_made",
                        ],
                    )
                ),
                name="audit_kind_known",
                violation_error_message="Unknown kind of event.",
            ),
        ),
        migrations.RunPython(guard, release),
    ]
