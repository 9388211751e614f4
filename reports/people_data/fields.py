"""What this app stores about people, in the words of the privacy notice; and what all apps store."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from accounts.people_data.fields import ACCOUNT_FIELDS
from accounts.people_data.kinds import PersonalFields, Words
from assessments.people_data.fields import ASSESSMENT_FIELDS

_ASKED = _("who asked for a report or a file with all data")
_SNIPPETS = _("who wrote a text that a consultancy uses again, and when")
_WROTE = _("who wrote for a report as a consultant, and when")
_WORDS = _("what a consultant writes for a report, also as a report prints it")
_FILES = _("reports, and files with many reports or with all data")

REPORT_FIELDS: PersonalFields = {
    "organisation": {
        "reports.BundleItem.client_name": _("name of the business"),
        "reports.PortfolioItem.client_name": _("name of the business"),
        "reports.Snippet.text": _("texts that a consultancy uses again"),
    },
    "access": {
        "reports.Snippet.written_by": _SNIPPETS,
        "reports.Snippet.written_at": _SNIPPETS,
    },
    "teamwork": {
        "reports.Report.requested_by": _ASKED,
        "reports.Bundle.requested_by": _ASKED,
        "reports.DataExport.requested_by": _ASKED,
        "reports.PortfolioFile.requested_by": _ASKED,
        "reports.Report.taken_on": _("who does which step, as a report prints it"),
        "reports.ConsultantText.written_by": _WROTE,
        "reports.ConsultantText.written_at": _WROTE,
    },
    "free_text": {
        "reports.ConsultantText.title": _WORDS,
        "reports.ConsultantText.text": _WORDS,
        "reports.Report.words": _WORDS,
    },
    "share_links": {
        "reports.ShareLink.label": _("for whom a link to a report is"),
        "reports.ShareLink.key_hash": _("the link, as a hash"),
        "reports.ShareLink.created_by": _("who made a link to a report"),
        "reports.ShareLink.created_at": _("when it was made"),
    },
    "files": {
        "reports.Report.file": _FILES,
        "reports.Report.file_name": _("their names, which say whose they are"),
        "reports.Bundle.file": _FILES,
        "reports.Bundle.file_name": _("their names, which say whose they are"),
        "reports.PortfolioFile.file": _FILES,
        "reports.PortfolioFile.file_name": _("their names, which say whose they are"),
        "reports.DataExport.file": _FILES,
        "reports.DataExport.file_name": _("their names, which say whose they are"),
        "reports.DataExport.inside": _("which organisations a file with all data of a person is about"),
    },
}
EVERY_APP: tuple[PersonalFields, ...] = (ACCOUNT_FIELDS, ASSESSMENT_FIELDS, REPORT_FIELDS)


def personal_fields(kind: str) -> Iterator[tuple[str, Words]]:
    """The columns of a kind in every app, each with its words for people."""
    for fields in EVERY_APP:
        yield from fields.get(kind, {}).items()
