"""Changes to people and organisations. No request here; each function is one transaction."""

from django.db import transaction

from accounts.models import Membership, Organisation, OrganisationKind, Role, User


@transaction.atomic
def create_organisation(*, name: str, owner: User, kind: OrganisationKind = OrganisationKind.BUSINESS) -> Organisation:
    organisation = Organisation(name=" ".join(name.split()), kind=kind)
    organisation.full_clean()
    organisation.save()
    Membership.objects.create(user=owner, organisation=organisation, role=Role.OWNER)
    return organisation


def rename_person(*, user: User, name: str) -> None:
    user.name = " ".join(name.split())
    user.save(update_fields=["name"])
