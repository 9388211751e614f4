from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from accounts.models.addresses import normal_address


def write_in_one_form(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Where the address in that form is somebody else's already, the account keeps its own, and an administrator decides."""
    people = apps.get_model("accounts", "User").objects
    addresses = apps.get_model("account", "EmailAddress").objects
    for person in people.filter(erased_at=None).only("pk", "email").iterator():
        email = normal_address(person.email)
        if email == person.email or people.filter(email=email).exists():
            continue
        addresses.filter(user=person.pk, email=person.email).update(email=email)
        people.filter(pk=person.pk).update(email=email)
    invitations = apps.get_model("accounts", "Invitation").objects
    for invitation in invitations.filter(accepted_at=None).only("pk", "email").iterator():
        if (email := normal_address(invitation.email)) != invitation.email:
            invitations.filter(pk=invitation.pk).update(email=email)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0019_names_however_spaced"), ("account", "0009_emailaddress_unique_primary_email")]

    operations = [migrations.RunPython(write_in_one_form, migrations.RunPython.noop)]
