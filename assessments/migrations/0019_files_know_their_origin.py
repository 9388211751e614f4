from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0018_offers"),
    ]

    operations = [
        migrations.AddField(
            model_name="bankimport",
            name="origin",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="bankimport",
            name="choices",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.CreateModel(
            name="BankSnapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fingerprint", models.CharField(max_length=64, unique=True)),
                ("edition_code", models.CharField(max_length=40)),
                ("document", models.JSONField()),
                ("last_exported_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "verbose_name": "exported state of a draft",
                "verbose_name_plural": "exported states of drafts",
            },
        ),
    ]
