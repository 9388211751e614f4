"""Files for download that an organisation's own terms would delete."""

from datetime import datetime

from accounts.models import Organisation
from reports.models import Bundle, DataExport, PortfolioFile


def count_older_downloads(organisation: Organisation, before: datetime) -> int:
    """All data of the organisation, and files about a consultancy's clients: their reports, and portfolios."""
    exports = DataExport.objects.filter(organisation=organisation, requested_at__lt=before).count()
    about_clients = (
        model._default_manager.filter(consultancy=organisation, requested_at__lt=before).count()
        for model in (Bundle, PortfolioFile)
    )
    return exports + sum(about_clients)
