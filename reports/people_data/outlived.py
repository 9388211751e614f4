"""Files for download that an organisation's own terms would delete."""

from datetime import datetime

from accounts.models import Organisation
from reports.models import Bundle, DataExport


def count_older_downloads(organisation: Organisation, before: datetime) -> int:
    """Of both kinds: all data of the organisation, and the reports of a consultancy's clients in one file."""
    exports = DataExport.objects.filter(organisation=organisation, requested_at__lt=before).count()
    return exports + Bundle.objects.filter(consultancy=organisation, requested_at__lt=before).count()
