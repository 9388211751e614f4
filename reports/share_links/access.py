"""From a key in a URL to a link, for whoever has it; and to the links of an organisation, for its own people."""

from datetime import datetime
from uuid import UUID

from django.shortcuts import get_object_or_404

from accounts.access import organisation_for, require
from accounts.permissions import Capability
from accounts.queries import Person, Standing, standing_on
from accounts.sign_in.tokens import hash_token
from reports.access import report_read
from reports.models import Report, ShareLink
from reports.share_links.queries import ORGANISATION, links_seen_by, open_links


def share_link_with_key(key: str, now: datetime) -> ShareLink | None:
    """The link that this key opens now, with its report; None for any other, whether or not there ever was one."""
    rows = open_links(now).select_related(f"{ORGANISATION}")
    unread = ("report__result__outcome", "report__result__answers")
    return rows.defer(*unread).filter(key_hash=hash_token(key)).first()


def report_to_share(person: Person, pk: UUID) -> tuple[Report, Standing]:
    """A report to which the person may make links; 404 for a foreign one, 403 without the right."""
    report = report_read(person, pk)
    return report, require(standing_on(report, report.result.assessment.organisation), Capability.SHARE_REPORT)


def share_links_of(person: Person, pk: UUID) -> Standing:
    """An organisation whose links the person may see, all or their own (`links_seen_by`)."""
    return organisation_for(person, pk, Capability.SHARE_REPORT)


def share_link_of(person: Person, pk: UUID, link: UUID) -> ShareLink:
    """One of the links that the person may see, open or not; 404 for any other."""
    return get_object_or_404(links_seen_by(person, share_links_of(person, pk)), pk=link)
