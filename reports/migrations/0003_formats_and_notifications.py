from django.db import migrations, models
from django.db.models import CheckConstraint, Q, UniqueConstraint

MADE_FILES = ("report", "bundle")
FORM = ("result", "kind", "format", "language", "template_version")
ALREADY_THERE = "A report of this result in this form already exists."
READY = Q(("state", "ready"))
WHOLE_FILE = (
    Q(("ready_at__isnull", False), ("size__gt", 0), ("size__isnull", False)) & ~Q(("file", "")) & ~Q(("sha256", ""))
)
NO_FILE = Q(("file", ""), ("ready_at__isnull", True), ("sha256", ""), ("size__isnull", True))
HAS_PAGES = Q(("format__in", ["pdf"]), ("state", "ready"))


def file_exactly_when_ready(model):
    return CheckConstraint(
        name=f"{model}_file_exactly_when_ready",
        condition=(READY & WHOLE_FILE) | (~READY & NO_FILE),
        violation_error_message="There is a file exactly when it is ready.",
    )


def message_of(model, constraint):
    """Of a constraint that is there already; the database does not know of it."""
    return migrations.AlterConstraint(model_name=model, name=constraint.name, constraint=constraint)


class Migration(migrations.Migration):
    """A report has a format. The file of a ready report or bundle is whole: a size or pages of NULL passed before."""

    dependencies = [("reports", "0002_bundles_and_looks")]

    operations = [
        migrations.RemoveConstraint(model_name="report", name="one_report_per_result_and_form"),
        migrations.RemoveConstraint(model_name="report", name="one_report_per_result_form_and_brand"),
        *(migrations.RemoveConstraint(model_name=each, name=f"{each}_file_exactly_when_ready") for each in MADE_FILES),
        *(migrations.RenameField(model_name=each, old_name="rung_at", new_name="notified_at") for each in MADE_FILES),
        migrations.AddField(
            model_name="report",
            name="format",
            field=models.CharField(choices=[("pdf", "PDF")], default="pdf", max_length=10),
        ),
        *(migrations.AddConstraint(model_name=each, constraint=file_exactly_when_ready(each)) for each in MADE_FILES),
        migrations.AddConstraint(
            model_name="report",
            constraint=UniqueConstraint(
                condition=Q(("brand__isnull", True)),
                fields=FORM,
                name="one_report_per_result_and_form",
                violation_error_message=ALREADY_THERE,
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=UniqueConstraint(
                condition=Q(("brand__isnull", False)),
                fields=(*FORM, "brand"),
                name="one_report_per_result_form_and_brand",
                violation_error_message=ALREADY_THERE,
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=CheckConstraint(
                condition=Q(("format__in", ["pdf"])),
                name="report_format_known",
                violation_error_message="There is no such format.",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=CheckConstraint(
                condition=(HAS_PAGES & Q(("pages__gt", 0), ("pages__isnull", False)))
                | (~HAS_PAGES & Q(("pages__isnull", True))),
                name="report_pages_exactly_when_ready_and_paged",
                violation_error_message="A finished file has pages exactly when its format has.",
            ),
        ),
        *(
            message_of(each, constraint)
            for each in MADE_FILES
            for constraint in (
                CheckConstraint(
                    condition=Q(("state__in", ["queued", "rendering", "ready", "failed"])),
                    name=f"{each}_state_known",
                    violation_error_message="This is not a state that a file can be in.",
                ),
                CheckConstraint(
                    condition=Q(("attempts__lte", 3), ("progress__lte", 100)),
                    name=f"{each}_attempts_and_progress_within_bounds",
                    violation_error_message="There are three attempts at most, and progress ends at 100 %.",
                ),
            )
        ),
        message_of(
            "bundleitem",
            UniqueConstraint(
                fields=("bundle", "client"),
                name="bundle_has_a_client_once",
                violation_error_message="This client's report is already in the bundle.",
            ),
        ),
        message_of(
            "report",
            CheckConstraint(
                condition=Q(("kind__in", ["full"])),
                name="report_kind_known",
                violation_error_message="There is no such kind of report.",
            ),
        ),
        message_of(
            "report",
            CheckConstraint(
                condition=Q(("step__in", ["waiting", "collecting", "laying_out", "drawing", "storing", "done"])),
                name="report_step_known",
                violation_error_message="This is not a step of generating a report.",
            ),
        ),
    ]
