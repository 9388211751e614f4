"""From draft to published edition: once, complete, and only as reviewed."""

import hashlib
import json
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.bank.checks.edition import check_edition, errors_of
from assessments.bank.types import Edition
from assessments.editions.stored import read_edition_rows
from assessments.editions.upgrades import editor_meanings
from assessments.editor.services.drafts import hold
from assessments.editor.services.history import DraftEdit
from assessments.errors import ChangeRefused
from assessments.models import BankImport, ChangedThing, ChangeVerb, EditionRow, PublishRequest
from assessments.results.json_values import unstructure
from assessments.services.editions import publish_edition


class RequestGone(ChangeRefused):
    def __init__(self) -> None:
        super().__init__(_("Nobody is asking for this any more. Nothing has changed."))


class DraftChanged(ChangeRefused):
    def __init__(self) -> None:
        super().__init__(_("The draft has changed since you looked at it. Check the preview again, then publish."))


class NotPublishable(ChangeRefused):
    def __init__(self) -> None:
        super().__init__(_("The draft has errors, so nothing was published. Fix them first."))


class SecondPersonNeeded(ChangeRefused):
    def __init__(self) -> None:
        super().__init__(
            _("Publishing takes two people here: one asks, another publishes, with no change to the draft in between.")
        )


def fingerprint(draft: EditionRow, edition: Edition) -> str:
    """Equal for equal content, whoever stored it and whenever. `edition` is the content of the draft."""
    meanings = sorted(editor_meanings(draft).items())
    content = json.dumps([unstructure(edition), meanings], sort_keys=True, default=str)
    return hashlib.sha256(content.encode()).hexdigest()


@transaction.atomic
def ask_to_publish(*, draft: EditionRow, seen: str, by: User, now: datetime) -> PublishRequest:
    """`seen` is the fingerprint of what the preview showed. Asking again replaces the request."""
    row = _publishable(draft, seen, by)
    return ask_second_person(row=row, seen=seen, by=by, now=now)


def ask_second_person(*, row: EditionRow, seen: str, by: User, now: datetime) -> PublishRequest:
    """The caller holds the lock on `row`. `seen` is the fingerprint of what is asked for."""
    request, _new = PublishRequest.objects.update_or_create(
        edition=row,
        defaults={
            "fingerprint": seen,
            "asked_by": by,
            "asked_at": now,
            "declined_by": None,
            "declined_at": None,
            "declined_reason": "",
        },
    )
    DraftEdit(row, by, now).record(ChangeVerb.ASKED, ChangedThing.EDITION, "")
    return request


@transaction.atomic
def take_back_request(*, row: EditionRow, by: User, now: datetime) -> None:
    """Only who asked can, also after it was declined. Raises RequestGone."""
    gone, _counts = PublishRequest.objects.filter(edition=row, asked_by=by).delete()
    if not gone:
        raise RequestGone
    DraftEdit(row, by, now).record(ChangeVerb.TAKEN_BACK, ChangedThing.EDITION, "")


@transaction.atomic
def decline_request(*, row: EditionRow, reason: str, by: User, now: datetime) -> None:
    """Anybody but who asked; the request stays, with the reason, until it is taken back or asked again.

    Raises RequestGone.
    """
    waiting = PublishRequest.objects.filter(edition=row, declined_at=None).exclude(asked_by=by)
    if not waiting.update(declined_by=by, declined_at=now, declined_reason=reason):
        raise RequestGone
    DraftEdit(row, by, now).record(ChangeVerb.DECLINED, ChangedThing.EDITION, "", after={"reason": reason})


def people_of_two(row: EditionRow, seen: str, needs_second_person: bool, by: User) -> dict[str, User]:
    """Who is responsible for what `seen` identifies, and who approved it. Raises SecondPersonNeeded."""
    request = standing_request(row, seen)
    if request and request.asked_by_id != by.pk:
        return {"by": request.asked_by, "approved_by": by}
    if needs_second_person:
        raise SecondPersonNeeded
    return {"by": by}


@transaction.atomic
def publish_draft(*, draft: EditionRow, seen: str, needs_second_person: bool, by: User, now: datetime) -> EditionRow:
    """Raises DraftChanged, NotPublishable or SecondPersonNeeded, and EditionFixed for what is already published.

    Nothing else changes: no run is upgraded, no other edition is retired. Whether new assessments start on it is for
    `publish_edition` to say.
    """
    row = _publishable(draft, seen, by)
    people = people_of_two(row, seen, needs_second_person, by)
    PublishRequest.objects.filter(edition=row).delete()
    BankImport.objects.filter(draft=row).delete()
    DraftEdit(row, by, now).record(ChangeVerb.PUBLISHED, ChangedThing.EDITION, "")
    publish_edition(edition_row=row, now=now, published_by=people["by"], approved_by=people.get("approved_by"))
    if row.offered_at:
        DraftEdit(row, by, now).record(ChangeVerb.OFFERED, ChangedThing.EDITION, "")
    return row


def standing_request(draft: EditionRow, seen: str) -> PublishRequest | None:
    """The request for exactly this, unless it was declined."""
    requests = PublishRequest.objects.select_related("asked_by")
    return requests.filter(edition=draft, fingerprint=seen, declined_at=None).first()


def declined_request(row: EditionRow) -> PublishRequest | None:
    """The request that somebody declined, which waits for nobody."""
    requests = PublishRequest.objects.select_related("asked_by", "declined_by")
    return requests.filter(edition=row, declined_at__isnull=False).first()


def _publishable(draft: EditionRow, seen: str, by: User) -> EditionRow:
    row = hold(draft, by)
    edition = read_edition_rows(row.pk)
    if fingerprint(row, edition) != seen:
        raise DraftChanged
    if errors_of(check_edition(edition)):
        raise NotPublishable
    return row
