from django.db import migrations

from accounts.migrations import _append_only, _never_replaced


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_names_of_access_and_events")]

    operations = [
        # SQLite may rebuild the table for a renamed column and would lose its triggers.
        migrations.RunPython(_never_replaced.release, _never_replaced.guard),
        migrations.RunPython(_append_only.release, _append_only.guard),
        migrations.RenameField("AuditEvent", "address", "ip_address"),
        migrations.RunPython(_append_only.guard, _append_only.release),
        migrations.RunPython(_never_replaced.guard, _never_replaced.release),
        migrations.RenameField("User", "declined_second_step_at", "mfa_declined_at"),
    ]
