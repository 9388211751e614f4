from django.db import migrations, models

import accounts.database.letters


class Migration(migrations.Migration):
    """Says how the column is written from now on. The table stays: SQLite would make it anew, without its triggers."""

    dependencies = [("assessments", "0028_notes_left_out")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="actionevent",
                    name="changes",
                    field=models.JSONField(
                        blank=True, default=dict, encoder=accounts.database.letters.LettersAsTheyAre
                    ),
                )
            ]
        )
    ]
