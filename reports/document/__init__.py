"""What a report says: everything the template may see, built only from a frozen result."""

from reports.document.build import Source, build
from reports.document.name import file_name
from reports.document.types import ReportDocument

__all__ = ["ReportDocument", "Source", "build", "file_name"]
