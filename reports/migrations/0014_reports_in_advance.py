import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ASKED_FOR = ("requested_by__isnull", False)


class Migration(migrations.Migration):
    """What is there already was asked for by somebody."""

    dependencies = [
        ("reports", "0013_portfolios"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="report",
            name="requested_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(ASKED_FOR, models.Q(("format", "pdf"), ("kind", "owner")), _connector="OR"),
                name="report_in_advance_is_the_owners_pdf",
                violation_error_message="Only an owner’s report as a PDF is made in advance.",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ASKED_FOR,
                    models.Q(
                        ("attempts__lte", 1), ("lost_leases__lte", 3), models.Q(("state", "failed"), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="report_in_advance_is_tried_once_and_never_failed",
                violation_error_message="What nobody has asked for is tried once, and has not failed for anybody.",
            ),
        ),
    ]
