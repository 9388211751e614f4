import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0016_notes_that_outlast_access"),
    ]

    operations = [
        migrations.CreateModel(
            name="ErasureOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ip_address", models.GenericIPAddressField(null=True, verbose_name="from where")),
                ("ordered_at", models.DateTimeField(verbose_name="ordered")),
                ("was_active", models.BooleanField(verbose_name="could sign in before")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Being deleted"), ("refused", "Not deleted")],
                        default="waiting",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "refusal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sole_owner", "Nobody else owns one of their organisations."),
                            ("last_administrator", "Nobody else administers this site."),
                        ],
                        max_length=18,
                        verbose_name="why not",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("notified_at", models.DateTimeField(null=True, verbose_name="handed to the queue")),
                (
                    "ordered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ordered by",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="erasure_order",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "account to be deleted",
                "verbose_name_plural": "accounts to be deleted",
                "ordering": ["ordered_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "refused"])),
                        name="erasure_order_state_known",
                        violation_error_message="Unknown state of an order.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("refusal", ""), ("state", "waiting")),
                            models.Q(("refusal__in", ["sole_owner", "last_administrator"]), ("state", "refused")),
                            _connector="OR",
                        ),
                        name="erasure_order_refused_for_a_reason",
                        violation_error_message="An order that was refused, and no other, says why.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "waiting"), ("attempts__gte", 1), _connector="OR"),
                        name="erasure_order_refused_after_an_attempt",
                        violation_error_message="An order is refused by whoever tries to do it.",
                    ),
                ],
            },
        ),
    ]
