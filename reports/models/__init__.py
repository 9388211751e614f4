"""The rows of the reports app. A row is the truth and the queue."""

from reports.models.bundle import Bundle, BundleItem
from reports.models.consultant_text import ConsultantText, Snippet
from reports.models.data_export import DataExport
from reports.models.made_file import MOST_ATTEMPTS, MOST_LOST_LEASES, MadeFile, ReportError, ReportState
from reports.models.portfolio import PortfolioFile, PortfolioItem
from reports.models.report import MOST_LOST_IN_ADVANCE, Report, ReportStep
from reports.models.share_link import ShareLink

__all__ = [
    "MOST_ATTEMPTS",
    "MOST_LOST_IN_ADVANCE",
    "MOST_LOST_LEASES",
    "Bundle",
    "BundleItem",
    "ConsultantText",
    "DataExport",
    "MadeFile",
    "PortfolioFile",
    "PortfolioItem",
    "Report",
    "ReportError",
    "ReportState",
    "ReportStep",
    "ShareLink",
    "Snippet",
]
