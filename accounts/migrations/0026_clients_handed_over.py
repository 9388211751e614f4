"""A client keeps that it had an owner of its own, and loses where its consultants worked.

Network addresses of consultants stood in the trail of their clients: those of people who belong to a consultancy that has
or had access, and not to the client.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.migrations import _pseudonymised


def note_owners(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Those with members, and those whose trail tells of people who joined, left or deleted their account."""
    Organisation = apps.get_model("accounts", "Organisation")
    members = apps.get_model("accounts", "Membership").objects.filter(organisation=OuterRef("pk"))
    people = apps.get_model("accounts", "AuditEvent").objects.filter(
        organisation=OuterRef("pk"), kind__in=["joined", "left", "removed", "person_erased"]
    )
    set_up = Organisation.objects.filter(set_up_by__isnull=False)
    set_up.filter(Q(Exists(members)) | Q(Exists(people))).update(handed_over_at=timezone.now())


def forget_addresses(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    AuditEvent = apps.get_model("accounts", "AuditEvent")
    members = apps.get_model("accounts", "Membership").objects.filter(
        user=OuterRef("actor"), organisation=OuterRef("organisation")
    )
    consultants = apps.get_model("accounts", "Engagement").objects.filter(
        client=OuterRef("organisation"), consultancy__memberships__user=OuterRef("actor")
    )
    stored = AuditEvent.objects.filter(Exists(consultants), ~Exists(members), ip_address__isnull=False)
    if not stored.exists():
        return
    _pseudonymised.release(apps, schema_editor)
    stored.update(ip_address=None)
    _pseudonymised.guard(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0025_names_that_were_known")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="handed_over_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="handed over"),
        ),
        migrations.RunPython(note_owners, migrations.RunPython.noop),
        migrations.RunPython(forget_addresses, migrations.RunPython.noop),
    ]
