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
from assessments.errors import ChangeRefused
from assessments.models import BankImport, EditionRow, PublishRequest
from assessments.results.json_values import unstructure
from assessments.services.editions import publish_edition


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
    request, _new = PublishRequest.objects.update_or_create(
        edition=row, defaults={"fingerprint": seen, "asked_by": by, "asked_at": now}
    )
    return request


@transaction.atomic
def publish_draft(*, draft: EditionRow, seen: str, needs_second_person: bool, by: User, now: datetime) -> EditionRow:
    """Raises DraftChanged, NotPublishable or SecondPersonNeeded, and EditionFixed for what is already published.

    Nothing else changes: no run is upgraded, no other edition is retired.
    """
    row = _publishable(draft, seen, by)
    request = standing_request(row, seen)
    if request and request.asked_by_id != by.pk:
        people = {"published_by": request.asked_by, "approved_by": by}
    elif needs_second_person:
        raise SecondPersonNeeded
    else:
        people = {"published_by": by}
    PublishRequest.objects.filter(edition=row).delete()
    BankImport.objects.filter(draft=row).delete()
    publish_edition(edition_row=row, now=now, **people)
    return row


def standing_request(draft: EditionRow, seen: str) -> PublishRequest | None:
    """The request to publish exactly this content."""
    requests = PublishRequest.objects.select_related("asked_by")
    return requests.filter(edition=draft, fingerprint=seen).first()


def _publishable(draft: EditionRow, seen: str, by: User) -> EditionRow:
    row = hold(draft, by)
    edition = read_edition_rows(row.pk)
    if fingerprint(row, edition) != seen:
        raise DraftChanged
    if errors_of(check_edition(edition)):
        raise NotPublishable
    return row
