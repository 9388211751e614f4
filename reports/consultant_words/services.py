"""Writing for a client's report: only for a consultancy that is let in at that moment."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import Actor
from accounts.models import Organisation
from accounts.permissions import Capability
from accounts.queries import consultancy_behind
from accounts.refused.rights import MissingRight, RightIsMissing
from accounts.services.locks import lock_organisation_for
from assessments.errors import ChangeRefused
from assessments.models import Result
from reports.consultant_words.queries import steps_of, text_in_place
from reports.kinds.text_places import TextPlace
from reports.models import ConsultantText

MOST_OWN_STEPS = 6
"""Of one consultancy about one result: an owner's report has room for them."""


class WordsChanged(Exception):
    """Somebody saved or removed the text after the page was made. `stored` is how it is now, None for gone."""

    def __init__(self, stored: ConsultantText | None) -> None:
        super().__init__(str(stored.pk) if stored else "")
        self.stored = stored


@transaction.atomic
def write_text(
    *, result: Result, place: TextPlace, domain: str, text: str, seen_version: int, by: Actor, now: datetime
) -> None:
    """The summary, or the text about a domain; an empty one takes it out. `seen_version` is 0 where there was none.

    Raises WordsChanged if somebody changed it since. Saving what is there changes nothing.
    """
    consultancy = _writing(result, by)
    stored = text_in_place(result, consultancy, place, domain)
    if (stored.text if stored else "") == text:
        return
    if (stored.version if stored else 0) != seen_version:
        raise WordsChanged(stored)
    if stored is None:
        stored = ConsultantText(result=result, consultancy=consultancy, place=place, domain=domain, version=0)
        stored.created_at = now
    _save(stored, {"text": text}, by, now)


@transaction.atomic
def add_step(*, result: Result, title: str, text: str, by: Actor, now: datetime) -> ConsultantText:
    """One that stands beside the computed steps; the same again is the one that is there.

    Raises ChangeRefused after MOST_OWN_STEPS.
    """
    consultancy = _writing(result, by)
    there = steps_of(result, consultancy)
    same = there.filter(title=title, text=text).first()
    if same is not None:
        return same
    if there.count() >= MOST_OWN_STEPS:
        raise ChangeRefused(
            _("There are %(most)d steps of yours already, and more would make the report long. Change or remove one.")
            % {"most": MOST_OWN_STEPS}
        )
    step = ConsultantText(result=result, consultancy=consultancy, place=TextPlace.STEP, version=0, created_at=now)
    _save(step, {"title": title, "text": text}, by, now)
    return step


@transaction.atomic
def change_step(*, step: ConsultantText, title: str, text: str, seen_version: int, by: Actor, now: datetime) -> None:
    """Raises WordsChanged if somebody changed or removed it since `seen_version`."""
    stored = _own_step(step, by)
    if stored is not None and (stored.title, stored.text) == (title, text):
        return
    if stored is None or stored.version != seen_version:
        raise WordsChanged(stored)
    _save(stored, {"title": title, "text": text}, by, now)


@transaction.atomic
def remove_step(*, step: ConsultantText, by: Actor) -> None:
    """Doing it again changes nothing."""
    stored = _own_step(step, by)
    if stored is not None:
        stored.delete()


def _own_step(step: ConsultantText, by: Actor) -> ConsultantText | None:
    """As it is now, of the consultancy for which the person writes."""
    return steps_of(step.result, _writing(step.result, by)).filter(pk=step.pk).first()


def _writing(result: Result, by: Actor) -> Organisation:
    """The consultancy for which the person may write, with the client locked: as long as this takes it stays let in."""
    client = lock_organisation_for(result.assessment.organisation_id, by, Capability.REVIEW)
    consultancy = consultancy_behind(by.person, client)
    if consultancy is None:
        raise RightIsMissing(MissingRight.ENGAGEMENT)
    return consultancy


def _save(text: ConsultantText, values: dict[str, Any], by: Actor, now: datetime) -> None:
    for name, value in values.items():
        setattr(text, name, value)
    text.version += 1
    text.written_by, text.written_at = by.person, now
    text.save()
