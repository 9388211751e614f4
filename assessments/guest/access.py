"""From a session, or the key of a link, to a row. No address names a guest's check: only its own session opens it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import organisation_for
from accounts.branding.brands import brand_shown
from accounts.models import Brand, Organisation
from accounts.permissions import Capability
from accounts.queries import Person, Standing
from accounts.sign_in.tokens import hash_token
from assessments.bank.types import Edition
from assessments.editions.stored import edition_of
from assessments.guest.queries import given_in, live_links, running_checks, shared_with
from assessments.models import CheckLink, GuestCheck, SharedCheck
from assessments.presentation.quick_check.telling import CheckAnswers

CHECK_KEY = "quick_check"
"""The session's name for the key of its quick check."""


@dataclass(frozen=True, slots=True)
class CheckAccess:
    """The check of a session, with its edition and what was said so far. `link` is given while it is live."""

    check: GuestCheck
    edition: Edition
    given: CheckAnswers
    link: CheckLink | None


def check_of_session(session: SessionBase, now: datetime, *, lock: bool = False) -> CheckAccess | None:
    """The quick check that this session runs; None if it has none, or its time is over."""
    key = session.get(CHECK_KEY)
    if not isinstance(key, str):
        return None
    rows = running_checks(now).select_related("edition")
    if lock:
        rows = rows.select_for_update(of=("self",))
    check = rows.filter(key_hash=hash_token(key)).first()
    if check is None:
        return None
    link = live_links(now.date()).filter(pk=check.link_id).first() if check.link_id else None
    return CheckAccess(check, edition_of(check.edition), given_in(check), link)


def link_with_key(key: str, today: date) -> CheckLink | None:
    """A link that opens today; None for any other key, whether or not there ever was such a link."""
    return live_links(today).filter(key=key).first()


def logo_behind(key: str, today: date) -> Brand:
    """The look of the consultancy behind a live link, if it has a logo; 404 otherwise."""
    link = link_with_key(key, today)
    brand = brand_shown(link.consultancy) if link else None
    if brand is None or not brand.logo_width:
        raise Http404
    return brand


def checks_read(person: Person, pk: UUID) -> Standing:
    """A consultancy whose links and shared checks the person may see: 404 for a foreign one, 403 without the right."""
    return organisation_for(person, pk, Capability.SEE_CLIENTS)


def checks_manage(person: Person, pk: UUID) -> Organisation:
    """A consultancy whose links and shared checks the person may change."""
    return organisation_for(person, pk, Capability.LOOK_AFTER_CLIENTS).organisation


def link_at(consultancy: Organisation, link: UUID) -> CheckLink:
    """One of the consultancy's own links, live or not; 404 for any other."""
    return get_object_or_404(CheckLink, pk=link, consultancy=consultancy)


def shared_check_at(consultancy: Organisation, shared: UUID) -> SharedCheck:
    """One that was shared with this consultancy; 404 for any other."""
    return get_object_or_404(shared_with(consultancy), pk=shared)
