from django.db import transaction

from accounts.models import Membership, Organisation, OrganisationKind, Role, User


@transaction.atomic
def create_organisation(*, name: str, owner: User, kind: OrganisationKind = OrganisationKind.BUSINESS) -> Organisation:
    organisation = Organisation(name=" ".join(name.split()), kind=kind)
    organisation.full_clean()
    organisation.save()
    Membership.objects.create(user=owner, organisation=organisation, role=Role.OWNER)
    return organisation
