"""Which published editions new assessments start on: offered, withdrawn, and the bank that is the default."""

import hashlib
import json
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.access import may_edit_bank
from accounts.models import User
from accounts.services.administration import administrator_now
from accounts.services.locks import person_now
from assessments.editions.newest import default_bank, newest_in, offered
from assessments.editor.services.history import DraftEdit
from assessments.editor.services.publishing import ask_second_person, people_of_two
from assessments.errors import ChangeRefused
from assessments.models import (
    Bank,
    ChangedThing,
    ChangeVerb,
    DefaultBank,
    EditionRow,
    EditionStatus,
    PublishRequest,
)
from assessments.services.banks import hold_bank


class OfferChanged(ChangeRefused):
    def __init__(self) -> None:
        super().__init__(
            _("Somebody changed what new assessments start on while this page was open. Look at it again, then choose.")
        )


class CannotBeOffered(ChangeRefused):
    def __init__(self, code: str) -> None:
        super().__init__(_("%(code)s is a draft, retired, or offered already. Nothing has changed.") % {"code": code})


class NotOfferedNow(ChangeRefused):
    def __init__(self, code: str) -> None:
        super().__init__(_("%(code)s is not open for new assessments, so it cannot be withdrawn.") % {"code": code})


class LastOffered(ChangeRefused):
    def __init__(self, code: str) -> None:
        super().__init__(
            _(
                "%(code)s is the only edition that new assessments can start on, so it stays. "
                "Publish or offer another edition first."
            )
            % {"code": code}
        )


class NoEditionOffered(ChangeRefused):
    def __init__(self, name: str) -> None:
        super().__init__(
            _("New assessments cannot start on “%(name)s”: offer one of its editions first.") % {"name": name}
        )


def offer_fingerprint(row: EditionRow) -> str:
    """Equal while new assessments, in this bank and in the default one, start on what they start on now."""
    default = default_bank()
    newest = [newest_in(bank, offered()) for bank in (row.bank_id, default.pk if default else row.bank_id)]
    content = json.dumps([row.pk, default.pk if default else None, *(each.pk if each else None for each in newest)])
    return hashlib.sha256(content.encode()).hexdigest()


@transaction.atomic
def ask_to_offer(*, row: EditionRow, seen: str, by: User, now: datetime) -> PublishRequest:
    """`seen` is the fingerprint of what the page showed. Asking again replaces the request."""
    return ask_second_person(row=_to_be_offered(row, seen, by), seen=seen, by=by, now=now)


@transaction.atomic
def offer_edition(*, row: EditionRow, seen: str, needs_second_person: bool, by: User, now: datetime) -> EditionRow:
    """New assessments may start on it, also after it was withdrawn. Raises CannotBeOffered, OfferChanged or
    SecondPersonNeeded.
    """
    held = _to_be_offered(row, seen, by)
    people = people_of_two(held, seen, needs_second_person, by)
    PublishRequest.objects.filter(edition=held).delete()
    held.offered_at, held.withdrawn_at, held.withdrawn_reason = now, None, ""
    held.save(update_fields=["offered_at", "withdrawn_at", "withdrawn_reason"])
    asked = {"asked_by": str(people["by"])} if "approved_by" in people else None
    DraftEdit(held, by, now).record(ChangeVerb.OFFERED, ChangedThing.EDITION, "", after=asked)
    return held


@transaction.atomic
def withdraw_edition(*, row: EditionRow, reason: str, by: User, now: datetime) -> EditionRow:
    """No new assessment starts on it and no open one is offered it; those that are on it go on.

    Raises NotOfferedNow, and LastOffered for the last one of the default bank.
    """
    held = _held(row, by)
    if held.offered_at is None:
        raise NotOfferedNow(held.code)
    if held.bank == default_bank() and not others_offered(held).exists():
        raise LastOffered(held.code)
    PublishRequest.objects.filter(edition=held).delete()
    held.offered_at, held.withdrawn_at, held.withdrawn_reason = None, now, reason
    held.save(update_fields=["offered_at", "withdrawn_at", "withdrawn_reason"])
    DraftEdit(held, by, now).record(ChangeVerb.WITHDRAWN, ChangedThing.EDITION, "", after={"reason": reason})
    return held


@transaction.atomic
def choose_default_bank(*, bank: Bank, seen: int | None, by: User, now: datetime) -> None:
    """New assessments start on its newest offered edition from now on. `seen` is the default that the page showed.

    Choosing the default again changes nothing. Raises NoEditionOffered or OfferChanged, and
    PermissionDenied if `by` is no administrator any more.
    """
    list(Bank.objects.select_for_update().order_by("pk"))
    administrator_now(by)
    current = default_bank()
    if current == bank:
        return
    if (current.pk if current else None) != seen:
        raise OfferChanged
    if not offered().filter(bank=bank).exists():
        raise NoEditionOffered(bank.name)
    DefaultBank.objects.create(bank=bank, chosen_by=by, chosen_at=now)


def others_offered(row: EditionRow) -> QuerySet[EditionRow]:
    """The other editions of its bank that are offered."""
    return offered().filter(bank=row.bank_id).exclude(pk=row.pk)


def _to_be_offered(row: EditionRow, seen: str, by: User) -> EditionRow:
    held = _held(row, by)
    if held.status != EditionStatus.PUBLISHED or held.offered_at:
        raise CannotBeOffered(held.code)
    if offer_fingerprint(held) != seen:
        raise OfferChanged
    return held


def _held(row: EditionRow, by: User) -> EditionRow:
    """Locked against assessments that are being started on it, and against other changes of what its bank offers.

    PermissionDenied if `by` is no bank editor any more.
    """
    hold_bank(row.bank_id)
    held: EditionRow = (
        EditionRow.objects.select_related("bank").select_for_update(of=("self",)).defer("frame").get(pk=row.pk)
    )
    if not may_edit_bank(person_now(by)):
        raise PermissionDenied
    return held
