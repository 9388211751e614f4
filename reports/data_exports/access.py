"""Who may have a file with all data: the person who asked for it, and of an organisation only while they own it."""

from uuid import UUID

from django.http import Http404

from accounts.access import organisation_for
from accounts.permissions import Capability
from accounts.queries import Person, organisation_ids_of
from reports.models import DataExport


def export_read(person: Person, pk: UUID) -> DataExport:
    """404 for anybody else's and for an organisation that the person no longer sees, 403 if they no longer own it."""
    rows = DataExport.objects.select_related("organisation", "requested_by")
    export = rows.filter(pk=pk, requested_by=person.pk).first()
    if export is None:
        raise Http404
    if export.organisation_id is not None:
        organisation_for(person, export.organisation_id, Capability.MANAGE_ORGANISATION)
    return export


def is_out_of_reach(export: DataExport) -> bool:
    """Whether a file with a person's own data holds something of an organisation that they no longer see."""
    if export.organisation_id is not None or not export.file:
        return False
    visible = {str(pk) for pk in organisation_ids_of(export.requested_by)}
    return export.inside is None or not visible.issuperset(export.inside)
