from django.core.validators import MaxLengthValidator
from django.db import migrations, models
from django.db.models import Q

from assessments.migrations._erasable import allow, forbid
from assessments.migrations._guards import create, drop, finished_guards
from assessments.migrations._interim import interim_guards
from assessments.migrations._own_answers import own_answer_guards


class Migration(migrations.Migration):
    """SQLite makes a table anew for a constraint: what guards it stands aside meanwhile."""

    dependencies = [("assessments", "0027_quick_checks")]

    operations = [
        migrations.RunPython(drop(own_answer_guards), create(own_answer_guards)),
        migrations.RunPython(forbid, allow),
        migrations.RunPython(drop(interim_guards), create(interim_guards)),
        migrations.RunPython(drop(finished_guards), create(finished_guards)),
        migrations.AddField(
            model_name="answer",
            name="kept_reason",
            field=models.TextField(blank=True, validators=[MaxLengthValidator(500)], default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="answer",
            name="note_left_out",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="standinganswer",
            name="note_left_out",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=Q(kept_reason__length__lte=500),
                name="answer_kept_reason_within_length",
                violation_error_message="A text of this answer is too long. Shorten it.",
            ),
        ),
        migrations.RunPython(create(finished_guards), drop(finished_guards)),
        migrations.RunPython(create(interim_guards), drop(interim_guards)),
        migrations.RunPython(allow, forbid),
        migrations.RunPython(create(own_answer_guards), drop(own_answer_guards)),
    ]
