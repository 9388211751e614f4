"""Every edition gets a bank; which one, `_banks` says. What was published in the shipped bank is offered, as it was."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from assessments.migrations._banks import give_banks
from assessments.migrations._erasable import allow, forbid
from assessments.migrations._guards import create, drop
from assessments.migrations._never_emptied import guard_later
from assessments.migrations._offers import bank_guards_before, offer_guards


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0016_erased_and_deleted"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # SQLite makes tables anew, and their triggers would be lost.
        migrations.RunPython(forbid, allow),
        migrations.RunPython(drop(bank_guards_before), create(bank_guards_before)),
        migrations.CreateModel(
            name="Bank",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=40, unique=True, verbose_name="short name")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                ("audience", models.CharField(blank=True, max_length=200, verbose_name="for whom")),
            ],
            options={
                "verbose_name": "question bank",
                "ordering": ["slug"],
            },
        ),
        migrations.AddConstraint(
            model_name="bank",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("slug", ""), _negated=True),
                    ("slug", django.db.models.functions.text.Lower(models.F("slug"))),
                ),
                name="bank_slug_is_small_letters",
                violation_error_message="A question bank has a short name in small letters.",
            ),
        ),
        migrations.CreateModel(
            name="DefaultBank",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chosen_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "default question bank",
                "ordering": ["-pk"],
            },
        ),
        migrations.AddField(
            model_name="defaultbank",
            name="bank",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="assessments.bank"
            ),
        ),
        migrations.AddField(
            model_name="defaultbank",
            name="chosen_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="editionrow",
            name="offered_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="editionrow",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="editionrow",
            name="withdrawn_reason",
            field=models.CharField(blank=True, default="", max_length=500),
        ),
        migrations.AddField(
            model_name="editionrow",
            name="bank",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="editions", to="assessments.bank"
            ),
        ),
        migrations.RunPython(give_banks, migrations.RunPython.noop),
        migrations.RunPython(create(offer_guards), drop(offer_guards)),
        migrations.RunPython(allow, forbid),
        migrations.RunPython(guard_later, migrations.RunPython.noop),
    ]
